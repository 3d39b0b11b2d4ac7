"""Loads a first roster from CSV, one declaration for each new row."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from pathlib import Path

import msgspec
from msgspec import Struct

from casework.application.access.actor import OPERATOR, Actor
from casework.application.commands.handle import Request, Via, prepare, request_of
from casework.application.roster.cadre_names import names, to_seal
from casework.application.roster.refusals import refused
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.database.engine import Progress
from casework.exchange import roster_files
from casework.exchange.roster_files import brought, read
from casework.exchange.roster_rows import RosterError, RosterReject, RosterRow
from casework.law.context import Refused
from casework.log.errors import LogError
from casework.log.submission import Answer

_IN_FLIGHT = 256


class Refusal(Struct, frozen=True):
    """A row that did not go in; its values stay out of it, for they may be somebody's name."""

    file: str
    line: int
    column: str
    reason: str


class Report(Struct, kw_only=True):
    """What a load did."""

    dry_run: bool = False
    rows: int = 0
    declared: int = 0
    unchanged: int = 0
    rejects: list[Refusal] = msgspec.field(default_factory=list[Refusal])


def run(
    runtime: Runtime,
    log: str,
    folder: Path,
    *,
    since: str = "",
    dry_run: bool = False,
    operator: str = "",
    progress: Progress | None = None,
) -> Report:
    """Load the CSV files of FOLDER; `since` dates rows that state no day. Loading again adds nothing.

    It is done as `system/operator`: before the first roster, nobody else has a role.
    """
    report, language = Report(dry_run=dry_run), runtime.settings.language
    waiting: deque[tuple[RosterRow, Future[Answer]]] = deque()
    try:
        for found in read(brought([folder]), since):
            report.rows += 1
            if isinstance(found, RosterReject):
                reject = found.reject
                report.rejects.append(Refusal(found.file, reject.line, reject.column, reject.reason.on(language)))
            elif not dry_run:
                try:
                    request = _request(runtime, log, found, operator)
                    waiting.append((found, runtime.writer.submit(prepare(runtime, request))))
                except (Problem, Refused) as why:
                    report.rejects.append(Refusal(found.file, found.line, "", why.on(language)))
            while len(waiting) > _IN_FLIGHT:
                _settle(report, language, *waiting.popleft())
            if progress and report.rows % 100 == 0:
                progress(report.rows, 0)
    except RosterError as why:
        raise refused("not-a-roster", why=why) from None
    finally:
        while waiting:
            _settle(report, language, *waiting.popleft())
    return report


def example(name: str) -> Path:
    """Folder of a roster that comes with the program."""
    try:
        return roster_files.example(name)
    except RosterError as why:
        raise Problem("no-such-example", why.zh, why.en) from None


def _request(runtime: Runtime, log: str, row: RosterRow, operator: str) -> Request:
    members = msgspec.to_builtins(row.command)
    if person := members.pop("person", None):
        known = names(runtime, log, runtime.store.read_stream(log, members["cadre"]))
        if new := to_seal(known.get(members["cadre"]), person):
            members["person"] = new
    return request_of(Actor(OPERATOR, "administrator"), Via("cli", operator), log, row.command.name, members)


def _settle(report: Report, language: str, row: RosterRow, future: Future[Answer]) -> None:
    try:
        answer = future.result()
    except (Refused, LogError) as why:
        report.rejects.append(Refusal(row.file, row.line, "", why.on(language)))
    else:
        if answer.repeated or not answer.events:
            report.unchanged += 1
        else:
            report.declared += 1
