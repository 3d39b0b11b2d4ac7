"""The facts of a case: the closed list of what cases can be counted by.

Adding a fact here gives it a column in `case_change` and `case_now`, and projections can count by it.
No fact is ever null: what is missing is '' or 0, so that no group of a count is ever lost to a NULL.
"""

from __future__ import annotations

from msgspec import Struct

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
    "contact_point": "联系点",
    "report_point": "报告点",
}
URGENCIES: dict[str, str] = {"normal": "一般", "urgent": "紧急", "emergency": "特急"}
CONFIDENTIALITIES: dict[str, str] = {
    "public": "公开",
    "internal": "内部",
    "confidential": "秘密",
    "secret": "机密",
}
TIMELINESS: dict[str, str] = {"on_time": "按时", "late": "超期", "no_due": "无时限"}
DUE_BASES: dict[str, str] = {
    "ledger": "台账所载",
    "stated": "登记时写明",
    "calendar_days": "自然日",
}


class Facts(Struct, frozen=True, kw_only=True, gc=False):
    """What is true of a case after an entry.

    status          状态：生命周期中的位置（see STATUSES）; '' before the case exists
    outcome         结果：how it ended (see OUTCOMES); '' while open
    kind            种类：matter (民生实事) or difficulty (困难问题); never summed
    category        类别：category code of the roster
    topic           主题：chosen from the category's list
    channel         渠道：how it came in, e.g. counter, visit, hotline, courier
    reporter        反映人身份：resident, courier, grid_worker, opinion_collector, …
    area            地点：code of the area it concerns, as precise as known
    township        乡镇：township of the place, never of the unit; blank stays ''
    unit            主办单位：unit that leads; '' before dispatch
    lead            主办干部：cadre who leads, `cadre/<id>`; '' while none
    urgency         紧急程度（see URGENCIES）
    confidentiality 密级（see CONFIDENTIALITIES）
    external_ref    外部编号：a ledger's own id, `<ledger>:<row id>`
    timeliness      是否按时：on_time, late or no_due; set on closing, cleared on reopening
    registered_on   登记日期：county-local date on which it was brought
    accepted_on     受理日期
    due_on          办理期限：county-local date of the due instant in force; '' without
    closed_on       办结日期：'' while open
    round           轮次：1 from registration, +1 at each reopening
    returns         退单次数：approved returns
    extensions      延期次数：granted extensions
    reopenings      重办次数
    corrections     更正次数
    reminders       催办次数
    parked          挂账中：1 while parked
    supervised      督办中：1 while under supervision
    on_the_spot     即办件：1 when done on the spot and logged after
    timed           有办理时长：1 when `resolve_seconds` is known
    resolve_seconds 办理时长：seconds from registration to the submission that closed it (may be negative)
    contacted       已首次联系：1 when `contact_seconds` is known
    contact_seconds 首次联系时长：seconds from dispatch to the first contact that reached the resident
    planned_beneficiaries 计划受益人数
    beneficiaries   实际受益人数：people helped, as stated at resolution
    satisfaction    满意度：1 (very dissatisfied) … 5 (very satisfied); 0 unknown
    closer          办结人：whose submission closed it, `cadre/<id>`; set on closing, cleared on reopening
    closer_unit     办结单位：unit that led when that submission was made
    solved_word     群众评价：what the resident said at callback: yes, no, or '' when unknown
    survey          需求调查：the survey from whose answers it was raised, `survey/<uuid>`; '' for all others
    """

    status: str = ""
    outcome: str = ""
    kind: str = ""
    category: str = ""
    topic: str = ""
    channel: str = ""
    reporter: str = ""
    area: str = ""
    township: str = ""
    unit: str = ""
    lead: str = ""
    urgency: str = ""
    confidentiality: str = ""
    external_ref: str = ""
    timeliness: str = ""
    registered_on: str = ""
    accepted_on: str = ""
    due_on: str = ""
    closed_on: str = ""
    closer: str = ""
    closer_unit: str = ""
    solved_word: str = ""
    survey: str = ""
    round: int = 0
    returns: int = 0
    extensions: int = 0
    reopenings: int = 0
    corrections: int = 0
    reminders: int = 0
    parked: int = 0
    supervised: int = 0
    on_the_spot: int = 0
    timed: int = 0
    resolve_seconds: int = 0
    contacted: int = 0
    contact_seconds: int = 0
    planned_beneficiaries: int = 0
    beneficiaries: int = 0
    satisfaction: int = 0


FACTS: tuple[str, ...] = Facts.__struct_fields__
TEXT_FACTS: tuple[str, ...] = tuple(name for name in FACTS if isinstance(getattr(Facts(), name), str))
NUMBER_FACTS: tuple[str, ...] = tuple(name for name in FACTS if name not in TEXT_FACTS)
