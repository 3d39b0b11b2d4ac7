"""A ledger row is understood whole or rejected whole, with line and reason."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from casework.exchange.ledger import LedgerReader, LedgerRow, Moment, Reject
from casework.exchange.ledger_map import LedgerMap, MapError, read_map

MAP = """
ledger = "hamlet"
time_zone = "America/New_York"
[case]
id = { column = "id" }
opened = { column = "opened", format = "%Y-%m-%d %H:%M" }
due = { column = "due", format = "%Y-%m-%d" }
category = { column = "what" }
area = { column = "where" }
unit = { column = "who", codes = { "Roads!" = "roads" } }
summary = { column = "words" }
latitude = { column = "lat" }
longitude = { column = "lon" }
[closing]
closed = { column = "closed", format = "%Y-%m-%d %H:%M" }
outcome = { column = "result", codes = { "Fixed" = "solved" }, otherwise = "unstated" }
status = { column = "state", open = ["Open"], closed = ["Closed"] }
[[actions]]
occurred = { column = "visited", format = "%Y-%m-%d" }
action = { value = "visit" }
"""
HEADER = "id,opened,due,what,where,who,words,lat,lon,closed,result,state,visited"
PLAIN = "7,2015-01-02 10:00,,Street Lights,North End,Roads!,dark,42.5,-71.25,2015-01-03 11:30,Fixed,Closed,"


def read(tmp_path: Path, *lines: str, header: str = HEADER, chart: str = MAP) -> list[LedgerRow | Reject]:
    (tmp_path / "map.toml").write_text(chart, encoding="utf-8")
    (tmp_path / "ledger.csv").write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return list(LedgerReader(tmp_path / "ledger.csv", read_map(tmp_path / "map.toml")))


def one(tmp_path: Path, line: str) -> LedgerRow:
    (row,) = read(tmp_path, line)
    assert isinstance(row, LedgerRow), row
    return row


def rejected(tmp_path: Path, line: str) -> Reject:
    (row,) = read(tmp_path, line)
    assert isinstance(row, Reject), row
    return row


def test_a_ledger_row_is_read_as_codes_words_and_instants(tmp_path: Path) -> None:
    row = one(tmp_path, PLAIN)

    assert row.opened == Moment("2015-01-02T15:00:00.000Z", "2015-01-02")
    assert (row.codes["category"], row.words["category"]) == ("street_lights", "Street Lights")
    assert row.codes["unit"] == "roads"
    assert row.coordinates == (42_500_000, -71_250_000)
    assert row.closing_codes["outcome"] == "solved"


def test_a_closing_before_the_opening_is_kept_with_both_times(tmp_path: Path) -> None:
    row = one(tmp_path, PLAIN.replace("2015-01-03 11:30", "2015-01-01 11:30"))

    assert row.closed == Moment("2015-01-01T16:30:00.000Z", "2015-01-01")
    assert row.opened.on == "2015-01-02"


def test_a_blank_place_stays_blank(tmp_path: Path) -> None:
    assert one(tmp_path, PLAIN.replace("North End", "")).codes["area"] == ""


def test_a_date_without_an_hour_stays_a_date(tmp_path: Path) -> None:
    row = one(tmp_path, PLAIN + "2015-01-04")

    assert row.actions[0].occurred == Moment("", "2015-01-04")


def test_a_word_in_chinese_script_gets_a_stable_code(tmp_path: Path) -> None:
    code = one(tmp_path, PLAIN.replace("North End", "老街村")).codes["area"]

    assert code.startswith("w_")
    assert code == one(tmp_path, PLAIN.replace("North End", "老街村")).codes["area"]


@pytest.mark.parametrize(
    ("old", "new", "column", "reason"),
    [
        ("2015-01-02 10:00", "02/01/2015", "opened", "is not a time as %Y-%m-%d %H:%M"),
        ("2015-01-02 10:00", "", "opened", "does not say when it was opened"),
        ("2015-01-02 10:00", "2015-03-08 02:30", "opened", "the clock jumped over it"),
        ("42.5", "north", "lat", "is not a number of degrees"),
        ("42.5", "142.5", "lat", "lies outside ±90 degrees"),
        ("Closed", "Open", "state", "says open, but a closing time is given"),
        ("Closed", "Limbo", "state", "is neither open nor closed"),
        ("2015-01-03 11:30", "", "state", "says closed, but there is no closing time"),
        ("7,2015", ",2015", "id", "the row has no id"),
    ],
)
def test_a_row_is_rejected_with_column_reason_and_value(
    tmp_path: Path, old: str, new: str, column: str, reason: str
) -> None:
    reject = rejected(tmp_path, PLAIN.replace(old, new, 1))

    assert (reject.line, reject.column) == (2, column)
    assert reason in reject.reason.en


def test_a_repeated_id_is_rejected_with_the_line_of_the_first(tmp_path: Path) -> None:
    _, second = read(tmp_path, PLAIN, PLAIN)

    assert isinstance(second, Reject)
    assert "already in line 2" in second.reason.en


def test_two_words_never_share_a_code(tmp_path: Path) -> None:
    _, second = read(tmp_path, PLAIN, PLAIN.replace("7,", "8,", 1).replace("North End", "North-End"))

    assert isinstance(second, Reject)
    assert "gives the same code 'north_end' as 'North End'" in second.reason.en


def test_a_row_with_a_missing_cell_is_rejected_whole(tmp_path: Path) -> None:
    assert "has 12 cells where the header has 13" in rejected(tmp_path, PLAIN.rsplit(",", 1)[0]).reason.en


def test_a_quote_that_never_ends_rejects_only_its_own_row(tmp_path: Path) -> None:
    good, bad = read(tmp_path, PLAIN, '9,"never ends')

    assert isinstance(good, LedgerRow)
    assert isinstance(bad, Reject)


def test_a_missing_column_is_named_with_the_columns_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(MapError, match=r"no column 'visited'; its columns are 'id', 'opened'"):
        read(tmp_path, header=HEADER.replace(",visited", ""))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("America/New_York", "Boston/Downtown", "time zone 'Boston/Downtown', which is not known"),
        ("[closing]", "[closings]", "unknown field `closings`"),
        ('{ column = "id" }', '{ column = "id", value = "x" }', "both a column and a value"),
        ('ledger = "hamlet"', 'ledger = "ham let"', "must be a slug"),
    ],
)
def test_an_unusable_ledger_map_is_refused_with_the_reason(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(MapError, match=says):
        read(tmp_path, PLAIN, chart=MAP.replace(old, new))


def test_an_empty_or_wrongly_encoded_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    chart: LedgerMap = read_map(tmp_path / "map.toml")
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "gbk.csv").write_bytes((HEADER + "\n" + PLAIN.replace("dark", "路灯不亮") + "\n").encode("gb18030"))

    with pytest.raises(MapError, match="is empty"):
        LedgerReader(tmp_path / "empty.csv", chart)
    with pytest.raises(MapError, match="is not utf-8-sig"):
        list(LedgerReader(tmp_path / "gbk.csv", chart))


def test_a_gzipped_ledger_reads_like_a_plain_one(tmp_path: Path) -> None:
    plain = read(tmp_path, PLAIN)
    (tmp_path / "ledger.csv.gz").write_bytes(gzip.compress((tmp_path / "ledger.csv").read_bytes()))

    assert list(LedgerReader(tmp_path / "ledger.csv.gz", read_map(tmp_path / "map.toml"))) == plain


def test_a_ledger_time_at_the_end_of_the_calendar_is_rejected(tmp_path: Path) -> None:
    for year in ("9999-12-31 23:59", "0001-01-01 00:00"):
        assert "years" in rejected(tmp_path, PLAIN.replace("2015-01-02 10:00", year)).reason.en
