"""Makes a person's copy of the data held on them, as JSON and page.

Only parts that concern them alone are in it, and the codes of their cases; texts of others that mention them are
counted. Officials appear by office and role.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from msgspec import Struct, convert

from casework.application.access.actor import Actor
from casework.application.access.reading_note import note
from casework.application.access.visibility import check_whole
from casework.application.cases.find_case import find_case
from casework.application.cases.labels import labels
from casework.application.cases.open_case import open_case
from casework.application.privacy.personal_data_of import Traces, Whom, look
from casework.application.privacy.survey_answers_of import is_survey
from casework.application.read_audit.query import readers_of
from casework.application.runtime.runtime import Runtime
from casework.application.surveys.surveys import state_of
from casework.law.cases.facts import STATUSES
from casework.law.context import ROLES
from casework.log.codec import EVENTS

#: facts that a person is told of their case
_TOLD = ("status", "category", "topic", "channel", "area", "township", "unit", "registered_on", "due_on", "closed_on")
_MEMBERS = {
    "person": "本人信息", "summary": "摘要", "details": "详情", "address": "地址", "coordinates": "坐标",
    "note": "记录", "explanation": "说明", "full_name": "姓名", "phone": "电话", "identity_number": "身份证号",
}  # fmt: skip
_FACTS = {
    "status": "状态", "category": "类别", "topic": "主题", "channel": "渠道", "area": "地点", "township": "乡镇",
    "unit": "承办单位", "registered_on": "登记日期", "due_on": "办理期限", "closed_on": "办结日期",
}  # fmt: skip


class Said(Struct, frozen=True, kw_only=True):
    """A part of theirs: when it was recorded, at which step, and what it says."""

    recorded_on: str
    step: str
    member: str
    value: Any


class CopiedCase(Struct, frozen=True, kw_only=True):
    """One of their cases: its facts, their parts, how many photos lie with it."""

    number: str
    facts: dict[str, str]
    parts: list[Said]
    photos: int


class Reader(Struct, frozen=True, kw_only=True):
    """Who read a case of theirs: the office and role, not the name."""

    at: str
    number: str
    unit: str
    role: str
    what: str
    reason: str


class Copy(Struct, frozen=True, kw_only=True):
    """Everything that a person is given.

    elsewhere what is theirs and lies in no case of theirs: their answers to a survey
    left_out  texts of others that mention them, which are not theirs to take
    readers   who opened their cases, the earliest first; list pages are not told apart by case
    """

    county: str
    made_on: str
    size: int
    cases: list[CopiedCase]
    elsewhere: list[CopiedCase]
    left_out: int
    readers: list[Reader]


def copy(runtime: Runtime, log: str, who: Actor, whom: Whom) -> Copy:
    """The copy; that it was made is in the access ledger."""
    county = runtime.county(log, fresh=True)
    check_whole(county, who, "privacy.export")
    traces = look(runtime, log, whom)
    readers = readers_of(runtime, log, traces.streams)
    beyond = dict.fromkeys(part.stream for part in traces.own if part.stream not in traces.streams)
    note(runtime, county, who, "copy", *traces.streams, *beyond)
    return Copy(
        county=county.state.county,
        made_on=county.today,
        size=runtime.store.head(log).size,
        cases=[_case(runtime, log, traces, one.stream, one.number) for one in traces.cases],
        elsewhere=[_case(runtime, log, traces, stream, _title(runtime, log, stream)) for stream in beyond],
        left_out=len(traces.mentions),
        readers=convert(readers, list[Reader], from_attributes=True),
    )


def _title(runtime: Runtime, log: str, stream: str) -> str:
    """What a person calls it: the survey by its title."""
    return state_of(runtime, log, stream).title if is_survey(stream) else stream


def _case(runtime: Runtime, log: str, traces: Traces, stream: str, number: str) -> CopiedCase:
    facts: dict[str, str] = {}
    steps: dict[int, str] = {}
    if stream.startswith("case/"):
        opened = open_case(runtime, log, find_case(runtime, log, stream))
        facts = {name: str(opened.facts[name]) for name in _TOLD if opened.facts.get(name)}
        names = labels(runtime, runtime.county(log), tuple(facts), [facts])
        facts = {name: names.get(name, {}).get(value) or value for name, value in facts.items()}
        if facts.get("status") in STATUSES:
            facts["status"] = STATUSES[facts["status"]]
        steps = {step.seq: step.type for step in opened.timeline}
    parts = [
        Said(recorded_on=part.recorded_on, step=steps.get(part.seq, ""), member=part.member, value=part.value)
        for part in traces.own
        if part.stream == stream
    ]
    photos = sum(photo.stream == stream and not photo.shared for photo in traces.photos)
    return CopiedCase(number=number, facts=facts, parts=parts, photos=photos)


def page(found: Copy) -> str:
    """The copy as one HTML file, to be read on a screen or printed; nothing in it runs or is fetched."""
    theirs = "".join(_case_html(one) for one in (*found.cases, *found.elsewhere))
    readers = "".join(
        f"<tr><td>{escape(one.at)}</td><td>{escape(one.number)}</td><td>{escape(one.unit)}</td>"
        f"<td>{escape(ROLES.get(one.role, one.role))}</td><td>{escape(one.reason)}</td></tr>"
        for one in found.readers
    )
    cases, others = len(found.cases), len(found.elsewhere)
    left = (
        f"<p>另有 {found.left_out} 处他人的内容提及您，属于他人的信息，未列入。"
        f" <small>{found.left_out} texts of others mention you and are not in this copy.</small></p>"
        if found.left_out
        else ""
    )
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>个人信息副本</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body {{ font: 16px/1.7 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em }}
h1 {{ font-size: 1.5em }} h2 {{ font-size: 1.15em; border-top: 1px solid #999; padding-top: .8em }}
dt {{ color: #555 }} dd {{ margin: 0 0 .5em; white-space: pre-wrap }} small {{ color: #555 }}
dl.facts {{ display: grid; grid-template-columns: 7em 1fr; gap: .1em 1em }} dl.facts dd {{ margin: 0 }}
table {{ border-collapse: collapse; width: 100% }} td, th {{ text-align: left; padding: .2em .5em .2em 0 }}
</style></head><body>
<h1>个人信息副本 <small>Copy of your personal data</small></h1>
<p>{escape(found.county)}，{escape(found.made_on)}。以下是账上与您有关的全部内容：办件 {cases} 件，其他 {others} 处。
<small>All that is held on you: {cases} cases, {others} other places, as of {escape(found.made_on)}.</small></p>
{theirs}{left}
<h2>谁查阅过 <small>Who read it</small></h2>
<table>
<tr><th>时间 at (UTC)</th><th>办件 case</th><th>单位 unit</th><th>身份 role</th><th>理由 reason</th></tr>
{readers}</table>
</body></html>
"""


def _case_html(one: CopiedCase) -> str:
    facts = "".join(f"<dt>{_FACTS[name]}</dt><dd>{escape(value)}</dd>" for name, value in one.facts.items())
    parts = "".join(
        f"<dt>{escape(' '.join((part.recorded_on, _step(part.step), _MEMBERS.get(part.member, part.member))))}</dt>"
        f"<dd>{escape(_words(part.value))}</dd>"
        for part in one.parts
    )
    photos = f"<p>照片和材料 {one.photos} 件。 <small>{one.photos} photos and papers.</small></p>" if one.photos else ""
    return f'<h2>{escape(one.number)}</h2><dl class="facts">{facts}</dl><dl>{parts}</dl>{photos}\n'


def _step(type: str) -> str:
    return EVENTS[type].term.zh if type in EVENTS else type


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return "\n".join(f"{_MEMBERS.get(str(name), name)}：{inner}" for name, inner in value.items())
    return str(value)
