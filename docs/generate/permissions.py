"""`docs/reference/permissions.md` and its Chinese page: who may do, see and call what."""

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
#: permissions that are not commands of the law
_PLAIN = [one for one in PERMISSIONS.values() if one.reach != "law" or one.name not in COMMANDS]
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
_MATRIX_ZH = (
    "权限表由代码生成，每个接口都写明需要哪项权限。权限规定哪些身份可做此事，可见范围规定对哪些办件可做。"
    "身份不符的，答复 403 `not-your-role`；办件不在可办范围的，答复 403 `outside-your-area`。"
)
_SIGHT_RULE_ZH = (
    "清单、统计、文件、单个办件及其经过和附件、查找、查重提示、指令的校验，都用同一条规则：可见**本单位所在乡镇或区域及其下级的办件**、"
    "**本单位主办的办件**和**本人办件**（本人主办、协办、带来、提出的，派到本单位待签收的，轮到本人身份办理的）。令牌限定区域的，第一项随之缩小。"
    "清单和统计只含这条规则按事实能判定的部分，所以件数与清单一致；此外的本人办件，在“我的待办”、`mine=true`、按编号和查找中可见。"
)
_CLOSED_RULE_ZH = (
    "无权查看限定范围或专人知悉办件的人，在清单、统计、文件、历史数字、查找、查重提示、预览、指令的提交结果和相近编号中，都得不到它的任何信息。"
    "经手人在各级知悉范围下都可见；**下一步轮到的身份，在该步办完以前可见**"
    "：在待办里、用 `mine=true`、按编号，连同办理经过。"
    "查询过去某一时点的清单时，此后改为限定范围或专人知悉的办件不列出。账目原文只供能看全县的人员读取；变动通知对所有人只告知账长。"
    "**匿名**诉求（没有 `resident`）与其他办件同样办理，但不是任何人的“本人办件”，不发办结消息，也不能按电话查到。"
    "匿名诉求免回访（`waiver=anonymous`），持回执的人已说明是否解决的除外。"
)
_STAGES_RULE_ZH = (
    "本区域内限定范围、专人知悉的办件：**●** 可见，并列入清单和统计；**○** 可见，不列入清单；"
    "**轮到**：轮到该身份办理时可见，不列入清单。"
    "带来诉求的人也可见。待审的是单位提出的退单、转办和延期申请。专人知悉的办件，单位内只有负责人和指名的主办、协办人员办理，"
    "摘要不列入任何清单，只能在办件中查看。"
)


def permissions() -> str:
    """The English page: all tables, with their Chinese terms."""
    doors = [(path, one) for path, one in walk() if not isinstance(one, click.Group) or one.name == "do"]
    return page(
        "Permissions 权限",
        "[中文](permissions.zh-CN.md)",
        _MATRIX,
        "## Roles 身份",
        _roles("role", "中文"),
        "## What each role may do 各身份可做之事",
        _matrix("permission", "中文 · English"),
        "### How far it reaches 范围",
        _reaches("reach", "中文", "English", "permissions"),
        "## Who sees which cases 可见范围",
        _SIGHT_RULE,
        _sight("role", "cases", "sealed parts"),
        "## Confidential and anonymous 知悉范围与匿名",
        _CLOSED_RULE,
        _levels("role"),
        "### Stage by stage 各环节",
        _STAGES_RULE,
        _by_stage("role"),
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


def permissions_in_chinese() -> str:
    """The Chinese page; tables of addresses and command names are linked, as they read the same in both languages."""
    return page(
        "权限",
        "[English](permissions.md)",
        _MATRIX_ZH,
        "## 身份",
        _roles("代码", "身份"),
        "## 各身份可做之事",
        _matrix("权限", "中文 · English"),
        "### 范围",
        _reaches("范围", "中文", "English", "权限"),
        "## 可见范围",
        _SIGHT_RULE_ZH,
        _sight("身份", "办件", "可看封存内容"),
        "## 知悉范围与匿名",
        _CLOSED_RULE_ZH,
        _levels("身份"),
        "### 各环节",
        _STAGES_RULE_ZH,
        _by_stage("身份"),
        "## 职责分离",
        "由规则把关，同时核对录入人和办理人（`for`），各种身份都适用，办件转到其他单位后仍然适用。",
        table(("指令", "下列人员不得办理", "代码"), _DUTIES),
        "## 接口与网页",
        "办理类接口需要与指令同名的权限。逐条见[接口与权限对照表](permissions.md#routes-接口与网页)。",
        "## 指令",
        "每项指令由哪些身份办理，见[指令与身份对照表](permissions.md#commands-命令)。",
        "## 命令行",
        "命令行供运维使用：能在该机器上运行它的用户，可以使用全部命令，是否放行只由机器自身的保护决定。以某人名义办理或查看的命令，"
        "按花名册核对 `--as` 和 `--role`，并适用以上各表。逐条见[命令行对照表](permissions.md#command-line-命令行)。",
    )


def _roles(*heads: str) -> str:
    return table(heads, [(f"`{role}`", zh) for role, zh in ROLES.items()])


def _matrix(*heads: str) -> str:
    rows = [
        (f"`{one.name}`", f"{one.zh} · {one.en}", *(_YES if may(role, one.name) else _NO for role in ROLES))
        for one in _PLAIN
    ]
    return table((*heads, *ROLES.values()), rows)


def _reaches(*heads: str) -> str:
    rows = [
        (f"`{reach}`", zh, en, ", ".join(f"`{one.name}`" for one in _PLAIN if one.reach == reach))
        for reach, (zh, en) in REACHES.items()
    ]
    return table(heads, rows)


def _sight(*heads: str) -> str:
    rows = [
        (f"`{role}` {ROLES[role]}", _OF[sight.of], _YES if may(role, "sealed.read") else _NO)
        for role, sight in SIGHT.items()
    ]
    return table(heads, rows)


def _levels(head: str) -> str:
    return table(
        (head, *(f"`{level}` {zh}" for level, zh in CONFIDENTIALITIES.items())),
        [(f"`{role}` {ROLES[role]}", *(_level(role, level) for level in CONFIDENTIALITIES)) for role in SIGHT],
    )


def _by_stage(head: str) -> str:
    return table(
        (head, *(f"`{status}` {zh}" for status, zh in STATUSES.items()), *_REQUESTS.values()),
        [(f"`{role}` {ROLES[role]}", *_stages(role)) for role, sight in SIGHT.items() if sight.of == "area"],
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
