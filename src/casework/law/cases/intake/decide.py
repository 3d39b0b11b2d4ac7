"""How a case comes in, is taken up, joined with another, sent to a unit, or taken back."""

from __future__ import annotations

from casework.law.cases import commands as c
from casework.law.cases import events as e
from casework.law.cases import names as called
from casework.law.cases.guards import Decided, check_answers_not_for_it, check_asked, check_handles, refuse, stated_due
from casework.law.cases.outcomes import outcome_of
from casework.law.cases.roster_lookups import area_of, cadre_in, category_of, check_topic, unit_of
from casework.law.cases.state import CaseState
from casework.law.context import Context, Refused
from casework.text import Text


def _township(area: str, context: Context) -> str:
    """The township of a place that must be declared; '' when no place is named."""
    if not area:
        return ""
    area_of(area, context)
    return context.roster.township_of(area, context.today)


def _reporter(stated: str, context: Context) -> str:
    """As whom it is reported: as stated, else as the roster says of whoever brings it in the role of a reporter."""
    if stated != "resident" or context.role != "reporter":
        return stated
    cadre = context.roster.cadre(context.counts_for, context.today)
    return (cadre.reporter if cadre else "") or stated


def register(command: c.RegisterCase, state: CaseState, context: Context) -> Decided:
    """登记."""
    category = category_of(command.category, context) if command.category else None
    check_topic(command.topic, category, context)
    township = _township(command.area, context)
    if not command.area and not context.sealed & {"address", "coordinates"}:
        refuse(
            "place-missing",
            "缺少地点：请选择区域，或填写地址。",
            "Neither a place nor an address is given: name the area, or give the address.",
        )
    if command.planned_beneficiaries and command.kind != "matter":
        refuse(
            "not-a-matter",
            f"填写了计划受益人数 {command.planned_beneficiaries}，而种类是{called.kind(command.kind).zh}："
            "只有“民生实事”才有计划受益人数，请删去此项，或改按民生实事登记。",
            f"{command.planned_beneficiaries} beneficiaries are planned, and kind is {command.kind}:"
            " only a matter is planned for people; leave them out, or register a matter.",
        )
    if command.follows:
        before: CaseState = context.others[command.follows]
        if not before.status:
            refuse(
                "no-such-case",
                f"没有案件 {command.follows}：请指定一个已归档的案件。",
                f"There is no case {command.follows}: name an archived one.",
            )
        if before.status != "archived":
            refuse(
                "not-archived",
                f"{command.follows} 现在是{called.status(before.status).zh}，只有“已归档”的案件才接着登记新案件："
                "请【重办】或直接办理原案件。",
                f"{command.follows} is {called.status(before.status).en}: only an archived case is continued in a new"
                " one;"
                " reopen it, or act on it, instead.",
            )
    own = context.counts_for if context.role == "resident" else ""
    if own and command.resident not in ("", own):
        refuse(
            "not-your-request",
            f"您是 {own}，却为 {command.resident} 登记：群众只能登记本人的诉求。",
            f"You are {own} and register for {command.resident}: residents ask for themselves.",
        )
    due, due_on, due_basis = stated_due(command.due, command.due_on, context)
    event = e.CaseRegistered(
        number=context.number,
        kind=command.kind,
        category=command.category,
        topic=command.topic,
        channel=command.channel,
        reporter=_reporter(command.reporter, context),
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
            f"地点{called.area(command.area, context).zh}属于{called.area(township, context).zh}，"
            f"您的单位{called.unit(unit.code, context).zh}在{called.area(home, context).zh}，不是本辖区："
            "请改用【登记】，以便派单。",
            f"Area {called.value(command.area).en} lies in {called.value(township).en}, and your unit {unit.code} in"
            f" {called.value(home).en}: register it instead, so that it can be dispatched.",
        )
    lead = cadre_in(context.counts_for, context.unit, context).id
    if category.evidence_required and not command.evidence:
        refuse(
            "evidence-missing",
            f"类别{called.category(category.code, context).zh}要求附佐证，现在一件也没有：请上传照片或记录。",
            f"Category {category.code} needs evidence, and none is attached: attach a photo or a record.",
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
        refuse(
            "category-missing",
            f"案件 {state.number} 未定类别：请指定类别后再受理。",
            f"Case {state.number} has no category: name one to accept it.",
        )
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
        refuse(
            "merged-into-itself",
            f"{command.case} 不能并入自己：请指定继续办理的案件。",
            f"{command.case} cannot be merged into itself: name the case that goes on.",
        )
    target: CaseState = context.others[command.into]
    if not target.status:
        refuse(
            "no-such-case",
            f"没有案件 {command.into}：请指定继续办理的案件。",
            f"There is no case {command.into}: name the case that goes on.",
        )
    if not target.is_open:
        raise Refused(
            "target-not-open",
            f"{command.into} 现在是{called.status(target.status).zh}，只能并入未办结的案件："
            f"{f'它已并入 {target.merged_into}，请改并入该案' if target.merged_into else '请先重办该案'}。",
            f"{command.into} is {called.status(target.status).en}: a case is merged into an open one;"
            f" {f'it goes on in {target.merged_into}, name that' if target.merged_into else 'reopen that first'}.",
            (target.merged_into,) if target.merged_into else (),
        )
    return [(command.case, e.CaseMerged(into=command.into)), (command.into, e.CaseAbsorbed(merged=command.case))]


def unmerge(command: c.UnmergeCase, state: CaseState, context: Context) -> Decided:
    """拆单."""
    if command.out_of != state.merged_into:
        refuse(
            "not-merged-there",
            f"案件 {state.number} 并入的是 {state.merged_into}，不是 {command.out_of}：请改填前者。",
            f"Case {state.number} is merged into {state.merged_into}, not into {command.out_of}: name that one.",
            (state.merged_into,),
        )
    target: CaseState = context.others[command.out_of]
    if target.status == "archived":
        refuse(
            "target-archived",
            f"{command.out_of} 现在是{called.status(target.status).zh}，不能再从中拆单：请登记新案件，并注明接续该案。",
            f"{command.out_of} is {called.status(target.status).en}: nothing is taken out of it any more;"
            " register a new case that follows it.",
        )
    return [
        (command.case, e.CaseUnmerged(out_of=command.out_of, reason=command.reason)),
        (command.out_of, e.CaseReleased(released=command.case)),
    ]


def withdraw(command: c.WithdrawCase, state: CaseState, context: Context) -> Decided:
    """撤单."""
    check_asked(command.case, state, context)
    if context.role in ("cadre", "unit_lead"):
        check_handles(state, context)
    on_word_of = "resident" if context.role == "resident" else "told"
    return [(command.case, e.CaseWithdrawn(on_word_of=on_word_of, reason=command.reason))]


def void(command: c.VoidCase, state: CaseState, context: Context) -> Decided:
    """登记有误."""
    if state.outcome == "registered_in_error":
        return []
    check_answers_not_for_it(state, context, Text("认定其登记有误", "call it registered in error"))
    if state.absorbed:
        refuse(
            "others-merged-into-it",
            f"{'、'.join(state.absorbed)} 已并入案件 {state.number}：请先逐件【拆单】。",
            f"{', '.join(state.absorbed)} went on in case {state.number}: take them out first (unmerge-case).",
            state.absorbed,
        )
    return [(command.case, e.CaseVoided(reason=command.reason))]
