"""`docs/reference/permissions.md`: who may do what, who sees what, which route needs which permission."""

from __future__ import annotations

from collections.abc import Iterator

import rich_click as click

from casework.application.access.permissions import PERMISSIONS, REACHES, may
from casework.application.access.visibility_table import CLOSED, SIGHT, TURNS, Turn
from casework.law.cases.facts import CONFIDENTIALITIES, STATUSES
from casework.law.context import ROLES
from casework.law.kinds import COMMANDS, GROUPS
from docs.generate.cli import walk
from docs.generate.http import needed
from docs.generate.markdown import page, table

_YES, _NO = "●", ""
#: seen by those who handle it; seen while it waits for the role
_HELD, _TURN = "○", "轮到 *turn*"
#: states in which no unit has a case in hand
_WITHOUT_UNIT = frozenset({"registered", "accepted", "rejected"})
#: requests that wait for an answer while the case is with a unit
_REQUESTS = {"return": "退单待审 return", "transfer": "转办待审 transfer", "extension": "延期待审 extension"}
_MATRIX = (
    "The table is `application/access/permissions.py`; every route names what it needs, and a test visits every"
    " route in every role. A permission says in which roles; the visibility rule below says for which cases. What is"
    " refused for the role is 403 `not-your-role`, what is refused for the place 403 `outside-your-area`."
)
_SIGHT_RULE = (
    "One rule (`application/access/visibility.py`) for lists, counts, files, one case, its steps, its attachments,"
    " search, hints, the guard of commands: **the cases of the own unit's home area and everything below it**, those"
    " that **the own unit leads**, and **the own cases** — led, handled together with the lead, offered to the unit,"
    " brought, asked for, waiting for the own role. A token for an area narrows the first. Lists and counts hold what"
    " this rule says of facts, so that a count has as many cases as its list; own cases beyond it are found on the"
    " desk, with `mine=true`, by number and by search."
)
_OF = {
    "county": "全县 the whole county",
    "area": "本单位辖区、本单位主办、本人办件 own area, own unit, own cases",
    "own": "本人办件 own cases",
}
_CLOSED_RULE = (
    "People who may not see a `confidential` or `secret` case never learn of it: not as a row, in a count, a file, a"
    " look back, by search, as a hint of a duplicate, in a preview, by the answer to a command, or by a similar"
    " number. Those who handle a case see it at every level, and **the role that must do the next step sees it until"
    " the step is done**: on the desk, with `mine=true`, by number, with its steps. A list as of an earlier size"
    " leaves out what became confidential since. The feed of entries is for those who see everything; the stream of"
    " events gives everybody the size of the log, and nothing else. An **anonymous** request (no `resident`) is a case"
    " like any other, but is nobody's own case, sends no message of its result, and is found by no telephone number."
    " Its callback is waived (`waiver=anonymous`), unless the holder of the receipt has said how it went."
)
_STAGES_RULE = (
    "A case of the own area that is `confidential` or `secret`: **●** seen, and in lists and counts; **○** seen, and"
    " in no list; *turn*: seen while it waits for that role, and in no list. The person who brought it sees it too."
    " What waits is a request of the unit: a return, a transfer or an extension. Of a unit, a `secret` case is handled"
    " by the head and those named as lead or co-handler, and the one-line summary stands in no list: it is read in the"
    " case itself."
)
_DUTIES: tuple[tuple[str, str, str], ...] = (
    ("approve-resolution, send-back-resolution", "提交办结者 the person who submitted it, or for whom", "own-request"),
    ("record-callback", "承办或曾主办单位的人 anybody of a unit that handles or led it", "caller-of-the-unit"),
    ("review, callback, correction, waiver, override", "曾主办或提交者 those who led or submitted it", "own-case"),
    ("grant-extension, refuse-extension", "申请人 the person who asked for it, or for whom", "own-request"),
    ("approve-return, refuse-return", "申请人 the person who asked for it, or for whom", "own-request"),
    ("accept-transfer, refuse-transfer", "申请人 the person who asked for it, or for whom", "own-request"),
)


def permissions() -> str:
    """The page."""
    plain = [one for one in PERMISSIONS.values() if one.reach != "law" or one.name not in COMMANDS]
    doors = [(path, one) for path, one in walk() if not isinstance(one, click.Group) or one.name == "do"]
    return page(
        "Permissions 权限",
        _MATRIX,
        "## Roles 身份",
        table(("role", "中文"), [(f"`{role}`", zh) for role, zh in ROLES.items()]),
        "## What each role may do 各身份可做之事",
        table(
            ("permission", "中文 · English", *ROLES.values()),
            [
                (f"`{one.name}`", f"{one.zh} · {one.en}", *(_YES if may(role, one.name) else _NO for role in ROLES))
                for one in plain
            ],
        ),
        "### How far it reaches 范围",
        table(
            ("reach", "中文", "English", "permissions"),
            [
                (f"`{reach}`", zh, en, ", ".join(f"`{one.name}`" for one in plain if one.reach == reach))
                for reach, (zh, en) in REACHES.items()
            ],
        ),
        "## Who sees which cases 可见范围",
        _SIGHT_RULE,
        table(
            ("role", "cases", "sealed parts"),
            [
                (f"`{role}` {ROLES[role]}", _OF[sight.of], _YES if may(role, "sealed.read") else _NO)
                for role, sight in SIGHT.items()
            ],
        ),
        "## Confidential and anonymous 知悉范围与匿名",
        _CLOSED_RULE,
        table(
            ("role", *(f"`{level}` {zh}" for level, zh in CONFIDENTIALITIES.items())),
            [(f"`{role}` {ROLES[role]}", *(_level(role, level) for level in CONFIDENTIALITIES)) for role in SIGHT],
        ),
        "### Stage by stage 各环节",
        _STAGES_RULE,
        table(
            ("role", *(f"`{status}` {zh}" for status, zh in STATUSES.items()), *_REQUESTS.values()),
            [(f"`{role}` {ROLES[role]}", *_stages(role)) for role, sight in SIGHT.items() if sight.of == "area"],
        ),
        "## What nobody does to their own 职责分离",
        "Held by the law itself, on who enters it and on whose act it is (`for`), in every role, and after the case"
        " went to another unit.",
        table(("command", "not by", "code"), _DUTIES),
        "## Routes 接口与网页",
        "A command's route needs the permission of its name; its roles stand below.",
        table(("method", "address", "permission"), needed()),
        "## Commands 命令",
        *(
            table(
                (f"{group.en} {group.zh}", *ROLES.values()),
                [(f"`{name}`", *(_YES if may(role, name) else _NO for role in ROLES)) for name in names],
            )
            for group, names in GROUPS.items()
        ),
        "## Command line 命令行",
        "The command line is for the operator: a user who may run it on the machine may do all of it, and the machine's"
        " own protection is the only check. Where it acts or reads as somebody, `--as` and `--role` are looked up in"
        " the roster, and the tables above hold.",
        table(("command", "as whom"), [(f"`{' '.join(path)}`", _as_whom(command)) for path, command in doors]),
    )


def _level(role: str, level: str) -> str:
    sight = SIGHT[role]
    if sight.of == "own":
        return "本人的 own"
    if level not in CLOSED or sight.closed == "all":
        return _YES
    if sight.closed == "unit":
        return "本单位的 own unit's"
    return "轮到时 in turn" if role in TURNS else "经手的 in hand"


def _stages(role: str) -> Iterator[str]:
    """What a role of an area sees of what is confidential: in each state, and while each request waits."""
    closed, turn = SIGHT[role].closed, TURNS.get(role)
    for status in STATUSES:
        yield _TURN if turn and status in turn.status else _in_hand(closed, turn, status not in _WITHOUT_UNIT)
    for request in _REQUESTS:
        yield _TURN if turn and request in turn.pending else _in_hand(closed, turn, True)


def _in_hand(closed: str, turn: Turn | None, of_a_unit: bool) -> str:
    if closed == "all" or (closed == "unit" and of_a_unit):
        return _YES
    return _HELD if of_a_unit and turn is None else _NO


def _as_whom(command: click.Command) -> str:
    options = {name for parameter in command.params for name in parameter.opts}
    acts = isinstance(command, click.Group) or ("--as" in options and "create" not in (command.name or ""))
    return "所称之人 the person named with `--as`" if acts else "操作员 the operator"
