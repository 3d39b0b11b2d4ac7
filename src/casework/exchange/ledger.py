"""Read a ledger row by row through its map; reject rows with their reasons."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from msgspec import Struct

from casework.exchange.ledger_map import Field, LedgerMap, MapError, check_header, slug
from casework.exchange.refusals import sentence
from casework.text import Text, listed

if TYPE_CHECKING:
    import _csv

_OUTCOMES = ("solved", "explained", "not_solved", "rejected", "withdrawn", "merged", "unstated")
_CLOSED_VOCABULARIES: dict[str, tuple[str, ...]] = {
    "case.kind": ("matter", "difficulty"),
    "case.urgency": ("normal", "urgent", "emergency"),
    "case.confidentiality": ("public", "internal", "confidential", "secret"),
    "closing.outcome": _OUTCOMES,
    "closing.published": ("", "on_time", "late"),
}


#: first and last year that a ledger may state; others are typing errors
_YEARS = (1900, 2199)


class Reject(Struct, frozen=True):
    """Why a row was not imported: line in the file (header = 1), column, reason, and the value as written."""

    line: int
    column: str
    reason: Text
    value: str


def not_csv(line: int, why: csv.Error) -> Reject:
    """The rest of a file that cannot be parsed as CSV."""
    return Reject(line, "", Text(f"从这里起不是 CSV：{why}", f"from here on the file is not CSV: {why}"), "")


def wrong_width(line: int, cells: int, header: int) -> Reject:
    """A row with more or fewer cells than the header."""
    reason = Text(
        f"有 {cells} 格，表头有 {header} 格：请补齐或去掉", f"has {cells} cells where the header has {header}"
    )
    return Reject(line, "", reason, "")


class Moment(Struct, frozen=True):
    """A time in the ledger: an instant (UTC) with its local date, or only a local date (`instant` is '')."""

    instant: str = ""
    on: str = ""


class LedgerAction(Struct, frozen=True, kw_only=True):
    """An action that the row states."""

    occurred: Moment
    action: str
    words: str
    note: str


class LedgerRow(Struct, frozen=True, kw_only=True):
    """One parsed row. Codes are slugs; `words` has the ledger's own words by member."""

    line: int
    id: str
    opened: Moment
    codes: dict[str, str]
    words: dict[str, str]
    due: Moment
    texts: dict[str, str]
    coordinates: tuple[int, int] | None
    closed: Moment | None
    closing_codes: dict[str, str]
    closing_words: dict[str, str]
    answer: str
    actions: tuple[LedgerAction, ...]


#: the most frequent format; `fromisoformat` parses it 15 times as fast as `strptime`, with the same result
_USUAL = "%Y-%m-%d %H:%M:%S"
_IN_FULL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-5][0-9]\Z")


def _is_iso(text: str, format: str) -> bool:
    return not format or (format == _USUAL and _IN_FULL.match(text) is not None)


class _Rejected(Exception):
    def __init__(self, column: str, zh: str, en: str, value: str) -> None:
        super().__init__(en)
        self.column, self.reason, self.value = column, Text(zh, en), value


@contextmanager
def _open_text(path: Path, encoding: str) -> Iterator[IO[str]]:
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as raw:
        yield io.TextIOWrapper(raw, encoding=encoding, newline="")


class LedgerReader:
    """Rows of one ledger: a LedgerRow or a Reject for each, in file order.

    Raises MapError at construction when the file cannot be read or lacks a mapped column.
    """

    def __init__(self, path: Path, chart: LedgerMap) -> None:
        self.path = path
        self.chart = chart
        self._zone = chart.zone
        self._seen: dict[str, int] = {}
        self._code_of: dict[tuple[str, str], str] = {}
        self._words_of: dict[tuple[str, str], str] = {}
        with self._lines() as lines:
            check_header(chart, self._header(lines))

    @contextmanager
    def _lines(self) -> Iterator[_csv.Reader]:
        try:
            with _open_text(self.path, self.chart.encoding) as text:
                yield csv.reader(text, delimiter=self.chart.delimiter, strict=True)
        except (OSError, LookupError, EOFError) as why:
            raise MapError(*sentence("ledger-unreadable", path=self.path, why=why)) from why
        except UnicodeDecodeError as why:
            path, encoding, start = self.path.name, self.chart.encoding, why.start
            said = sentence("ledger-encoding", path=path, encoding=encoding, start=start, reason=why.reason)
            raise MapError(*said) from why

    def _header(self, lines: _csv.Reader) -> list[str]:
        header = [name.strip() for name in next(lines, [])]
        if not header:
            raise MapError(*sentence("ledger-empty", path=self.path.name))
        return header

    def __iter__(self) -> Iterator[LedgerRow | Reject]:
        self._seen.clear()
        with self._lines() as lines:
            header = self._header(lines)
            try:
                for cells in lines:
                    if cells:
                        yield self._understood(lines.line_num, header, cells)
            except csv.Error as why:
                yield not_csv(lines.line_num, why)

    def _understood(self, line: int, header: list[str], cells: list[str]) -> LedgerRow | Reject:
        if len(cells) != len(header):
            return wrong_width(line, len(cells), len(header))
        try:
            return self._row(line, dict(zip(header, cells, strict=True)))
        except _Rejected as no:
            return Reject(line, no.column, no.reason, no.value)

    def _row(self, line: int, cells: dict[str, str]) -> LedgerRow:
        case, closing = self.chart.case, self.chart.closing
        row_id = cells[case.id.column].strip()
        if not row_id:
            raise _Rejected(case.id.column, *sentence("id-missing"), "")
        if row_id in self._seen:
            raise _Rejected(case.id.column, *sentence("id-twice", line=self._seen[row_id]), row_id)
        opened = self._moment(case.opened, cells)
        if opened is None:
            raise _Rejected(case.opened.column, *sentence("opened-missing"), "")
        codes: dict[str, str] = {}
        words: dict[str, str] = {}
        for name in ("kind", "category", "topic", "channel", "area", "unit", "urgency", "confidentiality"):
            codes[name], words[name] = self._code(f"case.{name}", getattr(case, name), cells)
        closed = self._moment(closing.closed, cells) if closing else None
        closing_codes: dict[str, str] = {}
        closing_words: dict[str, str] = {}
        if closing:
            self._agrees(cells, closed)
            if closed:
                for name in ("outcome", "reason", "published"):
                    source = getattr(closing, name)
                    closing_codes[name], closing_words[name] = self._code(f"closing.{name}", source, cells)
        row = LedgerRow(
            line=line,
            id=row_id,
            opened=opened,
            codes=codes,
            words=words,
            due=self._moment(case.due, cells) or Moment(),
            texts={
                name: text
                for name in ("summary", "details", "address")
                if (text := self._text(getattr(case, name), cells))
            },
            coordinates=self._coordinates(cells),
            closed=closed,
            closing_codes=closing_codes,
            closing_words=closing_words,
            answer=self._text(closing.answer, cells) if closing and closed else "",
            actions=self._actions(cells),
        )
        self._seen[row_id] = line
        return row

    def _actions(self, cells: dict[str, str]) -> tuple[LedgerAction, ...]:
        found: list[LedgerAction] = []
        for position, mapped in enumerate(self.chart.actions):
            occurred = self._moment(mapped.occurred, cells)
            if occurred is None:
                continue
            code, words = self._code(f"actions[{position}].action", mapped.action, cells)
            if not code:
                raise _Rejected(mapped.action.column, *sentence("action-missing"), "")
            found.append(LedgerAction(occurred=occurred, action=code, words=words, note=self._text(mapped.note, cells)))
        return tuple(found)

    def _agrees(self, cells: dict[str, str], closed: Moment | None) -> None:
        status = self.chart.closing and self.chart.closing.status
        if not status:
            return
        stated = cells[status.column].strip()
        if stated in status.closed and closed is None:
            raise _Rejected(status.column, *sentence("closed-without-time"), stated)
        if stated in status.open and closed is not None:
            raise _Rejected(status.column, *sentence("open-with-closing-time", on=closed.on), stated)
        if stated not in status.open and stated not in status.closed:
            known = ", ".join((*status.open, *status.closed))
            raise _Rejected(
                status.column,
                *sentence("status-unknown", known=Text("、".join((*status.open, *status.closed)), known)),
                stated,
            )

    def _text(self, source: Field, cells: dict[str, str]) -> str:
        return (source.value or (cells[source.column] if source.column else "")).strip()

    def _code(self, place: str, source: Field, cells: dict[str, str]) -> tuple[str, str]:
        """Code and words; other words that give the same code are rejected."""
        words = " ".join(self._text(source, cells).split())
        known = self._code_of.get((place, words))
        if known is not None:
            return known, words
        if source.value:
            code = source.value
        elif words in source.codes:
            code = source.codes[words]
        elif source.otherwise is not None:
            code = source.otherwise
        else:
            code = slug(words)
            other = self._words_of.get((place, code))
            if other is not None and other != words:
                raise _Rejected(source.column, *sentence("same-code", other=other, code=code), words)
            self._words_of[(place, code)] = words
        allowed = _CLOSED_VOCABULARIES.get(place)
        if allowed is not None and code not in allowed:
            raise _Rejected(source.column, *sentence("unknown-code", allowed=listed(allowed)), words)
        self._code_of[(place, words)] = code
        return code, words

    def _moment(self, source: Field, cells: dict[str, str]) -> Moment | None:
        text = self._text(source, cells)
        if not text:
            return None
        try:
            # naive on purpose: the ledger's zone is added below
            is_iso = _is_iso(text, source.format)
            read = datetime.fromisoformat(text) if is_iso else datetime.strptime(text, source.format)  # noqa: DTZ007
        except ValueError:
            expected = source.format or "an ISO 8601 time"
            raise _Rejected(
                source.column,
                *sentence("not-a-time", format=Text(f"“{source.format}”" if source.format else "标准", expected)),
                text,
            ) from None
        if not _YEARS[0] <= read.year <= _YEARS[1]:
            raise _Rejected(source.column, *sentence("year-out-of-range", least=_YEARS[0], most=_YEARS[1]), text)
        if "%H" not in source.format and "%I" not in source.format and len(text) <= 10:
            return Moment("", read.date().isoformat())
        local = read.replace(tzinfo=self._zone) if read.tzinfo is None else read
        instant = local.astimezone(UTC)
        back = instant.astimezone(local.tzinfo)
        if back.replace(tzinfo=None) != local.replace(tzinfo=None):
            raise _Rejected(source.column, *sentence("hour-skipped", time_zone=self.chart.time_zone), text)
        stamp = instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"
        return Moment(stamp, instant.astimezone(self._zone).date().isoformat())

    def _coordinates(self, cells: dict[str, str]) -> tuple[int, int] | None:
        case = self.chart.case
        pair: list[int] = []
        for source, limit in ((case.latitude, 90), (case.longitude, 180)):
            text = self._text(source, cells)
            if not text:
                return None
            try:
                degrees = float(text)
            except ValueError:
                raise _Rejected(source.column, *sentence("not-degrees"), text) from None
            if not -limit <= degrees <= limit:
                raise _Rejected(source.column, *sentence("degrees-out-of-range", limit=limit), text)
            pair.append(round(degrees * 1_000_000))
        return pair[0], pair[1]
