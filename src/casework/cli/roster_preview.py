"""Prints what an import of roster files would change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import rich_click as click

from casework.application.roster.import_files import Preview
from casework.application.roster.losses import Loss
from casework.application.roster.plan import Change
from casework.cli.session import Session
from casework.exchange.roster_sheets import SHEETS, Sheet
from casework.law.roster.events import PostHeld
from casework.text import Text

#: lines of each kind that are shown; all of them by --json
_SHOWN = 20
_SHEETS: dict[str, Sheet] = {sheet.thing: sheet for sheet in SHEETS}
_WHAT = {
    "new": Text("新增", "new"),
    "changed": Text("变更", "changed"),
    "ended": Text("终止", "ended"),
    "unchanged": Text("未变", "unchanged"),
}
#: what cases lose: in Chinese, in English of one case, in English of several
_LOSSES: dict[str, tuple[str, str, str]] = {
    "cadre": ("失去主办干部", "this case loses its cadre", "cases lose their cadre"),
    "unit": ("失去主办单位", "this case loses its unit", "cases lose their unit"),
    "responsible": (
        "所在地改由他人包保，不再是",
        "the place of this case is answered for by another than",
        "cases lie where another answers than",
    ),
    "township": ("所在地不再属于", "the place of this case leaves", "cases lie in a place that leaves"),
    "category": ("失去类别", "this case loses its category", "cases lose their category"),
}


def tell(session: Session, found: Preview) -> None:
    """Print a preview; one JSON document where that was asked for."""
    if session.shown_as_json(found):
        return
    said = session.language
    head = ["", *(word.on(said) for word in _WHAT.values())]
    rows = [[_SHEETS[thing].title(said), *(counts[what] for what in _WHAT)] for thing, counts in found.things.items()]
    if rows:
        session.table(head, rows, frozenset(range(1, len(head))))
    if not found.changes and not found.rejected:
        session.say("花名册已是这样：没有要登记的", "the roster says so already: there is nothing to declare")
    some = [change for change in found.changes if change.what != "new"]
    for change in some[:_SHOWN]:
        click.echo(f"  {_change(session, change)}")
    _more(session, len(some))
    for loss in found.losses[:_SHOWN]:
        click.echo(_loss(session, loss))
    _more(session, len(found.losses))
    if found.changes:
        _sum(session, found)
    for one in found.rejected[:_SHOWN]:
        column = f" {one.column}" if one.column else ""
        line = session.text(f"{one.file} 第 {one.line} 行", f"{one.file} line {one.line}")
        click.echo(f"  {line}{column}: {session.text(one.zh, one.en)}", err=True)
    if len(found.rejected) > _SHOWN:
        session.note(
            f"  …另有 {len(found.rejected) - _SHOWN} 行被拒", f"  … {len(found.rejected) - _SHOWN} more rejected"
        )


def _sum(session: Session, found: Preview) -> None:
    if found.cases:
        session.say(f"共影响 {found.cases} 件未办结的办件", f"open cases touched in all: {found.cases}")
    else:
        session.say("未办结的办件不受影响", "no open case is touched")


def _change(session: Session, change: Change) -> str:
    sheet, said = _SHEETS[change.thing], session.language
    members = {column.name: column.heading(said) for column in sheet.columns}
    moved = [
        members.get(name, name) + (f" {_value(was)} → {_value(now)}" if name != "name" else "")
        for name, (was, now) in change.members.items()
    ]
    words = f"{sheet.title(said)} {change.code} {change.label}".rstrip()
    since = session.text(f"自 {change.from_} 起", f"from {change.from_}")
    return f"{_WHAT[change.what].on(said)}  {words}, {since}: {'; '.join(moved)}"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ";".join(f"{code}={of}" for code, of in value.items()) or "–"
    if isinstance(value, PostHeld):
        return value.unit
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ";".join(map(_value, value)) or "–"
    return "–" if value in ("", None) else str(value)


def _loss(session: Session, loss: Loss) -> str:
    zh, one, several = _LOSSES[loss.kind]
    count = len(loss.cases)
    en = one if count == 1 else f"these {count} {several}"
    said = session.text(f"这 {count} 件办件自 {loss.on} 起{zh} {loss.code}", f"{en} {loss.code} from {loss.on}")
    return f"{said}: {', '.join(loss.cases[:_SHOWN])}{' …' if count > _SHOWN else ''}"


def _more(session: Session, count: int) -> None:
    if count > _SHOWN:
        session.say(
            f"  …另有 {count - _SHOWN} 项（全部见 --json）", f"  … {count - _SHOWN} more (all of them by --json)"
        )
