"""Imports a ledger: every row through the law, nothing twice or silently dropped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import select

from casework.application.access.actor import Actor
from casework.application.commands.handle import Via, prepare, request_of
from casework.application.ledgers.report import Changed, Report
from casework.application.ledgers.row_commands import Stated, before, case_stream, commands
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.change.tables import case_now
from casework.exchange.ledger import LedgerReader, LedgerRow, Moment, Reject
from casework.exchange.ledger_map import LedgerMap, read_map
from casework.exchange.rejects import RejectsFile
from casework.law.cases import names as called
from casework.law.cases.corrections import corrected
from casework.law.context import Refused
from casework.log import codec
from casework.log.errors import ClaimTaken, CommandReused, EntryRefused, LogError
from casework.log.writer import Answer, Submission
from casework.seal.erasure import slices
from casework.seal.parts import SealRefused
from casework.text import Text

#: commands of one transaction: others wait for about 50 ms
_SLICE = 256
#: rows of a surveyed ledger kept in hand, some 3 kB each, so that it is not read twice
_HELD = 20_000
_VISIBLE = re.compile(r"[!-~]{1,200}\Z")
_IMPORTER = Actor("system/import", "importer")
#: what a row is imported as → Chinese term
_PARTS = {"case": "登记", "closing": "办结", "action": "办理记录"}

Progress = Callable[[str, int, int], None]  # stage, done, total (0 when unknown)


def run(
    runtime: Runtime,
    log: str,
    ledger: Path,
    chart_path: Path,
    *,
    dry_run: bool = False,
    with_roster: bool = False,
    corrections: bool = False,
    rejects: Path | None = None,
    operator: str = "",
    progress: Progress | None = None,
) -> Report:
    """Import `ledger` into `log`. Running it again, or after a kill in the middle, adds nothing twice.

    with_roster  declare the areas, units and categories that the ledger's own codes name, before the first row
    corrections  enter a changed row's codes as corrections; otherwise changed rows are only reported
    rejects      file for rejected rows (default: beside the ledger, `<ledger>.rejects.csv`), made only if needed;
                 its reasons are in the language of the settings

    Raises MapError when map or ledger cannot be read, Refused when the roster's declarations are refused.
    """
    chart = read_map(chart_path)
    reader = LedgerReader(ledger, chart)
    beside = ledger.with_name(f"{ledger.name}.rejects.csv")
    with RejectsFile(rejects or beside, runtime.settings.language) as refuse:
        report = Report(ledger=chart.ledger, dry_run=dry_run)
        importer = _Importer(runtime, log, chart, operator, refuse, progress or (lambda *_: None), corrections, report)
        rows: Iterable[LedgerRow | Reject] = reader
        if with_roster or dry_run:
            rows = importer.survey(reader, declare=with_roster and not dry_run)
        if not dry_run:
            importer.enter(rows)
    report.rejected = refuse.count
    report.rejects_file = str(refuse.path) if refuse.count else ""
    return report


def _visible(command_id: str) -> str:
    """A command id of visible ASCII: row ids of a ledger may be any text (勐信〔2026〕12号)."""
    if _VISIBLE.match(command_id):
        return command_id
    return f"import/{hashlib.sha256(command_id.encode()).hexdigest()}"


class _Asked(Struct, frozen=True):
    """One command ready to go: which row it came from, and as what."""

    row: LedgerRow
    part: str  # case, closing or action
    submission: Submission


class _Importer(Struct):
    runtime: Runtime
    log: str
    chart: LedgerMap
    operator: str
    rejects: RejectsFile
    progress: Progress
    corrections: bool
    report: Report
    _slice: list[_Asked] = []
    _failed: set[str] = set()
    _known_open: list[LedgerRow] = []
    _total: int = 0

    # -- before the first row ------------------------------------------------------------------------------------

    def survey(self, reader: LedgerReader, *, declare: bool) -> Iterable[LedgerRow | Reject]:
        """Read the whole ledger once: what it names, and (in a dry run) what would be rejected.

        Returns its rows: those read, where they fit in hand, else the reader, to read them again.
        """
        named: dict[str, dict[str, str]] = {"area": {}, "unit": {}, "category": {}}
        topics: dict[str, set[str]] = {}
        held: list[LedgerRow | Reject] = []
        for found in reader:
            if len(held) < _HELD:
                held.append(found)
            self._total += 1
            if self._total % 1000 == 0:
                self.progress("survey", self._total, 0)
            if isinstance(found, Reject):
                if self.report.dry_run:
                    self.rejects.add(found)
                continue
            if self.report.dry_run:
                self._count_row(found)
            codes, words = found.codes, found.words
            for thing, labels in named.items():
                if codes[thing]:
                    labels[codes[thing]] = words[thing]
            if codes["category"] and codes["topic"]:
                topics.setdefault(codes["category"], set()).add(codes["topic"])
        self.report.rows = self._total if self.report.dry_run else 0
        self.report.areas, self.report.units, self.report.categories = map(len, named.values())
        if declare:
            self._declare_all(named, topics)
        return held if self._total <= _HELD else reader

    def _declare_all(self, named: dict[str, dict[str, str]], topics: dict[str, set[str]]) -> None:
        for thing, level in (("area", self.chart.roster.area_level), ("unit", self.chart.roster.unit_level)):
            for code, label in sorted(named[thing].items()):
                self._declare(thing, code, {thing: code, "label": label, "level": level})
        for code, label in sorted(named["category"].items()):
            topics_of = sorted(topics.get(code, ()))
            self._declare("category", code, {"category": code, "label": label, "topics": topics_of})

    def _declare(self, thing: str, code: str, members: dict[str, Any]) -> None:
        members = {**members, "from": self.chart.roster.from_}
        content = hashlib.sha256(msgspec.json.encode(members, order="sorted")).hexdigest()[:16]
        # the content is part of the id: a ledger that names new topics later declares anew, an equal one does not
        self._submit(f"declare-{thing}", members, f"roster/{thing}/{code}/{content}", Moment()).result()

    # -- row by row ----------------------------------------------------------------------------------------------

    def enter(self, rows: Iterable[LedgerRow | Reject]) -> None:
        """Send every row through the law, many at a time, in the ledger's order."""
        for found in rows:
            self.report.rows += 1
            if self.report.rows % 200 == 0:
                self.progress("import", self.report.rows, self._total)
            if isinstance(found, Reject):
                self.rejects.add(found)
                continue
            self._count_row(found)
            try:
                # every part is made ready before the first is sent: a row goes in whole or not at all
                ready = [(told.part, self._ready(found, told)) for told in commands(self.log, self.chart, found)]
            except (Refused, Problem, SealRefused) as no:
                self._refused(found, "", Text(no.zh, no.en))
                continue
            self._slice += [_Asked(found, part, submission) for part, submission in ready]
            if len(self._slice) >= _SLICE:
                self._send()
        self._send()
        self._report_reopened()
        self.progress("import", self.report.rows, self.report.rows)

    def _send(self) -> None:
        """Append what is ready, here and now: handing it to the writer's thread would cost more than it does."""
        ready, self._slice = self._slice, []
        outcomes = self.runtime.writer.append_now([asked.submission for asked in ready])
        for asked, outcome in zip(ready, outcomes, strict=True):
            self._settle(asked, outcome)

    def _count_row(self, row: LedgerRow) -> None:
        self.report.understood += 1
        self.report.blank_area += not row.codes["area"]
        if row.closed and before(row.closed, row.opened):
            self.report.closed_before_opened.append(row.line)

    def _ready(self, row: LedgerRow, told: Stated) -> Submission:
        members = told.members
        if told.part == "case":
            content = msgspec.json.encode((members, told.moment), order="sorted")
            members = {**members, "row_hash": self.runtime.sealer.row_digest(self.log, content).hex()[:32]}
        return self._prepared(told.command, members, f"{row.id}/{told.part}", told.moment)

    def _submit(self, command: str, members: dict[str, Any], command_id: str, moment: Moment) -> Future[Answer]:
        return self.runtime.writer.submit(self._prepared(command, members, command_id, moment))

    def _prepared(self, command: str, members: dict[str, Any], command_id: str, moment: Moment) -> Submission:
        via = Via(f"import/{self.chart.ledger}", self.operator)
        id = _visible(f"{via.source}/{command_id}")
        when = {"occurred": moment.instant} if moment.instant else {"occurred_on": moment.on}
        return prepare(self.runtime, request_of(_IMPORTER, via, self.log, command, members, id, **when))

    def _settle(self, asked: _Asked, answer: Answer | Exception) -> None:
        try:
            if isinstance(answer, Exception):
                raise answer
        except CommandReused:
            self._changed(asked)
        except Refused as no:
            if no.code == "ledger-row-changed":
                self._changed(asked)
            else:
                self._refused(asked.row, asked.part, Text(no.zh, no.en))
        except (ClaimTaken, EntryRefused) as no:
            # concerns this row alone; any other error of the log stops the import, which can be run again
            self._refused(asked.row, asked.part, Text(no.zh, no.en))
        else:
            if answer.repeated or not answer.events:
                self.report.repeated += 1
                if asked.part == "case" and asked.row.closed is None:
                    self._known_open.append(asked.row)
            elif asked.part == "case":
                self.report.cases += 1
            elif asked.part == "closing":
                self.report.closings += 1
            else:
                self.report.actions += 1

    def _refused(self, row: LedgerRow, part: str, reason: Text) -> None:
        # once a part of the row is refused, its other parts are not reported
        if row.id not in self._failed:
            self._failed.add(row.id)
            self.rejects.add(Reject(row.line, part, reason, row.id))

    # -- rows that say something else than before ------------------------------------------------------------------

    def _changed(self, asked: _Asked) -> None:
        ref = f"{self.chart.ledger}:{asked.row.id}"
        part = _PARTS[asked.part]
        what = Text(f"{part}与上次导入时不同", f"the {asked.part} says something else than when it was imported")
        if self.corrections:
            corrected, what = self._correct(asked)
            self.report.corrected += corrected
        self._report(asked.row.line, ref, what)

    def _report(self, line: int, ref: str, what: Text) -> None:
        self.report.changed.append(Changed(line, ref, what.on(self.runtime.settings.language)))

    def _correct(self, asked: _Asked) -> tuple[int, Text]:
        """Enter each differing, correctable member as a correction; says which, and what could not be entered."""
        stream = case_stream(self.log, self.chart.ledger, asked.row.id)
        wanted = {told.part: told.members for told in commands(self.log, self.chart, asked.row)}[asked.part]
        event_name = {"case": "ledger-case-recorded.v1", "closing": "ledger-closing-recorded.v1"}.get(asked.part, "")
        history = corrected([codec.recorded(entry) for entry in self.runtime.store.read_stream(self.log, stream)])
        cited = next((recorded for recorded in history if recorded.event.name == event_name), None)
        if cited is None:
            part = _PARTS[asked.part]
            return 0, Text(
                f"{part}不能由导入更正：请人工更正",
                f"the {asked.part} cannot be corrected by import: correct it by hand",
            )
        entered, done = 0, list[Text]()
        for member in sorted(cited.event.correctable & wanted.keys()):
            before, value = getattr(cited.event, member), wanted[member]
            if before == value:
                continue
            members = {"case": stream, "rev": cited.rev, "member": member, "value": value, "reason": "ledger_changed"}
            content = hashlib.sha256(msgspec.json.encode(members, order="sorted")).hexdigest()[:16]
            try:
                answer = self._submit("correct-record", members, f"{asked.row.id}/correct/{content}", Moment()).result()
            except (Refused, LogError) as no:
                outcome = Text(f"未予更正：{no.zh}", f" refused: {no.en}")
            else:
                entered += not answer.repeated
                outcome = Text("（早已更正）", " (already)") if answer.repeated else Text("", "")
            of = called.member(type(cited.event), member)
            done.append(Text(f"{of.zh} {before} → {value}{outcome.zh}", f"{member} {before} → {value}{outcome.en}"))
        if not done:
            part = _PARTS[asked.part]
            done.append(
                Text(
                    f"{part}的文字或时间有变：请人工更正",
                    f"the {asked.part}'s texts or times changed: correct them by hand",
                )
            )
        return entered, Text("；".join(one.zh for one in done), "; ".join(one.en for one in done))

    def _report_reopened(self) -> None:
        """Rows without a closing whose case was closed by an earlier import."""
        by_stream = {case_stream(self.log, self.chart.ledger, row.id): row for row in self._known_open}
        with self.runtime.engine.connect() as db:
            for some in slices(list(by_stream)):
                query = select(case_now.c.stream, case_now.c.closed_on).where(
                    case_now.c.log == self.log,
                    case_now.c.stream.in_(some),
                    case_now.c.closed_on != "",
                )
                for stream, closed_on in db.execute(query):
                    row = by_stream[stream]
                    what = Text(
                        f"台账写的是未办结，办件已于 {closed_on} 办结",
                        f"the ledger says open, the case was closed on {closed_on}",
                    )
                    self._report(row.line, f"{self.chart.ledger}:{row.id}", what)
