"""A small county for tests of the log, with one-line commands."""

import hashlib
from itertools import count
from typing import Any

import msgspec

from casework.clock import SimulatedClock
from casework.law.kinds import COMMANDS, streams
from casework.log.writer import Submission, Writer

LOG = "530828"
OTHER = "530829"
NOON = "2026-03-02T04:00:00.000Z"  # noon in Shanghai
CADRE = {"actor": "cadre/li", "role": "cadre", "unit": "roads"}
DISPATCHER = {"actor": "cadre/wang", "role": "dispatcher", "unit": "centre"}
SUPERVISOR = {"actor": "cadre/wang", "role": "supervisor", "unit": "centre"}
ADMINISTRATOR = {"actor": "cadre/admin", "role": "administrator"}
IMPORTER = {"actor": "system/import", "role": "importer"}

_ids = count(1)


def case(number):
    """A case's stream: the same number, the same case."""
    return f"case/00000000-0000-4000-8000-{number:012d}"


def submission(name, who=DISPATCHER, *, log=LOG, command_id="", members=None, **envelope):
    """A command as a door would hand it to the writer."""
    members = dict(members or {})
    command = COMMANDS[name](**members)
    envelope: dict[str, Any] = {"source": "api"} | who | envelope
    content = msgspec.json.encode([name, members, envelope["actor"]], order="sorted")
    return Submission(
        log=log,
        command_id=command_id or f"test-{next(_ids)}",
        command=command,
        streams=streams(command),
        digest=hashlib.sha256(content).digest(),
        **envelope,
    )


def register(number, **envelope):
    """Register the case of that number."""
    members = {"case": case(number), "kind": "difficulty", "category": "roads", "channel": "hotline", "area": "town"}
    return submission("register-case", DISPATCHER, members=members, **envelope)


def accept(number, **envelope):
    return submission("accept-case", DISPATCHER, members={"case": case(number)}, **envelope)


def dispatch(number, **envelope):
    members = {"case": case(number), "unit": "roads", "lead": "cadre/li"}
    return submission("dispatch-case", DISPATCHER, members=members, **envelope)


def act(number, **envelope):
    """Log an action on the case of that number."""
    who = envelope.pop("who", CADRE)
    return submission("log-action", who, members={"case": case(number), "action": "visit"}, **envelope)


def ledger(number, row, **envelope):
    """Record a case that a ledger holds under that row."""
    members = {"case": case(number), "external_ref": f"hotline:{row}", "channel": "hotline"}
    return submission("record-ledger-case", IMPORTER, members=members, **envelope)


def opening(log=LOG, **members):
    members = {"log": log, "origin": f"casework.example/{log}", "county": "澜沧"} | members
    return submission("open-log", ADMINISTRATOR, log=log, members=members)


def declarations(log=LOG):
    """The roster that the other commands need."""
    things = [
        ("declare-area", {"area": "town", "label": "勐朗镇", "level": "township"}),
        ("declare-unit", {"unit": "centre", "label": "便民服务中心", "area": "town"}),
        ("declare-unit", {"unit": "roads", "label": "道路组", "area": "town"}),
        ("declare-cadre", {"cadre": "cadre/wang", "unit": "centre", "roles": ("cadre", "dispatcher", "supervisor")}),
        ("declare-cadre", {"cadre": "cadre/li", "unit": "roads", "roles": ("cadre",)}),
        ("declare-category", {"category": "roads", "label": "道路"}),
    ]
    return [
        submission(name, ADMINISTRATOR, log=log, members=members | {"from_": "2020-01-01"}) for name, members in things
    ]


def found(writer, log=LOG, **members):
    """Open a log and declare its roster; gives the number of entries that this took."""
    return writer.append_now([opening(log, **members), *declarations(log)])[-1].size


def writer_on(store, clock=None, **settings):
    """A writer under the law of the runtime, whose clock stands at NOON unless told otherwise."""
    return Writer(store, clock=clock or SimulatedClock(NOON), **settings)
