"""The facts of a case: the closed list of what cases can be counted by.

Adding a fact here gives it a column in `case_change` and `case_now`, and projections can count by it.
No fact is ever null: what is missing is '' or 0, so that no group of a count is ever lost to a NULL.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from casework.text import meaning

#: status → Chinese term; the order is the order of the life cycle
STATUSES: dict[str, str] = {
    "registered": "待受理",
    "accepted": "待派单",
    "dispatched": "待签收",
    "in_progress": "办理中",
    "parked": "挂账",
    "resolved": "待审核",
    "callback": "待回访",
    "closed": "已办结",
    "rejected": "不予受理",
    "merged": "已并单",
    "withdrawn": "已撤单",
    "archived": "已归档",
}
OPEN_STATUSES = ("registered", "accepted", "dispatched", "in_progress", "parked", "resolved", "callback")

#: outcome → Chinese term; set on closing, cleared on reopening, kept when archived
OUTCOMES: dict[str, str] = {
    "solved": "已解决",
    "explained": "已解释",
    "not_solved": "未解决",
    "rejected": "不予受理",
    "withdrawn": "已撤单",
    "merged": "已并单",
    "registered_in_error": "登记有误",
    "unstated": "未注明",
}
KINDS: dict[str, str] = {"matter": "民生实事", "difficulty": "困难问题"}
REPORTERS: dict[str, str] = {
    "resident": "群众",
    "courier": "快递外卖人员",
    "grid_worker": "网格员",
    "opinion_collector": "民意收集员",
    "volunteer": "志愿者",
    "contact_point": "直接联系点",
    "report_point": "工作直报点",
}
URGENCIES: dict[str, str] = {"normal": "一般", "urgent": "紧急", "emergency": "特急"}
CONFIDENTIALITIES: dict[str, str] = {
    "public": "公开",
    "internal": "内部",
    "confidential": "限定范围",
    "secret": "专人知悉",
}
TIMELINESS: dict[str, str] = {"on_time": "按时", "late": "超期", "no_due": "无时限"}
DUE_BASES: dict[str, str] = {
    "ledger": "台账所载",
    "stated": "登记时写明",
    "calendar_days": "自然日",
}


class Facts(Struct, frozen=True, kw_only=True, gc=False):
    """What is true of a case after an entry."""

    status: Annotated[str, meaning("状态", "place in the life of a case; '' before it exists")] = ""
    outcome: Annotated[str, meaning("结果", "how it ended; '' while open")] = ""
    kind: Annotated[str, meaning("种类", "matter (planned) or difficulty (one request); never summed")] = ""
    category: Annotated[str, meaning("类别", "category code")] = ""
    topic: Annotated[str, meaning("主题", "chosen from the category's list")] = ""
    channel: Annotated[str, meaning("渠道", "how it came in, e.g. counter, visit, hotline, courier")] = ""
    reporter: Annotated[str, meaning("反映人身份", "resident, courier, grid_worker, opinion_collector, …")] = ""
    area: Annotated[str, meaning("地点", "code of the area it concerns, as precise as known")] = ""
    township: Annotated[str, meaning("乡镇", "township of the place, never of the unit; blank stays ''")] = ""
    unit: Annotated[str, meaning("主办单位", "unit that leads; '' before dispatch")] = ""
    lead: Annotated[str, meaning("主办干部", "cadre who leads, `cadre/<id>`; '' while none")] = ""
    urgency: Annotated[str, meaning("紧急程度", "normal, urgent or emergency")] = ""
    confidentiality: Annotated[str, meaning("知悉范围", "public, internal, confidential or secret")] = ""
    external_ref: Annotated[str, meaning("外部编号", "a ledger's own id, `<ledger>:<row id>`")] = ""
    timeliness: Annotated[str, meaning("是否按时", "on_time, late, no_due; set on closing, cleared on reopening")] = ""
    registered_on: Annotated[str, meaning("登记日期", "county-local date on which it was brought")] = ""
    accepted_on: Annotated[str, meaning("受理日期", "county-local date on which it was accepted")] = ""
    due_on: Annotated[str, meaning("办理期限", "county-local date of the due instant in force; '' without")] = ""
    closed_on: Annotated[str, meaning("办结日期", "county-local date; '' while open")] = ""
    closer: Annotated[str, meaning("办结人", "`cadre/<id>` whose submission closed it; cleared on reopening")] = ""
    closer_unit: Annotated[str, meaning("办结单位", "unit that led when that submission was made")] = ""
    solved_word: Annotated[str, meaning("群众评价", "of the resident at callback: yes, no, '' when unknown")] = ""
    survey: Annotated[str, meaning("需求调查", "survey from whose answers it was raised; '' for all others")] = ""
    round: Annotated[int, meaning("轮次", "1 from registration, +1 at each reopening")] = 0
    returns: Annotated[int, meaning("退单次数", "approved returns")] = 0
    extensions: Annotated[int, meaning("延期次数", "granted extensions")] = 0
    reopenings: Annotated[int, meaning("重办次数", "times it was taken up again")] = 0
    corrections: Annotated[int, meaning("更正次数", "corrections entered")] = 0
    reminders: Annotated[int, meaning("催办次数", "times its unit was reminded")] = 0
    parked: Annotated[int, meaning("挂账中", "1 while parked")] = 0
    supervised: Annotated[int, meaning("督办中", "1 while under supervision")] = 0
    on_the_spot: Annotated[int, meaning("即办件", "1 when done on the spot and logged after")] = 0
    timed: Annotated[int, meaning("有办理时长", "1 when `resolve_seconds` is known")] = 0
    resolve_seconds: Annotated[
        int, meaning("办理时长", "seconds from registration to the closing submission, may be < 0")
    ] = 0
    contacted: Annotated[int, meaning("已首次联系", "1 when `contact_seconds` is known")] = 0
    contact_seconds: Annotated[
        int, meaning("首次联系时长", "seconds from dispatch to the first contact that succeeded")
    ] = 0
    planned_beneficiaries: Annotated[int, meaning("计划受益人数", "people, of a matter")] = 0
    beneficiaries: Annotated[int, meaning("实际受益人数", "people helped, as stated at resolution")] = 0
    satisfaction: Annotated[int, meaning("满意度", "1 (very dissatisfied) … 5 (very satisfied); 0 unknown")] = 0


FACTS: tuple[str, ...] = Facts.__struct_fields__
TEXT_FACTS: tuple[str, ...] = tuple(name for name in FACTS if isinstance(getattr(Facts(), name), str))
NUMBER_FACTS: tuple[str, ...] = tuple(name for name in FACTS if name not in TEXT_FACTS)
