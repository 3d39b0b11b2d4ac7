"""How a case comes in, is taken up, joined with another, sent to a unit, or taken back."""

from __future__ import annotations

from casework.case import commands as c
from casework.case import events as e
from casework.case.context import Context, Refused
from casework.case.guards import (
    Decided,
    area_of,
    cadre_in,
    category_of,
    check_answers_not_for_it,
    check_handles,
    check_topic,
    in_words,
    named,
    refuse,
    stated_due,
    unit_of,
)
from casework.case.results import outcome_of
from casework.case.state import CaseState


def _township(area: str, context: Context) -> str:
    """The township of a place that must be declared; '' when no place is named."""
    if not area:
        return ""
    area_of(area, context)
    return context.roster.township_of(area, context.today)


def register(command: c.RegisterCase, state: CaseState, context: Context) -> Decided:
    """登记."""
    category = category_of(command.category, context) if command.category else None
    check_topic(command.topic, category, context)
    township = _township(command.area, context)
    if not command.area and not context.sealed & {"address", "coordinates"}:
        refuse(
            "place-missing", "Neither a place nor an address is given (缺少地点): name the area, or give the address."
        )
    if command.planned_beneficiaries and command.kind != "matter":
        refuse(
            "not-a-matter",
            f"{command.planned_beneficiaries} beneficiaries are planned, and kind is {command.kind}:"
            " only a matter (民生实事) is planned for people; leave them out, or register a matter.",
        )
    if command.follows:
        before: CaseState = context.others[command.follows]
        if not before.status:
            refuse("no-such-case", f"There is no case {command.follows} (没有这个案件): name an archived one.")
        if before.status != "archived":
            refuse(
                "not-archived",
                f"{command.follows} is {in_words(before.status)}: only an archived case is continued in a new one;"
                " reopen it, or act on it, instead.",
            )
    own = context.counts_for if context.role == "resident" else ""
    if own and command.resident not in ("", own):
        refuse("not-your-request", f"You are {own} and register for {command.resident}: residents ask for themselves.")
    due, due_on, due_basis = stated_due(command.due, command.due_on, context)
    event = e.CaseRegistered(
        number=context.number,
        kind=command.kind,
        category=command.category,
        topic=command.topic,
        channel=command.channel,
        reporter=command.reporter,
        resident=command.resident or own,
        area=command.area,
        township=township,
        urgency=command.urgency,
        confidentiality=command.confidentiality,
        external_ref=command.external_ref,
        planned_beneficiaries=command.planned_beneficiaries,
        due=due,
        due_on=due_on,
        due_basis=due_basis,
        follows=command.follows,
    )
    return [(command.case, event)]


def record_handled(command: c.RecordHandled, state: CaseState, context: Context) -> Decided:
    """即办件: every step that the table asks for, in one commit."""
    category = category_of(command.category, context)
    check_topic(command.topic, category, context)
    township = _township(command.area, context)
    unit = unit_of(context.unit, context)
    home = context.roster.township_of(unit.area, context.today) if unit.area else ""
    if home and home != township:
        refuse(
            "outside-own-area",
            f"Area {named(command.area)} lies in {named(township)}, and your unit {unit.code} in {named(home)}"
            " (非本辖区): register it instead, so that it can be dispatched.",
        )
    lead = cadre_in(context.counts_for, context.unit, context).id
    if category.evidence_required and not command.evidence:
        refuse(
            "evidence-missing",
            f"Category {category.code} needs evidence (须有佐证), and none is attached: attach a photo or a record.",
        )
    outcome = outcome_of(command.result, category)
    events = (
        e.CaseRegistered(
            number=context.number,
            kind=command.kind,
            category=command.category,
            topic=command.topic,
            channel=command.channel,
            reporter=command.reporter,
            resident=command.resident,
            area=command.area,
            township=township,
            urgency=command.urgency,
            confidentiality=command.confidentiality,
            on_the_spot=True,
        ),
        e.CaseAccepted(category=command.category, topic=command.topic, category_rev=category.rev),
        e.CaseDispatched(unit=context.unit, lead=lead, lead_basis="stated"),
        e.CaseAcknowledged(),
        e.ActionLogged(action=command.action, evidence=command.evidence, held_by=lead, held_unit=context.unit),
        e.ResolutionSubmitted(
            result=command.result,
            outcome=outcome,
            beneficiaries=command.beneficiaries,
            evidence=command.evidence,
        ),
    )
    return [(command.case, event) for event in events]


def accept(command: c.AcceptCase, state: CaseState, context: Context) -> Decided:
    """受理."""
    code = command.category or state.category
    if not code:
        refuse("category-missing", f"Case {state.number} has no category (未定类别): name one to accept it.")
    category = category_of(code, context)
    topic = command.topic or (state.topic if code == state.category else "")
    check_topic(command.topic, category, context)
    due, due_on, due_basis = stated_due(command.due, command.due_on, context)
    event = e.CaseAccepted(
        category=code,
        topic=topic,
        due=due,
        due_on=due_on,
        due_basis=due_basis,
        due_days=0 if due else category.due_days or context.policy.due_days,
        category_rev=-1 if due else category.rev,
    )
    return [(command.case, event)]


def reject(command: c.RejectCase, state: CaseState, context: Context) -> Decided:
    """不予受理."""
    return [(command.case, e.CaseRejected(reason=command.reason, told=command.told))]


def merge(command: c.MergeCase, state: CaseState, context: Context) -> Decided:
    """并单."""
    if command.into == command.case:
        refuse("merged-into-itself", f"{command.case} cannot be merged into itself: name the case that goes on.")
    target: CaseState = context.others[command.into]
    if not target.status:
        refuse("no-such-case", f"There is no case {command.into} (没有这个案件): name the case that goes on.")
    if not target.is_open:
        raise Refused(
            "target-not-open",
            f"{command.into} is {in_words(target.status)}: a case is merged into an open one;"
            f" {f'it goes on in {target.merged_into}, name that' if target.merged_into else 'reopen that first'}.",
            (target.merged_into,) if target.merged_into else (),
        )
    return [(command.case, e.CaseMerged(into=command.into)), (command.into, e.CaseAbsorbed(merged=command.case))]


def unmerge(command: c.UnmergeCase, state: CaseState, context: Context) -> Decided:
    """拆单."""
    if command.out_of != state.merged_into:
        refuse(
            "not-merged-there",
            f"Case {state.number} is merged into {state.merged_into}, not into {command.out_of}: name that one.",
            (state.merged_into,),
        )
    target: CaseState = context.others[command.out_of]
    if target.status == "archived":
        refuse(
            "target-archived",
            f"{command.out_of} is {in_words(target.status)}: nothing is taken out of it any more;"
            " register a new case that follows it.",
        )
    return [
        (command.case, e.CaseUnmerged(out_of=command.out_of, reason=command.reason)),
        (command.out_of, e.CaseReleased(released=command.case)),
    ]


def withdraw(command: c.WithdrawCase, state: CaseState, context: Context) -> Decided:
    """撤单."""
    if context.role == "resident" and context.counts_for != state.resident:
        refuse(
            "not-your-request",
            f"Case {state.number} was asked by {named(state.resident)}, and you are {context.counts_for}"
            " (非本人诉求): only who asked may take it back, or an office on their word.",
        )
    if context.role in ("cadre", "unit_lead"):
        check_handles(state, context)
    on_word_of = "resident" if context.role == "resident" else "told"
    return [(command.case, e.CaseWithdrawn(on_word_of=on_word_of, reason=command.reason))]


def void(command: c.VoidCase, state: CaseState, context: Context) -> Decided:
    """登记有误."""
    if state.outcome == "registered_in_error":
        return []
    check_answers_not_for_it(state, context, "call it registered in error")
    if state.absorbed:
        refuse(
            "others-merged-into-it",
            f"{', '.join(state.absorbed)} went on in case {state.number}: take them out first (unmerge-case).",
            state.absorbed,
        )
    return [(command.case, e.CaseVoided(reason=command.reason))]
