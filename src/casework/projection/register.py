"""A register: a list of cases with queues, as an author writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casework.law.cases.facts import FACTS
from casework.projection.example import Example
from casework.projection.source import NotCountable


class Register:
    """A SELECT over the latest facts of every case.

    columns  facts shown beside number and stream
    queues   name → condition over the facts: a list that people work from
    order    facts to sort by; the stream breaks ties
    """

    def __init__(
        self,
        *,
        version: int,
        columns: Sequence[str],
        queues: Mapping[str, Mapping[str, Sequence[str | int]]],
        titles: Mapping[str, str],
        definitions: Mapping[str, tuple[str, str]],
        order: Sequence[str] = ("due_on", "registered_on"),
        examples: Sequence[Example] = (),
    ) -> None:
        self.version = version
        self.columns = tuple(columns)
        self.queues = {name: {fact: tuple(values) for fact, values in facts.items()} for name, facts in queues.items()}
        self.titles = dict(titles)
        self.definitions = dict(definitions)
        self.order = tuple(order)
        self.examples = list(examples)
        for fact in (*self.columns, *self.order, *(f for facts in self.queues.values() for f in facts)):
            if fact not in FACTS:
                raise NotCountable(f"案件没有 {fact} 这一项：请改用已有的项", f"a case has no fact {fact!r}")
        if missing := sorted(set(self.queues) - set(self.definitions)):
            raise NotCountable(
                f"队列 {missing[0]} 没有说明：请用 zh 和 en 写明其中有哪些案件",
                f"the queue {missing[0]!r} has no definition: say in zh and en what is in it",
            )
