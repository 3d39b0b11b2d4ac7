"""Handles a command: checks, attributes, seals and submits it, then waits."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Mapping
from concurrent.futures import TimeoutError as NotYet
from functools import cache
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct
from sqlalchemy import select
from uuid_utils import uuid7

from casework.application.access.actor import Actor, person
from casework.application.cases.find_case import NAMING, named_cases
from casework.application.commands.refusals import refused
from casework.application.commands.subjects import check_speaks_for_self, made_for, subjects, who_asks
from casework.application.runtime.problem import Problem, near, unknown
from casework.application.runtime.runtime import Runtime
from casework.clock import local_date
from casework.law.cases import names as called
from casework.law.command import Command
from casework.law.kinds import BEGINS, COMMANDS
from casework.law.kinds import streams as streams_of
from casework.law.msgspec_errors import in_chinese
from casework.log.entry import Device
from casework.log.errors import OutcomeUnknown
from casework.log.schema import command as answered
from casework.log.submission import Answer, Submission
from casework.seal.parts import Part
from casework.text import Text, type_of

WAIT_SECONDS = 60.0
_IDS = uuid.UUID("9a5f0f52-3f6b-5c0b-9d58-7f0d3f9b6f11")
#: control characters, odd line ends, byte-order marks, halves of characters
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_LINES = re.compile(r"[\n\r\t]")
_RESIDENT = re.compile(r"resident/(?![0-9-]{9,20}\Z)[0-9a-f-]{2,64}\Z")
_ID = re.compile(r"[!-~]{1,200}\Z")
#: UUID version 7: it begins with the milliseconds of its making
_TIMED = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")


def made_here(command: str) -> frozenset[str]:
    """Members that may be left out although the law needs them: the new thing's id, and the log."""
    return frozenset((BEGINS.get(command, "log"), "log"))


class Request(Struct, frozen=True, kw_only=True):
    """A command as a door received it.

    command      name of the command
    members      its members as they came: text, numbers, yes/no, lists, objects
    command_id   made by the client; '' lets us make one, which gives up protection against sending twice
    actor, role  who asks, and in which role
    as_unit      for which unit, of somebody with several posts; '' for the main one
    for_         whose act it was, when someone else enters it
    occurred     claimed instant, UTC
    occurred_on  claimed county-local date, when no instant is claimed
    expected     revision that the case must still have (If-Match)
    known        the actor as just found in the roster, where nothing is claimed of another person, unit or time
    """

    log: str
    command: str
    members: Mapping[str, Any] = {}
    command_id: str = ""
    actor: str
    role: str
    as_unit: str = ""
    for_: str = ""
    source: str
    operator: str = ""
    occurred: str = ""
    occurred_on: str = ""
    device: Device | None = None
    expected: int | None = None
    accept_clock: bool = False
    known: Actor | None = None


class Via(Struct, frozen=True):
    """How a command came in.

    source    api, page, cli, timer, offline/… or import/…
    operator  the login on the machine, where it was entered there
    """

    source: str = "api"
    operator: str = ""


API, TIMER = Via(), Via("timer")


def request_of(
    who: Actor, via: Via, log: str, command: str, members: Mapping[str, Any], command_id: str = "", **more: Any
) -> Request:
    """What WHO asks; MORE are members of `Request`."""
    given: dict[str, Any] = {"source": via.source, "operator": via.operator, "actor": who.actor, "role": who.role}
    return Request(log=log, command=command, members=members, command_id=command_id, **given | more)


def handle(runtime: Runtime, request: Request, wait: float = WAIT_SECONDS) -> Answer:
    """Send a command and wait for its answer; raises Refused, Problem or an error of the log."""
    submission = prepare(runtime, request)
    future = runtime.writer.submit(submission)
    try:
        answer = future.result(wait)
    except NotYet:
        raise OutcomeUnknown(*refused.sentences("outcome-unknown", wait=wait)) from None
    finish = runtime.finishers.get(request.command)
    return finish(runtime, submission, answer) if finish else answer


def is_answered(runtime: Runtime, log: str, sent: str) -> bool:
    """Whether the command with the id SENT has an answer in LOG; ids that were pruned have none."""
    found = select(answered.c.command).where(answered.c.log == log, answered.c.command == sent)
    with runtime.engine.connect() as db:
        return db.scalar(found) is not None


def prepare(runtime: Runtime, request: Request) -> Submission:
    """The request as the writer takes it: decoded, attributed to an actor, personal parts sealed."""
    kind = COMMANDS.get(request.command)
    if kind is None:
        raise unknown(refused, "unknown-command", request.command, COMMANDS)
    # ids in the order of time lie together on disk: few pages to write per batch
    command_id = request.command_id or str(uuid7())
    if not _ID.match(command_id):
        raise refused("command-id")
    _check_resident(request.actor)
    if request.for_:
        _check_resident(request.for_)
        check_speaks_for_self(request.actor, request.for_)
    runtime.check_key(request.log)
    members = _clean(dict(request.members), kind)
    who = request.known or person(runtime, request, _day(runtime, request))
    digest = runtime.sealer.digest(request.log, request.actor, _content(request, members))
    # similar numbers are suggested on the CLI only: the token's area is not known yet
    if any(name in NAMING and not str(value).startswith("case/") for name, value in members.items()):
        members = named_cases(runtime, request.log, members, offers=request.source == "cli")
    _fill_ids(runtime, kind, members, request, command_id)
    command, personal = _without_personal(_command(kind, members))
    beside: tuple[Any, ...] = ()
    if special := runtime.preparers.get(kind.name):
        command, beside = special(runtime, request.log, command, command_id)
    streams = streams_of(command)
    stream = streams[0]
    begins = kind.name in BEGINS
    concerned = subjects(runtime, request.log, command, stream, request.actor, begins=begins) if personal else ()
    parts = [Part(*kind.seals[name], value, concerned) for name, value in personal.items()]
    sealed = runtime.sealer.seal(request.log, stream, command_id, parts)
    return Submission(
        log=request.log,
        command_id=command_id,
        command=command,
        streams=streams,
        actor=request.actor,
        role=request.role,
        unit=who.unit,
        for_="" if request.for_ == request.actor else request.for_,
        source=request.source,
        operator=request.operator,
        occurred=request.occurred,
        occurred_on="" if request.occurred else request.occurred_on,
        device=request.device,
        digest=digest,
        expected=request.expected,
        commitments=sealed.commitments,
        beside=(*sealed.beside, *beside),
        accept_clock=request.accept_clock,
    )


def _check_resident(actor: str) -> None:
    """A resident's id is random: a telephone or identity number would stand in the log for ever."""
    if actor.startswith("resident/") and not _RESIDENT.match(actor):
        raise refused("resident-id")


@cache
def _fields(kind: type[Command]) -> dict[str, msgspec.structs.FieldInfo]:
    """The members of a command; looked up once, for msgspec resolves every annotation anew."""
    return {field.encode_name: field for field in msgspec.structs.fields(kind)}


def _command(kind: type[Command], members: dict[str, Any]) -> Command:
    known = _fields(kind)
    for name in members:
        if name not in known:
            close = near(name, known)
            raise refused(
                "unknown-member/near" if close else "unknown-member",
                command=Text(called.command(kind).zh, kind.name),
                name=name,
                members=called.several(called.member(kind, one) for one in close or known),
                nearest=close,
            )
    try:
        return msgspec.convert(members, kind)
    except msgspec.ValidationError as why:
        raise _malformed(kind, str(why)) from None


def _malformed(kind: type[Command], why: str) -> Problem:
    """What msgspec says names the member and what was expected; where only some words will do, say which."""
    said, _, path = why.partition(" - at `$.")
    member = path.rstrip("`").partition(".")[0].partition("[")[0]
    field = _fields(kind).get(member)
    allowed = type_of(field.type) if field else None
    words = [str(word) for word in get_args(allowed) if word] if get_origin(allowed) is Literal else []
    if words:
        close = near(said.partition("'")[2].rpartition("'")[0], words)
        return refused(
            "malformed/words",
            command=Text(called.command(kind).zh, kind.name),
            member=called.member(kind, member),
            words=called.choices(words),
            nearest=close,
        )
    where = f"{path.rstrip('`')}: " if path else ""
    what = Text(in_chinese(why), f"{where}{said}")
    return refused("malformed", command=Text(called.command(kind).zh, kind.name), what=what)


def _without_personal(command: Command) -> tuple[Command, dict[str, Any]]:
    """The command as the law and the log may see it, and apart from it what must be sealed first."""
    given: dict[str, Any] = {}
    for name in command.seals:
        value = getattr(command, name)
        if value not in (None, "", {}):
            given[name] = value if isinstance(value, str) else msgspec.to_builtins(value)
    if not given:
        return command, given
    fields = _fields(type(command))
    return msgspec.structs.replace(command, **{name: fields[name].default for name in given}), given


def _clean(members: dict[str, Any], kind: type[Command]) -> dict[str, Any]:
    """Every text in normal form NFC, without control characters; line feeds only where a text is sealed."""
    return {name: _clean_value(value, name, name in kind.seals) for name, value in members.items()}


def _clean_value(value: Any, name: str, lines: bool) -> Any:
    if isinstance(value, str):
        text = value.replace("\r\n", "\n") if lines else value
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        # fast path: nearly every text is printable
        if not text.isprintable() and (_CONTROL.search(text) or (not lines and _LINES.search(text))):
            raise refused("control-character", name=name)
        return text
    if isinstance(value, Mapping):
        return {key: _clean_value(inner, f"{name}.{key}", lines) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean_value(inner, name, lines) for inner in value]
    return value


def _content(request: Request, members: dict[str, Any]) -> bytes:
    """What makes two commands with one id the same: everything the client meant, not when it sent it."""
    captured = request.device.captured if request.device else ""
    meant = (request.command, members, request.role, request.for_, request.occurred, request.occurred_on, captured)
    # added only if set, so that a repeat of a command from before it existed is still recognised
    return msgspec.json.encode((*meant, request.as_unit) if request.as_unit else meant, order="sorted")


def _fill_ids(
    runtime: Runtime, kind: type[Command], members: dict[str, Any], request: Request, command_id: str
) -> None:
    """Ids that the client left to us follow from its command id, so that a repeat finds the same thing again."""
    log, fields = request.log, kind.__struct_fields__
    if "log" in fields:
        members.setdefault("log", log)
    if (thing := BEGINS.get(kind.name)) and thing not in members:
        members[thing] = f"{thing}/{_named_after(log, command_id)}"
    if "respondent" in fields and kind.name not in BEGINS and not members.get("respondent"):
        members["respondent"] = made_for(runtime, log, request.actor, command_id)
    if "resident" in fields and not members.get("resident"):
        members["resident"] = who_asks(runtime, log, request.actor, request.role, command_id, members)


def _named_after(log: str, command_id: str) -> str:
    """The id of what a command begins: as far in the order of time as the command's own id is."""
    name = str(uuid.uuid5(_IDS, f"{log}\n{command_id}"))
    return f"{command_id[:13]}-8{name[15:]}" if _TIMED.match(command_id) else name


def _day(runtime: Runtime, request: Request) -> str:
    """The local date on which it happened, as claimed; '' for now. The writer looks at the claim itself."""
    if request.occurred_on:
        return request.occurred_on
    instant = request.occurred or (request.device.captured if request.device else "")
    try:
        return local_date(instant, runtime.county(request.log).zone) if instant else ""
    except ValueError:
        raise refused("not-an-instant", instant=instant) from None
