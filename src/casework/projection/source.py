"""Change tables as authors see them: columns as terms with two sides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, not_, or_

from casework.law.cases.facts import OPEN_STATUSES
from casework.projection.refusals import sentence
from casework.text import Spoken

#: the three columns every tally keeps, named or not, so that counts obey the same scope as lists
SCOPE = ("township", "unit", "confidentiality")

AFTER, BEFORE = "after", "before"


#: columns of a stake that its release repeats
_STAKE = frozenset({"holder", "holder_unit", "hold_role"})


class NotCountable(Spoken, ValueError):
    """A definition that cannot be counted; says which, and what would be."""


class Term:
    """An expression over a change row that can be taken on either side of the change.

    build      side → SQL
    says       the same in our own words; they, not the SQL made of them, identify a definition
    facts      facts it reads: it can only have moved where one of them did
    columns    physical columns it reads
    per_entry  whether it reads what belongs to the entry alone (type, actor, measures): such a thing has no side
    """

    def __init__(
        self,
        source: Source,
        build: Callable[[str], ColumnElement[Any]],
        says: str,
        *,
        facts: frozenset[str] = frozenset(),
        columns: frozenset[str] = frozenset(),
        per_entry: bool = False,
        name: str = "",
    ) -> None:
        self.source = source
        self.build = build
        self.says = says
        self.facts = facts
        self.columns = columns
        self.per_entry = per_entry
        self.name = name

    def named(self, name: str) -> Term:
        """The same, as a dimension of another name."""
        return self._of(self.build, self.says, name)

    def on(self, side: str) -> ColumnElement[Any]:
        """Its SQL on one side of the change."""
        return self.build(side)

    def _of(self, build: Callable[[str], ColumnElement[Any]], says: str, name: str = "") -> Term:
        """Another expression that reads what this one reads."""
        return Term(
            self.source,
            build,
            says,
            facts=self.facts,
            columns=self.columns,
            per_entry=self.per_entry,
            name=name,
        )

    def _with(self, sign: str, other: Any, combine: Callable[[Any, Any], Any]) -> Term:
        if not isinstance(other, Term):
            return self._of(lambda side: combine(self.build(side), other), f"({self.says} {sign} {other!r})")
        if other.source is not self.source:
            raise NotCountable(*sentence("two-sources", source=self.source.name, other=other.source.name))
        return Term(
            self.source,
            lambda side: combine(self.build(side), other.build(side)),
            f"({self.says} {sign} {other.says})",
            facts=self.facts | other.facts,
            columns=self.columns | other.columns,
            per_entry=self.per_entry or other.per_entry,
        )

    def __eq__(self, other: object) -> Term:  # type: ignore[override]
        return self._with("=", other, lambda a, b: a == b)

    def __ne__(self, other: object) -> Term:  # type: ignore[override]
        return self._with("≠", other, lambda a, b: a != b)

    def __lt__(self, other: Any) -> Term:
        return self._with("<", other, lambda a, b: a < b)

    def __le__(self, other: Any) -> Term:
        return self._with("≤", other, lambda a, b: a <= b)

    def __gt__(self, other: Any) -> Term:
        return self._with(">", other, lambda a, b: a > b)

    def __ge__(self, other: Any) -> Term:
        return self._with("≥", other, lambda a, b: a >= b)

    def __and__(self, other: Term) -> Term:
        return self._with("and", other, and_)

    def __or__(self, other: Term) -> Term:
        return self._with("or", other, or_)

    def __invert__(self) -> Term:
        return self._of(lambda side: not_(self.build(side)), f"not {self.says}")

    __hash__ = None

    def among(self, values: tuple[Any, ...]) -> Term:
        """Whether it is one of `values`."""
        return self._of(lambda side: self.build(side).in_(values), f"({self.says} among {values!r})")

    def month(self) -> Term:
        """Of a date: its month, `YYYY-MM`; blank stays ''."""
        return self._of(lambda side: func.substr(self.build(side), 1, 7), f"month of {self.says}", f"{self.name}_month")


class Source:
    """A change table as authors see it: `case.township`, `hold.holder`; later kinds of stream plug in here.

    facts       names with a side: `<fact>` after, `before_<fact>` NULL where unchanged
    stock       column by which a line moves a stock (±1); '' where stocks come from the two sides of facts
    facts_like  columns that a line with such a step carries in and out again: a stock may be counted by them
    ahead       whether lines may be dated later than they are recorded: "now" is then what holds today
    """

    def __init__(
        self,
        name: str,
        table: Table,
        *,
        facts: tuple[str, ...] = (),
        stock: str = "",
        facts_like: tuple[str, ...] = (),
        ahead: bool = False,
    ) -> None:
        self.name = name
        self.table = table
        self.facts = facts
        self.stock = stock
        self.ahead = ahead
        self.facts_like = frozenset(facts_like) | _STAKE
        self._sides = frozenset(f"before_{fact}" for fact in facts)

    def __getattr__(self, name: str) -> Term:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.term(name)

    def has(self, name: str) -> bool:
        """Whether it has such a column for authors."""
        return name in self.table.c and name not in self._sides

    def term(self, name: str) -> Term:
        """One of its columns as a term."""
        if not self.has(name):
            known = ", ".join(column.name for column in self.table.c if column.name not in self._sides)
            raise NotCountable(*sentence("unknown-column", source=self.name, name=name, known=known))
        says = f"{self.name}.{name}"
        after = self.table.c[name]
        if name not in self.facts:
            # a line of a table without sides stands for one side already: its columns move with it
            moves = self.stock and name in self.facts_like
            return Term(self, lambda _: after, says, columns=frozenset({name}), per_entry=not moves, name=name)
        before = self.table.c[f"before_{name}"]

        def build(side: str) -> ColumnElement[Any]:
            return after if side == AFTER else func.coalesce(before, after)

        return Term(self, build, says, facts=frozenset({name}), columns=frozenset({name, before.name}), name=name)

    def moved(self, facts: frozenset[str]) -> ColumnElement[bool]:
        """Whether any of these facts changed on the row."""
        return or_(*(self.table.c[f"before_{fact}"].is_not(None) for fact in sorted(facts)))

    def entered(self, status: str) -> Term:
        """Whether this entry brought the thing into `status`."""
        before = self.table.c.before_status
        return Term(
            self,
            lambda _: and_(before.is_not(None), self.table.c.status == status),
            f"{self.name} entered {status!r}",
            columns=frozenset({"status", "before_status"}),
            per_entry=True,
        )


class CaseSource(Source):
    """`case_change`, with what authors ask of a case most."""

    @property
    def is_open(self) -> Term:
        """Still to be worked on (未办结)."""
        return self.term("status").among(tuple(OPEN_STATUSES))

    @property
    def exists(self) -> Term:
        """Registered, and not in error (有效登记)."""
        return (self.term("status") != "") & (self.term("outcome") != "registered_in_error")

    @property
    def is_closed(self) -> Term:
        """Closed as such, archived or not; not rejected, withdrawn, merged or in error (已办结)."""
        return self.term("outcome").among(("solved", "explained", "not_solved", "unstated"))

    @property
    def closing(self) -> Term:
        """Whether this entry closed it as such; calling it registered in error is no closing (办结)."""
        return self.entered("closed") & self.is_closed
