"""`docs/reference/permissions.md`: who may do what, who sees what, which route needs which permission."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import rich_click as click

from casework.application.law import COMMANDS, GROUPS
from casework.application.permissions import PERMISSIONS, REACHES, may
from casework.application.sight import CLOSED, SIGHT
from casework.case.context import ROLES
from casework.case.facts import CONFIDENTIALITIES
from casework.http.reference import needed

_YES, _NO = "●", ""
_MATRIX = (
    "The table is `application/permissions.py`; every route names what it needs, and a test visits every"
    " route in every role. A permission says in which roles; how far it reaches says the rule of sight below. What is"
    " refused for the role is 403 `not-your-role`, what is refused for the place 403 `outside-your-area`."
)
_SIGHT_RULE = (
    "One rule (`application/scope.py`) for lists, counts, files, one case, its steps, its attachments, search, hints,"
    " the guard of commands: **the cases of the own unit's home area and everything below it**, those that **the own"
    " unit leads**, and **the own cases** — led, handled together with the lead, offered to the unit, brought, asked"
    " for. A token for an area narrows the first. Lists and counts hold what this rule says of facts, so that a count"
    " has as many cases as its list; own cases beyond it are found on the desk, with `mine=true`, by number and by"
    " search."
)
_OF = {
    "county": "全县 the whole county",
    "area": "本单位辖区、本单位主办、本人案件 own area, own unit, own cases",
    "own": "本人案件 own cases",
}
_CLOSED_RULE = (
    "`confidential` and `secret` cases are told of to nobody who does not see them: not as a row, in a count, a file,"
    " a look back, by search, as a hint of a duplicate, in a preview, by the answer to a command, by a number that is"
    " nearly theirs. Whoever has one in hand sees it whatever its level. A list as of an earlier size leaves out what"
    " became confidential since. The feed of entries is for those who see everything; the stream of events says how"
    " long the log is, to everybody, and nothing else. An **anonymous** request (no `resident`) is a case like any"
    " other: there is nobody whose own it is, nobody is told of its result, and it is found by no telephone number."
)
_DUTIES: tuple[tuple[str, str, str], ...] = (
    ("approve-resolution, send-back-resolution", "提交办结者 whoever submitted it, or for whom", "own-request"),
    ("record-callback", "承办或曾主办单位的人 anybody of a unit that handles or led it", "caller-of-the-unit"),
    ("review, callback, correction, waiver, override", "曾主办或提交者 whoever led or submitted it", "own-case"),
    ("grant-extension, refuse-extension", "申请人 whoever asked for it, or for whom", "own-request"),
    ("approve-return, refuse-return", "申请人 whoever asked for it, or for whom", "own-request"),
    ("accept-transfer, refuse-transfer", "申请人 whoever asked for it, or for whom", "own-request"),
)


def page(doors: Iterable[tuple[Sequence[str], click.Command]]) -> list[str]:
    """The parts of the page, heading first; DOORS are the commands of the terminal with their paths."""
    plain = [one for one in PERMISSIONS.values() if one.reach != "law" or one.name not in COMMANDS]
    return [
        "# Permissions 权限",
        _MATRIX,
        "## Roles 身份",
        _grid(("role", "中文"), [(f"`{role}`", zh) for role, zh in ROLES.items()]),
        "## What each role may do 各身份可做之事",
        _grid(
            ("permission", "中文 · English", *ROLES.values()),
            [
                (f"`{one.name}`", f"{one.zh} · {one.en}", *(_YES if may(role, one.name) else _NO for role in ROLES))
                for one in plain
            ],
        ),
        "### How far it reaches 范围",
        _grid(
            ("reach", "中文", "English", "permissions"),
            [
                (f"`{reach}`", zh, en, ", ".join(f"`{one.name}`" for one in plain if one.reach == reach))
                for reach, (zh, en) in REACHES.items()
            ],
        ),
        "## Who sees which cases 可见范围",
        _SIGHT_RULE,
        _grid(
            ("role", "cases", "sealed parts"),
            [
                (f"`{role}` {ROLES[role]}", _OF[sight.of], _YES if may(role, "sealed.read") else _NO)
                for role, sight in SIGHT.items()
            ],
        ),
        "## Confidential and anonymous 密级与匿名",
        _CLOSED_RULE,
        _grid(
            ("role", *(f"`{level}` {zh}" for level, zh in CONFIDENTIALITIES.items())),
            [(f"`{role}` {ROLES[role]}", *(_level(role, level) for level in CONFIDENTIALITIES)) for role in SIGHT],
        ),
        "## What nobody does to their own 职责分离",
        "Held by the law itself, on who enters it and on whose act it is (`for`), in whatever role, and after the case"
        " went to another unit.",
        _grid(("command", "not by", "code"), _DUTIES),
        "## Routes 接口与网页",
        "A command's route needs the permission of its name; its roles stand below.",
        _grid(("method", "address", "permission"), needed()),
        "## Commands 命令",
        *(
            _grid(
                (f"{group.en} {group.zh}", *ROLES.values()),
                [(f"`{name}`", *(_YES if may(role, name) else _NO for role in ROLES)) for name in names],
            )
            for group, names in GROUPS.items()
        ),
        "## Command line 命令行",
        "The command line is the operator's door: whoever may run it on the machine may do all of it, and the machine's"
        " own protection is its only lock. Where it acts or reads as somebody, `--as` and `--role` are looked up in the"
        " roster, and the tables above hold.",
        _grid(("command", "as whom"), [(f"`{' '.join(path)}`", _as_whom(command)) for path, command in doors]),
    ]


def _level(role: str, level: str) -> str:
    sight = SIGHT[role]
    if sight.of == "own":
        return "本人的 own"
    if level not in CLOSED or sight.closed == "all":
        return _YES
    return "本单位的 own unit's" if sight.closed == "unit" else "经手的 in hand"


def _as_whom(command: click.Command) -> str:
    options = {name for parameter in command.params for name in parameter.opts}
    acts = isinstance(command, click.Group) or ("--as" in options and "create" not in (command.name or ""))
    return "所称之人 whoever is named with `--as`" if acts else "操作员 the operator"


def _grid(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows)])
