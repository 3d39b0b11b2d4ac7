"""The map of a ledger: which columns register, close or act, and their codes.

A map is a TOML file beside the ledger. Every fact is taken from a column, or stated once as a value:

    ledger = "boston311"                     # prefix of our external references
    time_zone = "America/New_York"           # zone of the ledger's wall-clock times

    [case]
    id       = { column = "CASE_ENQUIRY_ID" }
    opened   = { column = "OPEN_DT", format = "%m/%d/%Y %I:%M:%S %p" }
    kind     = { value = "difficulty" }
    category = { column = "REASON" }         # its words become a slug, the words stay as label
    channel  = { column = "Source", codes = { "Self Service" = "page" } }

    [closing]
    closed   = { column = "CLOSED_DT", format = "%m/%d/%Y %I:%M:%S %p" }
    outcome  = { column = "RESULT", codes = { "Fixed" = "solved" }, otherwise = "unstated" }

    [[actions]]
    occurred = { column = "VISIT_DT", format = "%Y-%m-%d" }
    action   = { value = "visit" }
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Struct, field

from casework.exchange.refusals import sentence
from casework.law.msgspec_errors import in_chinese
from casework.text import Spoken, Text

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


class MapError(Spoken, ValueError):
    """The map is not usable; the sentence names the place and what it should hold."""


class Field(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The source of one member.

    column     header of the column; '' for a stated value
    value      the same for every row
    format     of a time: strptime pattern; a pattern without an hour gives a local date
    codes      the ledger's words → our code; what is not listed is slugged, or `otherwise` where that is given
    otherwise  code for words that `codes` does not list
    """

    column: str = ""
    value: str = ""
    format: str = ""
    codes: dict[str, str] = {}
    otherwise: str | None = None


class Agreement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A status column that must agree with the closing time: words for open, words for closed."""

    column: str
    open: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


class CaseMap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Members of a registration."""

    id: Field
    opened: Field
    kind: Field = Field(value="difficulty")
    category: Field = Field()
    topic: Field = Field()
    channel: Field = Field(value="ledger")
    area: Field = Field()
    unit: Field = Field()
    urgency: Field = Field(value="normal")
    confidentiality: Field = Field(value="internal")
    due: Field = Field()
    summary: Field = Field()
    details: Field = Field()
    address: Field = Field()
    latitude: Field = Field()
    longitude: Field = Field()


class ClosingMap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Members of a closing; a row is closed if it has a closing time."""

    closed: Field
    outcome: Field = Field(value="unstated")
    reason: Field = Field()
    published: Field = Field()
    answer: Field = Field()
    status: Agreement | None = None


class ActionMap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Members of an action; a row has it if its time is given."""

    occurred: Field
    action: Field
    note: Field = Field()


class RosterMap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `--with-roster` declares from the ledger's own codes before the first row.

    from  first day on which the declarations hold (local date)
    area_level, unit_level  level of the declared areas and units
    """

    from_: str = field(name="from", default="1949-10-01")
    area_level: str = "township"
    unit_level: str = "county"


class LedgerMap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole map."""

    ledger: str
    time_zone: str
    case: CaseMap
    closing: ClosingMap | None = None
    actions: tuple[ActionMap, ...] = ()
    roster: RosterMap = RosterMap()
    encoding: str = "utf-8-sig"
    delimiter: str = ","

    @property
    def zone(self) -> ZoneInfo:
        """The ledger's time zone."""
        return ZoneInfo(self.time_zone)

    def fields(self) -> list[tuple[str, Field]]:
        """Every mapped member by its place in the map, e.g. `case.opened`."""
        found = [(f"case.{name}", getattr(self.case, name)) for name in CaseMap.__struct_fields__]
        if self.closing:
            found += [
                (f"closing.{name}", value)
                for name in ClosingMap.__struct_fields__
                if isinstance(value := getattr(self.closing, name), Field)
            ]
            if self.closing.status:
                found.append(("closing.status", Field(column=self.closing.status.column)))
        for position, action in enumerate(self.actions):
            found += [(f"actions[{position}].{name}", getattr(action, name)) for name in ActionMap.__struct_fields__]
        return found


def read_map(path: Path) -> LedgerMap:
    """Read and check a map file.

    Raises MapError when it is missing, not TOML, holds an unknown or wrong member, or names an unknown time zone.
    """
    try:
        chart = msgspec.toml.decode(path.read_bytes(), type=LedgerMap)
    except OSError as why:
        raise MapError(*sentence("map-unreadable", path=path, why=why.strerror)) from why
    except msgspec.DecodeError as why:
        raise MapError(*sentence("map-unusable", path=path.name, why=Text(in_chinese(str(why)), str(why)))) from why
    try:
        _ = chart.zone
    except (ZoneInfoNotFoundError, ValueError) as why:
        raise MapError(*sentence("map-time-zone", path=path.name, time_zone=chart.time_zone)) from why
    for place, source in chart.fields():
        if source.column and source.value:
            raise MapError(*sentence("map-column-and-value", path=path.name, place=place))
    if not chart.ledger.replace("_", "").replace("-", "").isalnum() or not chart.ledger.isascii():
        raise MapError(*sentence("map-name", ledger=chart.ledger))
    for place, needed in (("case.id", chart.case.id), ("case.opened", chart.case.opened)):
        if not needed.column:
            raise MapError(*sentence("map-column-missing", path=path.name, place=place))
    return chart


def check_header(chart: LedgerMap, header: list[str]) -> None:
    """Refuse a ledger that lacks a mapped column, naming the columns it has.

    Raises MapError.
    """
    missing = sorted({f.column for _, f in chart.fields() if f.column and f.column not in header})
    if missing:
        lacking, there = (Text("、".join(names), ", ".join(map(repr, names))) for names in (missing, header))
        raise MapError(*sentence("ledger-column-missing", missing=lacking, header=there))
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise MapError(*sentence("ledger-column-twice", column=twice[0]))


def slug(words: str) -> str:
    """Code for `words`: `Downtown / Financial District` → `downtown_financial_district`; blank stays ''.

    Words in other scripts become `w_` and the first ten hex digits of their SHA-256, stable across imports; the words
    themselves are kept as the label.
    """
    text = unicodedata.normalize("NFKC", words).strip()
    if not text:
        return ""
    plain = unicodedata.normalize("NFKD", text)
    ascii_only = "".join(char for char in plain if not unicodedata.combining(char))
    if not ascii_only.isascii():
        return f"w_{hashlib.sha256(text.encode()).hexdigest()[:10]}"
    made = _NOT_SLUG.sub("_", ascii_only.lower()).strip("_")
    if not made:
        return f"w_{hashlib.sha256(text.encode()).hexdigest()[:10]}"
    return made if made[0].isalpha() else f"n_{made}"
