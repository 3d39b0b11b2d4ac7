"""Derives the address of every command over HTTP from the resource that its rule names.

`POST /api/{log}` stands before each. A rule without a resource has no address, and a line in NOT_HERE that says why;
a test holds both.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from casework.application.commands.handle import made_here
from casework.law.command import Command
from casework.law.kinds import BEGINS, COMMANDS, KIND_OF, KINDS, RULES
from casework.law.rule import Rule


class Route(Struct, frozen=True, kw_only=True):
    """How one command is asked for.

    command  its name
    path     address below `/api/{log}`; {case}, {activity}, … fill the member of that name
    fills    members that come from the path
    judges   whether it judges what another submitted: the revision seen is required (If-Match)
    """

    command: str
    path: str
    fills: tuple[str, ...] = ()
    judges: bool = False

    @property
    def kind(self) -> type[Command]:
        """The struct of the command."""
        return COMMANDS[self.command]

    @property
    def begins(self) -> bool:
        """Whether something new comes of it: 201, with its address."""
        return self.command in BEGINS

    @property
    def may_be_bare(self) -> bool:
        """Whether a request without a body says everything."""
        given = made_here(self.command) | set(self.fills)
        return all(not one.required or one.encode_name in given for one in msgspec.structs.fields(self.kind))


#: commands that no person sends here, and why
NOT_HERE: dict[str, str] = {
    "open-log": "a log is opened on the machine itself, by `casework init`",
    "accept-clock": "a clock is vouched for on the machine itself: `--accept-clock`",
    "erase-personal-data": "erasure looks for the keys first: `POST /privacy/erasures`, `casework privacy erase`",
    "place-hold": "a hold looks for the cases first: `POST /privacy/holds`, `casework privacy hold`",
    "release-hold": "`POST /privacy/holds/{hold}/release`, `casework privacy release`",
    "digest-access": "the clock does it",
    "mark-due-passed": "the clock does it",
    "record-lock-out": "signing in does it",
    "record-ledger-case": "a ledger is imported, by `casework import`",
    "record-ledger-closing": "a ledger is imported, by `casework import`",
    "record-ledger-action": "a ledger is imported, by `casework import`",
}


def _route(rule: Rule) -> Route:
    """The address of what a rule makes: its collection, the thing in it, and the thing's resource."""
    kind = KINDS[rule.of] if rule.of else KIND_OF[rule.name]
    of_all = rule.whole or (rule.begins and not rule.of)
    parts = ([kind.collection, "" if of_all else f"{{{kind.name}}}"] if kind.collection else []) + [rule.resource]
    path = "".join(f"/{part}" for part in parts if part)
    fills = tuple(part[1:-1] for part in path.split("/") if part.startswith("{"))
    return Route(command=rule.name, path=path, fills=fills, judges=rule.judges)


def _place(rule: Rule) -> tuple[int, bool]:
    """Collection by collection; what begins something elsewhere comes last in its collection."""
    return list(KINDS).index(rule.of or KIND_OF[rule.name].name), bool(rule.of)


ROUTES: dict[str, Route] = {
    rule.name: _route(rule) for rule in sorted(RULES.values(), key=_place) if rule.resource or rule.begins or rule.whole
}
