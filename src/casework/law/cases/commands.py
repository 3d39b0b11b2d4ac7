"""Everything that can be asked, of cases and what lies beside them, by the name it has at every door."""

from __future__ import annotations

from casework.law.cases.closing.commands import (
    ApproveResolution,
    ArchiveCase,
    CloseCase,
    CorrectRecord,
    RecordCallback,
    ReopenCase,
    SendBackResolution,
    SubmitResolution,
)
from casework.law.cases.handling.commands import (
    AcceptTransfer,
    AcknowledgeCase,
    AddCoHandler,
    ApproveReturn,
    AssignOfficer,
    ContactResident,
    LogAction,
    PlanMilestone,
    ReachMilestone,
    RefuseReturn,
    RefuseTransfer,
    RemoveCoHandler,
    RequestReturn,
    RequestTransfer,
)
from casework.law.cases.intake.commands import (
    AcceptCase,
    DispatchCase,
    MergeCase,
    RecordHandled,
    RegisterCase,
    RejectCase,
    UnmergeCase,
    VoidCase,
    WithdrawCase,
)
from casework.law.cases.ledger.commands import RecordLedgerAction, RecordLedgerCase, RecordLedgerClosing
from casework.law.cases.residents.commands import (
    AddInformation,
    AnswerDataRequest,
    AskAboutData,
    ChooseMessages,
    IssueReceipt,
)
from casework.law.cases.supervision.commands import (
    ChangeConfidentiality,
    CloseSupervision,
    EscalateCase,
    GrantExtension,
    MarkDuePassed,
    OpenSupervision,
    ParkCase,
    PauseClock,
    RefuseExtension,
    RemindUnit,
    ReplySupervision,
    RequestExtension,
    ResumeClock,
    ReviewPark,
    UnparkCase,
)
from casework.law.command import CoHandling, Command, Coordinates, Person, PolicyNumbers
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
from casework.law.county.privacy_commands import (
    DigestAccess,
    ErasePersonalData,
    KeepingRule,
    PlaceHold,
    ReleaseHold,
    SetRetention,
)
from casework.law.findings.commands import AnswerFinding, CloseFinding, RecordFinding
from casework.law.surveys.commands import CloseSurvey, OpenSurvey, RaiseNeed, RecordSurveyAnswer, ReviseSurvey

_CASE: tuple[type[Command], ...] = (
    RegisterCase, RecordHandled, AcceptCase, RejectCase, MergeCase, UnmergeCase, DispatchCase, AcknowledgeCase,
    RequestReturn, ApproveReturn, RefuseReturn, AssignOfficer, RequestTransfer, AcceptTransfer, RefuseTransfer,
    AddCoHandler, RemoveCoHandler, LogAction, ContactResident, RequestExtension, GrantExtension, RefuseExtension,
    PauseClock, ResumeClock, ParkCase, ReviewPark, UnparkCase, RemindUnit, OpenSupervision, ReplySupervision,
    CloseSupervision, EscalateCase, MarkDuePassed, PlanMilestone, ReachMilestone, SubmitResolution,
    ApproveResolution, SendBackResolution, RecordCallback, CloseCase, ReopenCase, WithdrawCase, ArchiveCase,
    VoidCase, AddInformation, AskAboutData, AnswerDataRequest, IssueReceipt, ChooseMessages,
    ChangeConfidentiality, CorrectRecord, RecordLedgerCase, RecordLedgerClosing, RecordLedgerAction, RaiseNeed,
)  # fmt: skip
_ACTIVITY: tuple[type[Command], ...] = (RecordActivity, LinkActivity, CorrectActivity)
_SURVEY: tuple[type[Command], ...] = (OpenSurvey, ReviseSurvey, RecordSurveyAnswer, CloseSurvey)
_FINDING: tuple[type[Command], ...] = (RecordFinding, AnswerFinding, CloseFinding)
_COUNTY: tuple[type[Command], ...] = (
    OpenLog, ChangePolicy, ChangeLaw, AcceptClock, ErasePersonalData, PlaceHold, ReleaseHold, SetRetention,
    DigestAccess, RecordLockOut,
)  # fmt: skip

CASE_COMMANDS: dict[str, type[Command]] = {command.name: command for command in _CASE}
ACTIVITY_COMMANDS: dict[str, type[Command]] = {command.name: command for command in _ACTIVITY}
SURVEY_COMMANDS: dict[str, type[Command]] = {command.name: command for command in _SURVEY}
FINDING_COMMANDS: dict[str, type[Command]] = {command.name: command for command in _FINDING}
COUNTY_COMMANDS: dict[str, type[Command]] = {command.name: command for command in _COUNTY}
COMMANDS: dict[str, type[Command]] = (
    CASE_COMMANDS | ACTIVITY_COMMANDS | SURVEY_COMMANDS | FINDING_COMMANDS | COUNTY_COMMANDS
)

__all__ = [
    "ACTIVITY_COMMANDS",
    "CASE_COMMANDS",
    "COMMANDS",
    "COUNTY_COMMANDS",
    "FINDING_COMMANDS",
    "SURVEY_COMMANDS",
    "AcceptCase",
    "AcceptClock",
    "AcceptTransfer",
    "AcknowledgeCase",
    "AddCoHandler",
    "AddInformation",
    "AnswerDataRequest",
    "AnswerFinding",
    "ApproveResolution",
    "ApproveReturn",
    "ArchiveCase",
    "AskAboutData",
    "AssignOfficer",
    "ChangeConfidentiality",
    "ChangeLaw",
    "ChangePolicy",
    "ChooseMessages",
    "CloseCase",
    "CloseFinding",
    "CloseSupervision",
    "CloseSurvey",
    "CoHandling",
    "Command",
    "ContactResident",
    "Coordinates",
    "CorrectActivity",
    "CorrectRecord",
    "DigestAccess",
    "DispatchCase",
    "ErasePersonalData",
    "EscalateCase",
    "GrantExtension",
    "IssueReceipt",
    "KeepingRule",
    "LinkActivity",
    "LogAction",
    "MarkDuePassed",
    "MergeCase",
    "OpenLog",
    "OpenSupervision",
    "OpenSurvey",
    "ParkCase",
    "PauseClock",
    "Person",
    "PlaceHold",
    "PlanMilestone",
    "PolicyNumbers",
    "RaiseNeed",
    "ReachMilestone",
    "RecordActivity",
    "RecordCallback",
    "RecordFinding",
    "RecordHandled",
    "RecordLedgerAction",
    "RecordLedgerCase",
    "RecordLedgerClosing",
    "RecordLockOut",
    "RecordSurveyAnswer",
    "RefuseExtension",
    "RefuseReturn",
    "RefuseTransfer",
    "RegisterCase",
    "RejectCase",
    "ReleaseHold",
    "RemindUnit",
    "RemoveCoHandler",
    "ReopenCase",
    "ReplySupervision",
    "RequestExtension",
    "RequestReturn",
    "RequestTransfer",
    "ResumeClock",
    "ReviewPark",
    "ReviseSurvey",
    "SendBackResolution",
    "SetRetention",
    "SubmitResolution",
    "UnmergeCase",
    "UnparkCase",
    "VoidCase",
    "WithdrawCase",
]
