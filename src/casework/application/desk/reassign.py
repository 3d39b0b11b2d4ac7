"""Reassigns a cadre's cases: preview first, then one command for each."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy import or_, select

from casework.application.access.action_check import ActionCheck
from casework.application.access.actor import Actor, known
from casework.application.access.permissions import check_may
from casework.application.access.reading_note import note
from casework.application.access.visibility import Visibility, visibility_of
from casework.application.cases import rows as case_rows
from casework.application.commands.handle import API, WAIT_SECONDS, Request, prepare, request_of
from casework.application.desk.refusals import refused
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.change.tables import case_now
from casework.database.engine import reading
from casework.law.cases import names as called
from casework.law.cases.facts import OPEN_STATUSES
from casework.law.context import Refused
from casework.law.lifecycle import LIFECYCLE
from casework.log.errors import LogError, VersionMoved
from casework.log.submission import Answer, Check

COMMAND = "assign-officer"
#: cases of one reassignment: as many as one batch of the writer takes
MOST = 500
_IDS = uuid.UUID("0e6d2d0c-5b0c-5b39-9a0b-3b2f6c1a9d77")


class Preview(Struct, frozen=True, kw_only=True):
    """What a reassignment would do.

    total  open cases that the cadre leads and the reader sees
    cases  those that can go to the other: name their streams to go through with it
    stays  those that cannot, each with the reason
    """

    from_: str = field(name="from")
    to: str
    total: int
    cases: list[dict[str, Any]]
    stays: list[dict[str, Any]]


class Outcome(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one case: its answer, or why it stayed."""

    case: str
    answer: Answer | None = None
    code: str = ""
    zh: str = ""
    en: str = ""


def preview(runtime: Runtime, log: str, who: Actor, from_: str, to: str) -> Preview:
    """Which open cases of cadre FROM_ can go to cadre TO, and which stay and why."""
    _check(runtime, log, who, from_, to)
    county = runtime.county(log, fresh=True)
    scope, case = visibility_of(county, who), case_now.c
    with reading(runtime.engine) as db:
        where = [case.log == log, case.lead == from_, case.status.in_(OPEN_STATUSES), scope.listed()]
        found = db.execute(case_rows.columns().where(*where).order_by(case.number).limit(MOST)).all()
        rows = case_rows.shown(runtime, db, log, found, scope)
    if told := sum(bool(row["summary"]) for row in rows):
        note(runtime, county, who, "reassignment", shown=told)
    roster, on = county.roster, county.today
    going, staying = [], []
    for row in rows:
        # cases of a dissolved unit are assigned by its successor
        reason = _stays(row, who, roster.successor("unit", row["unit"], on) or row["unit"])
        if reason is None:
            going.append(row)
        else:
            staying.append({**row, "zh": reason[0], "en": reason[1]})
    return Preview(from_=from_, to=to, total=len(rows), cases=going, stays=staying)


def reassign(
    runtime: Runtime,
    log: str,
    who: Actor,
    from_: str,
    to: str,
    *,
    reason: str,
    cases: Sequence[str],
    command_id: str,
) -> list[Outcome]:
    """Assign each of CASES, which cadre FROM_ leads, to cadre TO; sent again under the same id, nothing happens twice.

    A case that somebody else has come to lead meanwhile is left alone.
    """
    _check(runtime, log, who, from_, to)
    if not 1 <= len(cases) <= MOST:
        raise refused("too-many", most=MOST)
    if not reason:
        raise refused("reason-missing")
    county = runtime.county(log, fresh=True)
    scope = visibility_of(county, who)
    leads, check = _leads(runtime, log, cases, scope), ActionCheck(scope, who.area).check
    as_unit = "" if who.unit == known(county, who.actor).unit else who.unit
    waiting: list[tuple[str, Future[Answer] | Exception]] = []
    for stream in cases:
        members, id = {"case": stream, "lead": to, "reason": reason}, uuid.uuid5(_IDS, f"{command_id}\n{stream}")
        request = request_of(who, API, log, COMMAND, members, str(id), as_unit=as_unit)
        waiting.append((stream, _sent(runtime, request, check, leads.get(stream), from_, to)))
    return [_outcome(stream, sent) for stream, sent in waiting]


def _sent(
    runtime: Runtime, request: Request, check: Check, stands: tuple[str, int] | None, from_: str, to: str
) -> Future[Answer] | Exception:
    lead, rev = stands or ("", -1)
    if lead not in {from_, to}:
        return refused("another-lead", start=from_)
    if lead == from_:  # already with TO it may be a repeat, which the writer knows by its id
        request = replace(request, expected=rev)
    try:
        return runtime.writer.submit(replace(prepare(runtime, request), check=check))
    except (Problem, Refused, LogError) as no:
        return no


def _outcome(stream: str, sent: Future[Answer] | Exception) -> Outcome:
    try:
        if isinstance(sent, Exception):
            raise sent
        return Outcome(case=stream, answer=sent.result(WAIT_SECONDS))
    except Problem as no:
        return Outcome(case=stream, code=no.code, zh=no.zh, en=no.en)
    except Refused as no:
        return Outcome(case=stream, code=no.code, zh=f"不予办理：{no.zh}", en=no.en)
    except VersionMoved:  # another command came first
        return Outcome(
            case=stream,
            code="changed-meanwhile",
            zh="办件刚被他人改动，未改派：请重新预览后再改派",
            en="somebody changed it a moment ago, and it was left alone: look again, then reassign",
        )
    except LogError as no:
        return Outcome(case=stream, code="not-stored", zh=no.zh, en=no.en)
    except TimeoutError:
        return Outcome(
            case=stream, code="not-stored", zh="还没有答复：请原样重发", en="no answer yet: send the same again"
        )


def _check(runtime: Runtime, log: str, who: Actor, from_: str, to: str) -> None:
    check_may(who.role, "case.reassign")
    if from_ == to:
        raise refused("same-cadre")
    if who.unit not in known(runtime.county(log, fresh=True), to).units:
        raise refused("not-of-that-unit", to=to, unit=who.unit)


def _stays(row: dict[str, Any], who: Actor, unit: str) -> tuple[str, str] | None:
    lawful = LIFECYCLE[COMMAND].states
    if unit != who.unit:
        return f"主办单位是 {unit}", f"it is led by unit {unit}"
    if row["status"] not in lawful:
        return (
            f"现在是{called.status(row['status']).zh}，不能改派",
            f"it is {row['status']}, and would have to be {' or '.join(lawful)}",
        )
    return None


def _leads(runtime: Runtime, log: str, streams: Sequence[str], scope: Visibility) -> dict[str, tuple[str, int]]:
    """Who leads each of the cases, and its revision; of those alone that the reader sees."""
    case = case_now.c
    with reading(runtime.engine) as db:
        found = db.execute(
            select(case.stream, case.lead, case.rev).where(
                case.log == log, case.stream.in_(list(streams)), or_(scope.listed(), scope.owned())
            )
        )
        return {row.stream: (row.lead, row.rev) for row in found}
