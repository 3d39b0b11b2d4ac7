"""Names of commands, states, roles and places in refusals, in Chinese and English.

A code that a Chinese sentence cannot do without stands in “” or （）: everything around it is Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from casework.law.cases.deadlines import shown
from casework.law.cases.facts import KINDS, OUTCOMES, STATUSES
from casework.law.command import Command
from casework.law.context import ROLES, Context
from casework.law.described import members_of
from casework.law.event import Event
from casework.text import Text

#: things of the roster
THINGS: dict[str, str] = {"area": "区域", "unit": "单位", "cadre": "干部", "category": "类别"}
_LEVELS: dict[str, str] = {"county": "县级", "township": "乡镇级", "village": "村级", "group": "村民小组级"}
#: what may wait for an answer: `what` of a `Pending`
_REQUESTS: dict[str, str] = {"return": "退单申请", "transfer": "转办申请", "extension": "延期申请"}
#: members of the envelope that a correction may cite
_ENVELOPE: dict[str, str] = {"occurred": "发生时间", "occurred_on": "发生日期"}


def _quoted(words: str) -> str:
    return f"“{words}”"


def value(code: str) -> Text:
    """A value as it was given."""
    return Text(_quoted(code), _quoted(code)) if code else Text("“无”", "none")


def _by(terms: Mapping[str, str], code: str) -> Text:
    return Text(_quoted(terms[code]), code) if code in terms else value(code)


def status(code: str) -> Text:
    """A status; '' is a case before it exists."""
    return _by(STATUSES, code) if code else Text("“未登记”", "not registered")


def role(code: str) -> Text:
    """A role."""
    return _by(ROLES, code)


def outcome(code: str) -> Text:
    """An outcome."""
    return _by(OUTCOMES, code)


def kind(code: str) -> Text:
    """A kind of case."""
    return _by(KINDS, code)


def level(code: str) -> Text:
    """A level of areas."""
    return _by(_LEVELS, code)


def request(what: str) -> Text:
    """What was asked for and waits for an answer."""
    return Text(_REQUESTS.get(what, what), what)


def command(kind: type[Command]) -> Text:
    """A command; in 【】 in Chinese, so that it is not taken for a state."""
    return Text(f"【{kind.term.zh}】", kind.name) if kind.term.zh else value(kind.name)


def event(kind: type[Event]) -> Text:
    """A kind of entry."""
    return Text(_quoted(kind.term.zh), kind.name) if kind.term.zh else value(kind.name)


def member(kind: type[Struct], name: str) -> Text:
    """A member of an entry or a command; with its code in Chinese too, for that is what one cites and types."""
    told = members_of(kind)
    term = told[name].text.zh if name in told else _ENVELOPE.get(name, "")
    return Text(f"“{term}”（{name}）" if term else _quoted(name), name)


def asked_by(resident: str) -> Text:
    """Who asked, as the predicate of a sentence about the case."""
    return (
        Text(f"由 {resident} 提出", f"was asked by “{resident}”")
        if resident
        else Text("没有登记由谁提出", "was asked by nobody known")
    )


def thing(kind: str, code: str, context: Context) -> Text:
    """Something of the roster, with the name that it was declared with; names of cadres are sealed."""
    look = {"area": context.roster.area, "unit": context.roster.unit, "category": context.roster.category}.get(kind)
    found = look(code, context.today) if look and code else None
    return Text(f"“{found.label}”（{code}）", _quoted(code)) if found and found.label else value(code)


def area(code: str, context: Context) -> Text:
    """An area, by name."""
    return thing("area", code, context)


def unit(code: str, context: Context) -> Text:
    """A unit, by name."""
    return thing("unit", code, context)


def category(code: str, context: Context) -> Text:
    """A category, by name."""
    return thing("category", code, context)


def moment(at: str, context: Context) -> Text:
    """An instant: in Chinese as the county's clocks show it, in English as it is stored, in UTC."""
    return Text(shown(at, context.time_zone), at) if at else Text("“无”", "none")


def several(texts: Iterable[Text]) -> Text:
    """Texts listed in a row."""
    listed = tuple(texts) or (Text("无", "none"),)
    return Text("、".join(text.zh for text in listed), ", ".join(text.en for text in listed))


def choices(codes: Iterable[str], terms: Mapping[str, str] | None = None) -> Text:
    """Codes to choose from, each with its Chinese term where it has one."""
    known = terms or {}
    listed = (Text(f"{_quoted(known[c])}（{c}）" if c in known else value(c).zh, c) for c in codes)
    return several(listed)
