"""The law for whoever stores history: which streams a command needs, their states, what it causes and claims."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from casework.case import commands as c
from casework.case.activity_state import ActivityState, evolve_activity
from casework.case.command import Command
from casework.case.context import Context
from casework.case.corrections import corrected
from casework.case.county_state import CountyState, evolve_county
from casework.case.decide_activity import decide_activity
from casework.case.decide_county import decide_county
from casework.case.decide_finding import decide_finding
from casework.case.decide_survey import decide_survey
from casework.case.decider import decide_case
from casework.case.events import CaseRegistered, LedgerCaseRecorded, RecordCorrected
from casework.case.evolve import evolve as evolve_case
from casework.case.finding_state import FindingState, evolve_finding
from casework.case.guards import Decided
from casework.case.history import Event, Recorded
from casework.case.state import CaseState
from casework.case.survey_state import SurveyState, evolve_survey

State = CaseState | ActivityState | SurveyState | FindingState | CountyState

#: kinds of stream that this law is about
KINDS_OF_STREAM: tuple[str, ...] = ("case", "activity", "survey", "finding", "county")


def kind_of(stream: str) -> str:
    """What a stream is about: `case` of `case/<uuid>`."""
    return stream.partition("/")[0]


def initial(stream: str) -> State:
    """The state before the first entry of a stream."""
    match kind_of(stream):
        case "case":
            return CaseState()
        case "activity":
            return ActivityState()
        case "survey":
            return SurveyState()
        case "finding":
            return FindingState()
        case "county":
            return CountyState()
        case other:
            raise ValueError(f"{stream}: no law for a stream of kind {other!r}; it knows {', '.join(KINDS_OF_STREAM)}")


def evolve(state: State, recorded: Recorded) -> State:
    """The state after one more entry of its stream."""
    if isinstance(state, CaseState):
        return evolve_case(state, recorded)
    if isinstance(state, ActivityState):
        return evolve_activity(state, recorded)
    if isinstance(state, SurveyState):
        return evolve_survey(state, recorded)
    if isinstance(state, FindingState):
        return evolve_finding(state, recorded)
    return evolve_county(state, recorded)


def fold(history: Sequence[Recorded]) -> State:
    """The state after these entries of one stream, corrections applied."""
    return reduce(evolve, corrected(history), initial(history[0].stream))


def decide(command: Command, state: State, context: Context) -> Decided:
    """The events that a command causes, each with its stream; `[]` when nothing changes; raises `Refused`."""
    if isinstance(state, CaseState):
        return decide_case(command, state, context)
    if isinstance(state, ActivityState):
        return decide_activity(command, state, context)
    if isinstance(state, SurveyState):
        return decide_survey(command, state, context)
    if isinstance(state, FindingState):
        return decide_finding(command, state, context)
    return decide_county(command, state, context)


#: members of a command that name the streams it needs, its own first; all others name one, in `case`
_NAMED_BY: dict[type[Command], tuple[str, ...]] = {
    c.MergeCase: ("case", "into"),
    c.UnmergeCase: ("case", "out_of"),
    c.RegisterCase: ("case", "follows"),
    c.RecordActivity: ("activity",),
    c.LinkActivity: ("activity", "case"),
    c.CorrectActivity: ("activity",),
    c.RaiseNeed: ("case", "survey"),
    c.OpenSurvey: ("survey",),
    c.ReviseSurvey: ("survey",),
    c.RecordSurveyAnswer: ("survey",),
    c.CloseSurvey: ("survey",),
    c.RecordFinding: ("finding", "case"),
    c.AnswerFinding: ("finding",),
    c.CloseFinding: ("finding",),
}
_OF_THE_COUNTY: frozenset[type[Command]] = frozenset(c.COUNTY_COMMANDS.values())


def streams(command: Command) -> tuple[str, ...]:
    """Streams whose states decide needs; the first is the command's own."""
    kind = type(command)
    if kind not in _NAMED_BY and (case := getattr(command, "case", "")):
        return (case,)
    if kind in _OF_THE_COUNTY:
        return (f"county/{getattr(command, 'log', '')}",)
    named = tuple(getattr(command, member, "") for member in _NAMED_BY.get(kind, ("case",)))
    if not named[0]:
        raise ValueError(
            f"{command.name or type(command).__name__} is no command of a case, activity, survey, finding or county"
        )
    return named if named[-1] else named[:1]


def claims(event: Event) -> tuple[tuple[str, str], ...]:
    """What an event takes for itself alone in its log: (kind, key)."""
    if isinstance(event, CaseRegistered | LedgerCaseRecorded):
        number = (("number", event.number),)
        return (*number, ("external_ref", event.external_ref)) if event.external_ref else number
    return ()


def is_correction(event: Event) -> bool:
    """Whether an event changes how earlier ones of its stream are read."""
    return isinstance(event, RecordCorrected)
