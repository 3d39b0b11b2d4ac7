"""The law for whoever stores history: which streams a command needs, their states, what it causes and claims."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from casework.law.activities.decide import decide_activity
from casework.law.activities.state import ActivityState, evolve_activity
from casework.law.cases.corrections import RecordCorrected, corrected
from casework.law.cases.evolve import evolve as evolve_case
from casework.law.cases.ledger import LedgerCaseRecorded
from casework.law.cases.merging import MergeCase, UnmergeCase
from casework.law.cases.procedures import RULES, decide_case
from casework.law.cases.registering import CaseRegistered, RegisterCase
from casework.law.cases.state import CaseState
from casework.law.command import Command
from casework.law.context import Context
from casework.law.county.commands import (
    AcceptClock,
    ChangeLaw,
    ChangePolicy,
    CorrectActivity,
    LinkActivity,
    OpenLog,
    RecordActivity,
    RecordLockOut,
)
from casework.law.county.decide import decide_county
from casework.law.county.privacy_commands import DigestAccess, ErasePersonalData, PlaceHold, ReleaseHold, SetRetention
from casework.law.county.state import CountyState, evolve_county
from casework.law.event import Event, Recorded
from casework.law.findings.commands import AnswerFinding, CloseFinding, RecordFinding
from casework.law.findings.decide import decide_finding
from casework.law.findings.state import FindingState, evolve_finding
from casework.law.roster import commands as roster
from casework.law.rule import Decided
from casework.law.surveys.commands import CloseSurvey, OpenSurvey, RaiseNeed, RecordSurveyAnswer, ReviseSurvey
from casework.law.surveys.decide import decide_survey
from casework.law.surveys.state import SurveyState, evolve_survey

_ACTIVITY: tuple[type[Command], ...] = (RecordActivity, LinkActivity, CorrectActivity)
_SURVEY: tuple[type[Command], ...] = (OpenSurvey, ReviseSurvey, RecordSurveyAnswer, CloseSurvey)
_FINDING: tuple[type[Command], ...] = (RecordFinding, AnswerFinding, CloseFinding)
_COUNTY: tuple[type[Command], ...] = (
    OpenLog, ChangePolicy, ChangeLaw, AcceptClock, ErasePersonalData, PlaceHold, ReleaseHold, SetRetention,
    DigestAccess, RecordLockOut,
)  # fmt: skip

CASE_COMMANDS: dict[str, type[Command]] = {rule.name: rule.command for rule in RULES}
ACTIVITY_COMMANDS: dict[str, type[Command]] = {command.name: command for command in _ACTIVITY}
SURVEY_COMMANDS: dict[str, type[Command]] = {command.name: command for command in _SURVEY}
FINDING_COMMANDS: dict[str, type[Command]] = {command.name: command for command in _FINDING}
COUNTY_COMMANDS: dict[str, type[Command]] = {command.name: command for command in _COUNTY}
#: every command of the law, by the name it has at every door
COMMANDS: dict[str, type[Command]] = {
    **CASE_COMMANDS, **ACTIVITY_COMMANDS, **SURVEY_COMMANDS, **FINDING_COMMANDS, **COUNTY_COMMANDS, **roster.COMMANDS,
}  # fmt: skip

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
    MergeCase: ("case", "into"),
    UnmergeCase: ("case", "out_of"),
    RegisterCase: ("case", "follows"),
    RecordActivity: ("activity",),
    LinkActivity: ("activity", "case"),
    CorrectActivity: ("activity",),
    RaiseNeed: ("case", "survey"),
    OpenSurvey: ("survey",),
    ReviseSurvey: ("survey",),
    RecordSurveyAnswer: ("survey",),
    CloseSurvey: ("survey",),
    RecordFinding: ("finding", "case"),
    AnswerFinding: ("finding",),
    CloseFinding: ("finding",),
}
_OF_THE_COUNTY: frozenset[type[Command]] = frozenset(COUNTY_COMMANDS.values())


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
