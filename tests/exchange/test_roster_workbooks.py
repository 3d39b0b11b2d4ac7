"""Roster workbooks are read as people mean them, or refused with the reason."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest

from casework.exchange import workbook
from casework.exchange.csv_rows import guarded, unguarded
from casework.exchange.roster_files import Brought, read
from casework.exchange.roster_rows import RosterError, RosterReject, RosterRow
from casework.exchange.roster_template import template
from casework.exchange.roster_writing import csv_files
from casework.exchange.roster_writing import workbook as written
from tests.exchange.books import book

AREAS = ("区域代码", "名称", "级别", "上级区域", "生效日期")


def found(content, name="roster.xlsx", since="") -> list[Any]:
    """The commands of a workbook without rejects."""
    rows = list(read([Brought(name, content)], since))
    assert [row.reject for row in rows if isinstance(row, RosterReject)] == []
    return [row.command for row in rows if isinstance(row, RosterRow)]


def rejects(content, name="roster.xlsx"):
    """File and sheet, line, column, English reason and value of every reject."""
    return [
        (row.file, row.reject.line, row.reject.column, row.reject.reason.en, row.reject.value)
        for row in read([Brought(name, content)])
        if isinstance(row, RosterReject)
    ]


def refused(content, name="roster.xlsx"):
    """The reason for which the whole file is refused."""
    with pytest.raises(RosterError) as why:
        list(read([Brought(name, content)]))
    assert why.value.zh
    return str(why.value)


def test_number_cells_are_read_as_codes_and_date_cells_as_days():
    (one, two) = found(
        book(
            {
                "区域": [
                    AREAS,
                    (530828, "澜沧县", "县", "", date(2023, 6, 30)),
                    (530828101, "勐朗镇", "镇", 530828, datetime.fromisoformat("2023-07-01T00:00:00")),
                ]
            }
        )
    )

    assert (one.area, one.level, one.from_) == ("530828", "county", "2023-06-30")
    assert (two.area, two.level, two.parent, two.from_) == ("530828101", "township", "530828", "2023-07-01")


@pytest.mark.parametrize("cell", ["2023-6-30", "2023/6/30", "2023.06.30", "2023年6月30日", "20230630", 20230630])
def test_every_chinese_way_to_write_a_day_is_read(cell):
    (one,) = found(book({"区域": [AREAS, ("a", "甲", "县", "", cell)]}))

    assert one.from_ == "2023-06-30"


@pytest.mark.parametrize(
    "cell", ["30/06/2023", "去年", 45107, "2023-06-30T08:00:00", datetime.fromisoformat("2023-06-30T08:30:00"), 1.5]
)
def test_a_cell_that_is_no_day_is_rejected(cell):
    ((file, line, column, reason, _),) = rejects(book({"区域": [AREAS, ("a", "甲", "县", "", cell)]}))

    assert (file, line, column) == ("roster.xlsx 区域", 2, "from")
    assert "is no day" in reason


def test_titles_blank_rows_notes_and_other_columns_are_ignored():
    content = book(
        {
            "区域": [
                ("",),
                ("",),
                ("序号", "区域代码*", "名称", "级别", "备注"),
                (1, "a", "甲", "县", "看"),
                ("",),
                (3, "b", "乙", "县"),
            ],
            "Sheet2": [],
            "填表说明": [("随便写什么",)],
        },
        {"区域": [(0, 0, 0, 4, "区域一览表")]},
    )

    assert [one.area for one in found(content)] == ["a", "b"]
    assert [row.line for row in read([Brought("r.xlsx", content)]) if isinstance(row, RosterRow)] == [4, 6]


def test_a_cell_merged_downwards_gives_its_value_to_every_row():
    rows = [("干部代号", "单位", "角色"), ("a", "", "干部"), ("b", "", "干部、单位负责人"), ("c", "y", "审核人")]
    commands = found(book({"干部": rows}, {"干部": [(1, 1, 2, 1, "x")]}))

    assert [(one.cadre, one.unit) for one in commands] == [("cadre/a", "x"), ("cadre/b", "x"), ("cadre/c", "y")]
    assert commands[1].roles == ("cadre", "unit_lead")


def test_a_cell_merged_sideways_is_rejected_by_its_row():
    content = book({"区域": [AREAS, ("a",), ("b", "乙", "县")]}, {"区域": [(1, 1, 1, 2, "甲")]})

    assert [(line, column, reason[:9]) for _, line, column, reason, _ in rejects(content)] == [
        (2, "label", "is merged")
    ]


def test_a_code_rounded_by_the_spreadsheet_is_rejected():
    ((_, line, column, reason, _),) = rejects(book({"区域": [AREAS, (530828101001000001, "甲", "县")]}))

    assert (line, column) == (2, "area")
    assert "more than 15 digits" in reason


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("a", "甲", "省"), "level", "county"),
        (("a", "甲", "乡村镇"), "level", "did you mean"),
        (("a", "甲\n乙", "县"), "label", "line break"),
        (("甲", "甲", "县"), "area", "no code"),
        (("a", "", "县"), "label", "is blank"),
        (("a", "甲", "县", "", "", "多"), "", "6 cells where the header has 5"),
    ],
)
def test_a_wrong_workbook_cell_is_rejected_with_column_and_reason(row, column, says):
    ((_, line, at, reason, _),) = rejects(book({"区域": [AREAS, row]}))

    assert (line, at) == (2, column)
    assert says in reason


@pytest.mark.parametrize(
    ("sheets", "says"),
    [
        ({"Sheet1": [AREAS, ("a", "甲", "县")]}, "a sheet 'Sheet1'; sheets are called areas"),
        ({"干部名单": [AREAS]}, "did you mean '干部'"),
        ({"Sheet1": []}, "no sheet with anything in it"),
        ({"区域": [("区域代码", "名称", "颜色")]}, "a column '颜色'"),
        ({"区域": [("区域代码", "名称")]}, "lacks the column 'level'"),
        ({"区域": [("区域代码", "名称", "名称", "级别")]}, "'label' twice"),
    ],
)
def test_a_workbook_that_is_no_roster_is_refused_with_the_reason(sheets, says):
    assert says in refused(book(sheets))


def bomb(parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return held.getvalue()


def sheet_of(cells):
    return b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"


FAR = {
    "a cell in the last corner": b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "the same in single quotes": b"<row r='1'><c r = 'XFD1'><v>1</v></c></row>",
    "rows that do not say where": b"<row><c><v>1</v></c></row>" * 20_001,
    "cells that do not say where": b"<x:row>" + b"<x:c/>" * 101 + b"</x:row>",
    "one thing without an end": b"<row><c><v>" + b"1" * 200_000,
}


@pytest.mark.parametrize("cells", FAR.values(), ids=FAR)
def test_a_sheet_with_too_many_rows_or_columns_is_refused(cells):
    assert "reaches beyond" in refused(bomb({"xl/worksheets/sheet1.xml": sheet_of(cells)}))


def test_a_too_large_workbook_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 1_000_000)
    small = bomb({"xl/worksheets/sheet1.xml": b" " * 2_000_000})

    assert len(small) < 10_000
    assert "would unpack to more than" in refused(small)
    assert "has more than 10 MB" in refused(b"PK\x03\x04" + bytes(workbook.MOST_BYTES))
    assert "has more than 10 MB" in refused(bytes(workbook.MOST_BYTES + 1), "areas.csv")


def test_a_workbook_part_with_an_understated_size_is_refused():
    lies = bytearray(bomb({"xl/worksheets/sheet1.xml": b"<" * 5_000}))
    at = lies.index(b"PK\x01\x02") + 24  # the size when unpacked, as the list of contents has it
    lies[at : at + 4] = (10).to_bytes(4, "little")

    assert "cannot be unpacked" in refused(bytes(lies))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "of the old kind"),
        (b"PK\x03\x04 and no more", "cannot be unpacked"),
        (bomb({"anything": b"1"}), "no sound Excel workbook"),
        (book({"区域": [AREAS, ("a", "甲", "县")]})[:-40], "cannot be unpacked"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_by_name(content, says):
    assert refused(content, "brought.xlsx").startswith("brought.xlsx")
    assert says in refused(content, "brought.xlsx")


EVIL = ["=1+1", "+cmd", "-2", "@x", "'=1", "''", "'", "=HYPERLINK(1)", "甲"]


def areas(labels):
    return {
        "areas": [
            {"area": f"a{n}", "label": label, "level": "other", "from": "2020-01-01"} for n, label in enumerate(labels)
        ]
    }


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_label_that_looks_like_a_formula_is_written_as_text(language):
    content = written(areas(EVIL), language)

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert b"<f>" not in b"".join(packed.read(part) for part in packed.namelist())
    assert [one.label for one in found(content)] == EVIL
    ((name, text),) = csv_files(areas(EVIL), language).items()
    assert [one.label for one in found(text, name)] == EVIL
    assert b",=" not in text
    assert b",+" not in text


def test_unguarding_a_guarded_cell_gives_the_original_text():
    assert [unguarded(guarded(cell)) for cell in EVIL] == EVIL
    assert guarded("'=1") == "''=1"


def test_the_roster_template_reads_as_empty_and_has_its_help():
    for language in ("zh-CN", "en"):
        assert found(template(language)) == []
        with zipfile.ZipFile(io.BytesIO(template(language))) as packed:
            names = packed.namelist()
            sheets = b"".join(packed.read(one) for one in names if "worksheets/sheet" in one)
        assert sheets.count(b"<dataValidation ") == 6
        assert len([one for one in names if "comments" in one]) == 5
    assert template("zh-CN") == template("zh-CN")


def test_posts_kinds_and_successors_are_read_and_written_as_words():
    cadres = ("干部代号", "单位", "角色", "兼任职务", "上报人身份")
    (one,) = found(book({"干部": [cadres, ("a", "x", "反映人", "y：desk＝干部+审核人；z", "快递外卖人员")]}))
    assert [(held.unit, held.post, held.roles) for held in one.also] == [
        ("y", "desk", ("cadre", "reviewer")),
        ("z", "", ("cadre",)),
    ]
    assert one.reporter == "courier"

    also = [{"unit": held.unit, "post": held.post, "roles": held.roles} for held in one.also]
    for language in ("zh-CN", "en"):
        rows = {"cadres": [{"cadre": "cadre/a", "unit": "x", "roles": one.roles, "also": also, "reporter": "courier"}]}
        assert found(written(rows, language)) == [one]

    units = ("单位代码", "名称", "单位类型", "失效日期", "并入单位")
    ending = [units, ("old", "旧", "驿站", "2027-01-01", "new"), ("new", "新", "站所")]
    assert [(unit.unit, unit.kind, unit.successor) for unit in found(book({"单位": ending}))] == [
        ("new", "station", ""),
        ("old", "service_point", "new"),
    ]
