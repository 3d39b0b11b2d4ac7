"""The table of roles and permissions that every route and use case checks.

A permission says what may be done, in which roles, and how far it reaches: the cases somebody sees (`scope`), their own
things, the area of their token. Commands are permissions too, under their own names; their roles are the law's.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from casework.application.access.refusals import refused
from casework.law.context import ROLES
from casework.law.kinds import COMMANDS, RULES
from casework.text import Text, term

#: how far a permission reaches → how the reference says it
REACHES: dict[str, tuple[str, str]] = {
    "open": ("人人可用，无须令牌", "everybody, without a token"),
    "any": ("不涉及办件", "nothing of any case"),
    "seen": ("所见办件", "the cases one sees"),
    "own": ("仅限本人", "one's own"),
    "place": ("令牌所及区域", "the area of the token"),
    "whole": ("须看全县", "only with sight of the whole county"),
    "law": ("所见或经手的办件、令牌所及区域，再由规则把关", "cases seen or worked on, the token's area; then the law"),
}


class Permission(Struct, frozen=True):
    """One thing that may be done.

    name   stable; commands go by theirs
    reach  one of REACHES
    roles  in which roles; none where it is open to everybody
    """

    name: str
    reach: str
    roles: frozenset[str]
    zh: str
    en: str


#: groups of roles that stand in the table more than once
_WHO_READ, _WHO_ASK = "officers readers askers", "cadre unit_lead dispatcher caller supervisor reporter"
_GROUPS: dict[str, str] = {
    "everyone": " ".join(ROLES),
    "officers": "cadre unit_lead dispatcher caller reviewer supervisor",
    "readers": "auditor privacy_officer",
    "keepers": "administrator importer clock",
    "askers": "resident reporter",
}

#: name, how far, roles or groups of roles
_TABLE: tuple[tuple[str, str, str, str, str], ...] = (
    ("health.read", "open", "", "查看程序是否正常", "ask whether the program is well"),
    ("api.describe", "open", "", "查看接口说明", "read the description of the API"),
    ("page.sign-in", "open", "", "打开登录页", "open the page at which one signs in"),
    ("receipt.follow", "open", "", "凭回执的编号和回执码查询本人诉求", "follow one's own request by its receipt"),
    ("request.file", "open", "", "在网页上提交诉求（开放时）", "file a request by page, where that is open"),
    ("session.own", "own", "everyone", "查看、结束本人的登录", "see and end one's own sessions"),
    ("account.own", "own", "everyone", "管理本人的密码和两步验证", "keep one's own password and second factor"),
    ("account.manage", "place", "administrator", "开设、停用账号", "make, unlock and close accounts"),
    ("desk.read", "seen", "everyone", "看自己的待办", "read one's own desk"),
    ("case.list", "seen", "everyone", "看办件清单", "list cases"),
    ("case.count", "seen", "everyone", "数办件", "count cases of a list"),
    ("case.search", "seen", "everyone", "查找办件", "search cases"),
    ("case.find-person", "seen", _WHO_READ, "按电话、证件或摘要找办件", "find cases by phone, identity or summary"),
    ("case.hints", "seen", "everyone", "登记前查重", "ask what may be the same"),
    ("case.elsewhere", "any", "officers", "得知同一人另有几件", "learn how many more cases a person has"),
    ("case.open", "seen", "everyone", "打开办件", "open a case"),
    ("case.replay", "seen", "everyone", "看办件经过", "replay a case step by step"),
    ("case.reassign", "law", "unit_lead", "批量改派", "give one cadre's cases to another"),
    ("sealed.read", "seen", _WHO_READ, "看封存的姓名、电话、文字", "read sealed names, phones and texts"),
    ("attachment.read", "seen", _WHO_READ, "看附件", "open attachments"),
    ("attachment.bring", "any", "officers askers", "上传附件", "bring attachments"),
    ("figure.shelf", "any", "everyone", "看统计目录", "see what can be asked"),
    ("figure.ask", "seen", "officers readers keepers", "看统计", "ask for figures"),
    ("figure.recount", "whole", "readers", "核对统计", "have a figure recounted"),
    ("log.read", "whole", "readers", "读账目原文", "read the entries as stored"),
    ("log.follow", "any", "everyone", "得知账目有变动", "be told that the log has moved"),
    ("command.batch", "law", "everyone", "批量办理，逐条把关", "send many commands, each checked on its own"),
    ("roster.read", "any", "officers readers administrator importer", "看花名册", "read the roster"),
    ("roster.import", "place", "administrator importer", "导入花名册", "load a roster"),
    ("roster.export", "any", "officers readers keepers", "导出花名册", "export the roster"),
    ("roster.merge", "place", "administrator", "合并乡镇", "merge one township into another"),
    ("roster.split", "place", "administrator", "拆分乡镇", "take a new township out of another"),
    ("roster.handover", "seen", "officers administrator auditor", "看交接清单", "see what a cadre leaves behind"),
    ("roster.findings", "seen", "officers readers keepers", "看花名册待办", "see what the roster leaves open"),
    ("roster.names", "any", "readers", "导出带姓名的花名册", "export the roster with names in the clear"),
    ("outbox.read", "whole", "administrator", "看发给群众的消息", "see how messages to residents fare"),
    ("outbox.send", "whole", "administrator", "重发消息、记为已读", "send a message again, or mark it as read"),
    ("survey.run", "place", "unit_lead dispatcher supervisor", "开展需求调查", "run a survey of needs"),
    ("survey.answer", "place", _WHO_ASK, "录入调查答复", "enter answers"),
    ("survey.read", "place", "officers readers", "看调查结果", "read what a survey found"),
    ("finding.read", "place", "auditor unit_lead supervisor", "看审计发现", "read what auditors found"),
    ("privacy.find", "whole", "privacy_officer", "查某人的个人信息", "find what is held on a person"),
    ("privacy.export", "whole", "privacy_officer", "导出某人的个人信息", "give a person a copy of what is held"),
    ("privacy.hold", "whole", "privacy_officer", "依法留存", "put personal data on hold"),
    ("privacy.erase", "whole", "privacy_officer", "删除某人的个人信息", "erase what is held on a person"),
    ("access-ledger.read", "seen", "readers", "查询查阅台账", "ask who read what is sealed"),
)  # fmt: skip


def _roles(words: str) -> frozenset[str]:
    """Roles, named one by one or as a group."""
    found = frozenset(role for word in words.split() for role in _GROUPS.get(word, word).split())
    if unknown := found - ROLES.keys():
        raise ValueError(f"no such roles: {', '.join(sorted(unknown))}")
    return found


def _all() -> dict[str, Permission]:
    """The table, and after it every command with the roles that its part of the law names."""
    found = [Permission(name, reach, _roles(roles), zh, en) for name, reach, roles, zh, en in _TABLE]
    for name, roles in COMMAND_ROLES.items():
        term = COMMANDS[name].term
        found.append(Permission(name, "law", frozenset(roles), term.zh, term.en))
    return {one.name: one for one in found}


#: command → roles in which it may be asked for
COMMAND_ROLES: dict[str, tuple[str, ...]] = {name: rule.roles for name, rule in RULES.items()}
#: everything that may be done, commands last
PERMISSIONS: Mapping[str, Permission] = _all()


def may(role: str, needs: str) -> bool:
    """Whether ROLE has the permission; how far it reaches is asked elsewhere."""
    permission = PERMISSIONS[needs]
    return permission.reach == "open" or role in permission.roles


def check_may(role: str, needs: str) -> None:
    """Refuse a role without the permission."""
    if may(role, needs):
        return
    permission = PERMISSIONS[needs]
    roles = [name for name in ROLES if name in permission.roles]
    raise refused(
        "not-your-role",
        permission=Text(permission.zh, permission.en),
        roles=term(ROLES, *roles),
        role=term(ROLES, role),
    )
