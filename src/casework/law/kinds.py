"""The table of kinds of stream: state, fold, decision, events, rules and names of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any, Literal

from msgspec import Struct

from casework.law.activities.activity import ACTIVITY_EVENTS, ActivityState, decide_activity, evolve_activity
from casework.law.activities.activity import RULES as ACTIVITY_RULES
from casework.law.cases.corrections import corrected
from casework.law.cases.evolve import CASE_EVENTS
from casework.law.cases.evolve import evolve as evolve_case
from casework.law.cases.state import CaseState
from casework.law.command import Command
from casework.law.context import Context
from casework.law.county.decide import RULES as COUNTY_RULES
from casework.law.county.decide import decide_county
from casework.law.county.events import COUNTY_EVENTS
from casework.law.county.state import CountyState, evolve_county
from casework.law.event import Event, Recorded
from casework.law.findings.commands import RecordFinding
from casework.law.findings.decide import RULES as FINDING_RULES
from casework.law.findings.decide import decide_finding
from casework.law.findings.events import FINDING_EVENTS
from casework.law.findings.state import FindingState, evolve_finding
from casework.law.lifecycle import RULES as CASE_RULES
from casework.law.lifecycle import decide_case
from casework.law.roster import decide as roster
from casework.law.roster import state as timeline
from casework.law.roster.events import ROSTER_EVENTS
from casework.law.rule import Decide, Decided, Rule
from casework.law.surveys.decide import RULES as SURVEY_RULES
from casework.law.surveys.decide import decide_survey
from casework.law.surveys.events import SURVEY_EVENTS
from casework.law.surveys.state import SurveyState, evolve_survey
from casework.text import Text


def _place(command: Any, state: Any, context: Context) -> tuple[str, ...]:
    known = getattr(state, "area", "") or getattr(state, "township", "")
    return tuple(place for place in (known, getattr(command, "area", "")) if place)


def _place_of_finding(command: Any, state: Any, context: Context) -> tuple[str, ...]:
    """Of a new finding the home of the unit that it concerns, or nowhere when it is about a case."""
    if not isinstance(command, RecordFinding) or command.case:
        return ()
    unit = context.roster.unit(command.unit, context.today) if command.unit else None
    return (unit.area if unit else "",)


def _place_in_roster(command: Any, state: Any, context: Context) -> tuple[str, ...]:
    """Of a new area that which it is put into, of a cadre the home of the unit."""
    if command.name == "declare-area" and not context.roster.area(command.area, context.today):
        return (command.parent,)
    if area := getattr(command, "area", ""):
        return (area,)
    unit = context.roster.unit(getattr(command, "unit", ""), context.today)
    return (unit.area if unit else "",)


class Kind(Struct, frozen=True, kw_only=True):
    """One kind of stream.

    name        `case` of `case/<uuid>`; also the member of a command that names its own stream
    term        what its commands are about, as headings have it
    address     how its streams are called
    collection  all of its kind, as doors name them; '' for the one stream of the county
    state       class of its state; without arguments the state before the first entry
    evolve      the state after one more entry
    decide      what a command causes
    rules       its commands
    events      stored name → event
    stream_of   the stream that a command is about
    scope       the part of the law for which a token may be given
    seen        how one of it is seen: as a `case` is, by `place` and unit, or '' where nobody is kept from it
    reads       permission that seeing one takes beside that; '' for none
    called      one of it as a sentence calls it, where not everybody sees it
    concerns    whose the personal data in it are: of the `resident`, of that of the case it `cites`, or its `own`
    places      area codes of what a command declares or begins; '' is the county as a whole
    """

    name: str
    term: Text
    address: str
    collection: str
    state: type[Any]
    evolve: Callable[[Any, Recorded], Any]
    decide: Decide
    rules: tuple[Rule, ...]
    events: Mapping[str, type[Event]]
    stream_of: Callable[[Any], str]
    scope: str
    seen: Literal["", "case", "place"] = ""
    reads: str = ""
    called: Callable[[Any], Text] = lambda state: Text("", "")
    concerns: Literal["resident", "cites", "own"] = "resident"
    places: Callable[[Any, Any, Context], tuple[str, ...]] = _place

    @property
    def commands(self) -> dict[str, type[Command]]:
        """Name → command."""
        return {rule.name: rule.command for rule in self.rules}


def _named(member: str) -> Callable[[Command], str]:
    return lambda command: getattr(command, member, "")


def _of_roster(name: str, collection: str, address: str, events: Mapping[str, type[Event]]) -> Kind:
    return Kind(
        name=name, term=Text("花名册", "Roster"), address=address, collection=collection,
        state=timeline.Timeline, evolve=timeline.evolve, decide=roster.decide, rules=roster.RULES[name],
        events=events, stream_of=roster.stream_of, scope="act:roster", places=_place_in_roster,
        concerns="own" if name == "cadre" else "resident",
    )  # fmt: skip


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="case", term=Text("办件", "Cases"), address="case/<uuid>", collection="cases",
            state=CaseState, evolve=evolve_case, decide=decide_case, rules=CASE_RULES, events=CASE_EVENTS,
            stream_of=_named("case"), scope="act:cases", seen="case",
            called=lambda case: Text(f"办件 {case.number}", f"case {case.number}"),
        ),
        Kind(
            name="activity", term=Text("日常服务", "Acts without a case"), address="activity/<uuid>",
            collection="activities", state=ActivityState, evolve=evolve_activity, decide=decide_activity,
            rules=ACTIVITY_RULES, events=ACTIVITY_EVENTS, stream_of=_named("activity"), scope="act:activities",
        ),
        Kind(
            name="survey", term=Text("需求调查", "Needs surveys"), address="survey/<uuid>", collection="surveys",
            state=SurveyState, evolve=evolve_survey, decide=decide_survey, rules=SURVEY_RULES, events=SURVEY_EVENTS,
            stream_of=_named("survey"), scope="act:cases", seen="place",
            called=lambda survey: Text(f"调查“{survey.title}”", f"the survey {survey.title!r}"),
        ),
        Kind(
            name="finding", term=Text("审计发现", "Auditors' findings"), address="finding/<uuid>",
            collection="findings", state=FindingState, evolve=evolve_finding, decide=decide_finding,
            rules=FINDING_RULES, events=FINDING_EVENTS, stream_of=_named("finding"), scope="act:findings",
            seen="place", reads="finding.read", called=lambda finding: Text("这项审计发现", "this finding"),
            concerns="cites", places=_place_of_finding,
        ),
        Kind(
            name="county", term=Text("县账", "The county's log"), address="county/<log>", collection="",
            state=CountyState, evolve=evolve_county, decide=decide_county, rules=COUNTY_RULES, events=COUNTY_EVENTS,
            stream_of=lambda command: f"county/{getattr(command, 'log', '')}", scope="act:county",
            places=lambda command, state, context: ("",),
        ),
        _of_roster("area", "areas", "area/<code>", ROSTER_EVENTS),
        _of_roster("unit", "units", "unit/<code>", {}),
        _of_roster("cadre", "cadres", "cadre/<id>", {}),
        _of_roster("category", "categories", "category/<code>", {}),
        _of_roster("responsibility", "responsibilities", "responsibility/<uuid>", {}),
    )
}  # fmt: skip
#: kinds of stream that the roster is made of
ROSTER_KINDS: tuple[str, ...] = tuple(roster.RULES)

#: every command of the law by the name it has at every door: its rule, and the kind of stream that it is about
RULES: dict[str, Rule] = {rule.name: rule for kind in KINDS.values() for rule in kind.rules}
KIND_OF: dict[str, Kind] = {rule.name: kind for kind in KINDS.values() for rule in kind.rules}
COMMANDS: dict[str, type[Command]] = {name: rule.command for name, rule in RULES.items()}
#: every event by the name it is stored under
EVENTS: dict[str, type[Event]] = {name: event for kind in KINDS.values() for name, event in kind.events.items()}
#: commands that begin something → the kind of stream that they begin
BEGINS: dict[str, str] = {name: KIND_OF[name].name for name, rule in RULES.items() if rule.begins}

#: heading → its commands, in the order in which each part of the law lists them
GROUPS: dict[Text, list[str]] = {}
for _name, _rule in RULES.items():
    _is_ledger = _name.startswith("record-ledger-")
    _heading = Text("台账", "Ledgers") if _is_ledger else (KINDS[_rule.of] if _rule.of else KIND_OF[_name]).term
    GROUPS.setdefault(_heading, []).append(_name)

_BY_STATE: dict[type[Any], Kind] = {kind.state: kind for kind in KINDS.values()}
_BY_COMMAND: dict[type[Command], tuple[Kind, tuple[str, ...]]] = {
    rule.command: (KIND_OF[name], rule.reads) for name, rule in RULES.items()
}


def kind_of(stream: str) -> Kind:
    """The kind of a stream; raises ValueError where the law knows none."""
    name = stream.partition("/")[0]
    if name not in KINDS:
        raise ValueError(f"{stream}: no law for a stream of kind {name!r}; it knows {', '.join(KINDS)}")
    return KINDS[name]


def initial(stream: str) -> Any:
    """The state before the first entry of a stream."""
    return kind_of(stream).state()


def evolve(state: Any, recorded: Recorded) -> Any:
    """The state after one more entry of its stream."""
    return _BY_STATE[type(state)].evolve(state, recorded)


def fold(history: Sequence[Recorded]) -> Any:
    """The state after these entries of one stream, corrections applied."""
    kind = kind_of(history[0].stream)
    return reduce(kind.evolve, corrected(history), kind.state())


def decide(command: Command, state: Any, context: Context) -> Decided:
    """The events that a command causes, each with its stream; `[]` when nothing changes; raises `Refused`."""
    return _BY_STATE[type(state)].decide(command, state, context)


def streams(command: Command) -> tuple[str, ...]:
    """Streams whose states decide needs, the command's own first; ValueError for what is no command of the law."""
    kind, reads = _BY_COMMAND.get(type(command), (None, ()))
    own = kind.stream_of(command) if kind else ""
    if not own:
        raise ValueError(f"{command.name or type(command).__name__} names no stream of {', '.join(KINDS)}")
    return (own, *(stream for member in reads if (stream := getattr(command, member)))) if reads else (own,)
