"""What a command causes, or why not: first state, role and time by the table, then the guards of each command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casework.law.cases import commands as c
from casework.law.cases.closing import decide as closing
from casework.law.cases.correction.decide import correct
from casework.law.cases.guards import (
    Decided,
    check_answers_not_for_it,
    check_not_ahead,
    check_not_too_old,
    check_role,
    check_state,
)
from casework.law.cases.handling import decide as handling
from casework.law.cases.handling import decide_dispatch as dispatching
from casework.law.cases.intake import decide as intake
from casework.law.cases.ledger import decide as ledger
from casework.law.cases.lifecycle import LIFECYCLE
from casework.law.cases.residents import decide as residents
from casework.law.cases.roster_lookups import cadre_of
from casework.law.cases.state import CaseState
from casework.law.cases.supervision import decide as supervision
from casework.law.command import Command
from casework.law.context import Context
from casework.law.surveys.decide_answers import raise_need
from casework.text import Text

#: facts from the field, and what ledgers and corrections state, may lie any time back
ANY_TIME_BACK: frozenset[str] = frozenset(
    {
        "log-action",
        "contact-resident",
        "correct-record",
        "record-ledger-case",
        "record-ledger-closing",
        "record-ledger-action",
    }
)


def decide_case(command: Command, state: CaseState, context: Context) -> Decided:
    """The events of a command about a case, each with its stream; `[]` when nothing changes; raises `Refused`."""
    name = command.name
    check_role(name, LIFECYCLE[name].roles, context)
    if (done := _DONE_ALREADY.get(type(command))) and done(command, state, context):
        return []
    check_state(name, state, context)
    check_not_ahead(context)
    if name not in ANY_TIME_BACK:
        check_not_too_old(context)
    if context.for_.startswith("cadre/") and not context.roster.cadre(context.for_, context.happened_on):
        cadre_of(context.for_, context)  # whoever did it may have left since, but must have been there then, or be now
    return _GUARDED[type(command)](command, state, context)


def _correct(command: c.CorrectRecord, state: CaseState, context: Context) -> Decided:
    check_answers_not_for_it(state, context, Text("更正其记录", "correct its record"))
    return correct(command, command.case, context)


def _merged_there(command: c.MergeCase, state: CaseState, context: Context) -> bool:
    return state.status == "merged" and state.merged_into == command.into


def _archived(command: c.ArchiveCase, state: CaseState, context: Context) -> bool:
    return state.status == "archived"


def _marked(command: c.MarkDuePassed, state: CaseState, context: Context) -> bool:
    return bool(state.due_passed) and state.due_passed == command.due


#: commands that may be repeated from where they led: whether it is done already, so that nothing changes
_DONE_ALREADY: dict[type[Command], Callable[[Any, CaseState, Context], bool]] = {
    c.MergeCase: _merged_there,
    c.ArchiveCase: _archived,
    c.MarkDuePassed: _marked,
    c.RecordLedgerCase: ledger.recorded_already,
    c.RecordLedgerClosing: ledger.closed_already,
}

_GUARDED: dict[type[Command], Callable[[Any, CaseState, Context], Decided]] = {
    c.RegisterCase: intake.register,
    c.RecordHandled: intake.record_handled,
    c.RaiseNeed: raise_need,
    c.AcceptCase: intake.accept,
    c.RejectCase: intake.reject,
    c.MergeCase: intake.merge,
    c.UnmergeCase: intake.unmerge,
    c.WithdrawCase: intake.withdraw,
    c.VoidCase: intake.void,
    c.DispatchCase: dispatching.dispatch,
    c.AcknowledgeCase: dispatching.acknowledge,
    c.RequestReturn: dispatching.request_return,
    c.ApproveReturn: dispatching.approve_return,
    c.RefuseReturn: dispatching.refuse_return,
    c.AssignOfficer: dispatching.assign,
    c.RequestTransfer: dispatching.request_transfer,
    c.AcceptTransfer: dispatching.accept_transfer,
    c.RefuseTransfer: dispatching.refuse_transfer,
    c.AddCoHandler: dispatching.add_co_handler,
    c.RemoveCoHandler: dispatching.remove_co_handler,
    c.LogAction: handling.log_action,
    c.ContactResident: handling.contact,
    c.PlanMilestone: handling.plan_milestone,
    c.ReachMilestone: handling.reach_milestone,
    c.RequestExtension: handling.request_extension,
    c.GrantExtension: handling.grant_extension,
    c.RefuseExtension: handling.refuse_extension,
    c.PauseClock: handling.pause,
    c.ResumeClock: handling.resume,
    c.MarkDuePassed: handling.mark_due_passed,
    c.ParkCase: supervision.park,
    c.ReviewPark: supervision.review_park,
    c.UnparkCase: supervision.unpark,
    c.RemindUnit: supervision.remind,
    c.OpenSupervision: supervision.open_supervision,
    c.ReplySupervision: supervision.reply_supervision,
    c.CloseSupervision: supervision.close_supervision,
    c.EscalateCase: supervision.escalate,
    c.ChangeConfidentiality: supervision.change_confidentiality,
    c.SubmitResolution: closing.submit,
    c.ApproveResolution: closing.approve,
    c.SendBackResolution: closing.send_back,
    c.RecordCallback: closing.call_back,
    c.CloseCase: closing.close,
    c.ReopenCase: closing.reopen,
    c.ArchiveCase: closing.archive,
    c.AddInformation: residents.add_information,
    c.AskAboutData: residents.ask_about_data,
    c.AnswerDataRequest: residents.answer_data_request,
    c.IssueReceipt: residents.issue_receipt,
    c.ChooseMessages: residents.choose_messages,
    c.CorrectRecord: _correct,
    c.RecordLedgerCase: ledger.record_case,
    c.RecordLedgerClosing: ledger.record_closing,
    c.RecordLedgerAction: ledger.record_action,
}
