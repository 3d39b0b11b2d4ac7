"""Measures of entries: the closed list of what acts are counted and summed by.

Every measure is a column of `case_change` and never null: what an entry does not say is '' or 0. A measure belongs to
its entry, not to the case: it is counted (Σ weight × measure), never a stock. `case/facts.py` lists what stocks are of.
"""

from __future__ import annotations

#: column → (Chinese term, what it says); text
TEXT_MEASURES: dict[str, tuple[str, str]] = {
    "action": ("办理方式", "code of the action or way of contact; '' for anything else"),
    "reason": ("理由代码", "code of the reason that the event states; '' when it states none"),
    "held_by": ("当时主办干部", "cadre who led when it occurred (field facts), else who led, or last led, before it"),
    "held_unit": (
        "当时主办单位",
        "unit that led when it occurred (field facts), else that led, or last led, before it",
    ),
}

#: column → (Chinese term, what it says, with its unit in brackets); whole numbers
NUMBER_MEASURES: dict[str, tuple[str, str]] = {
    "is_action": ("办理次数", "1 for an action, logged or stated by a ledger (action)"),
    "is_contact": ("联系次数", "1 for a contact with the resident, or the attempt (contact)"),
    "is_callback": ("回访次数", "1 for a callback, or the attempt (callback)"),
    "reached": ("联系上次数", "1 for a contact or callback that reached the resident (contact)"),
    "first_touch": ("经手件数", "1 when `counts_for` acts in the field on this case for the first time (case)"),
    "act_round": ("所属轮次", "round in which it occurred (field facts), else the round after it (round)"),
    "late": ("事后补录", "1 for a field fact recorded after the case had ended (act)"),
    "before_registration": ("登记前发生", "1 for a field fact that occurred before the case was registered (act)"),
    "days_late_recorded": ("补录天数", "`recorded_on` − `occurred_on` (calendar days; negative for a date ahead)"),
    "negative_duration": ("时长为负", "1 when this entry made a duration negative: kept, marked, reported (entry)"),
}

MEASURES: tuple[str, ...] = (*TEXT_MEASURES, *NUMBER_MEASURES)
