"""A roster in CSV is read row by row, and every wrong cell named."""

from pathlib import Path
from typing import Any

import pytest

from casework.exchange import roster_files
from casework.exchange.roster_files import brought, example
from casework.exchange.roster_rows import RosterError, RosterReject, RosterRow
from casework.law.roster.commands import DeclareArea, DeclareCadre, DeclareCategory
from tests.roster.county import County


def read(folder: Path, since: str = "") -> Any:
    """Every row of a folder."""
    return roster_files.read(brought([folder]), since)


def folder(tmp_path: Path, **files: str) -> Path:
    """A folder with these files; the names stand without `.csv`."""
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def commands(path: Path, since: str = "") -> list[Any]:
    """The commands of a folder in which nothing is rejected."""
    rows = list(read(path, since))
    assert not [row for row in rows if isinstance(row, RosterReject)]
    return [row.command for row in rows if isinstance(row, RosterRow)]


def rejects(path: Path) -> list[tuple[str, int, str, str]]:
    """File, line, column and value of what is rejected."""
    return [
        (row.file, row.reject.line, row.reject.column, row.reject.value)
        for row in read(path)
        if isinstance(row, RosterReject)
    ]


def test_loading_the_lancang_roster_again_changes_nothing():
    county = County()
    rows = list(read(example("lancang")))
    for row in rows:
        assert isinstance(row, RosterRow)
        assert county.run(row.command) != []
    levels = [county.directory.area(code, "2023-06-30").level for code in county.directory.labels("area")]

    assert [levels.count(level) for level in ("county", "township", "village")] == [1, 20, 165]
    assert county.directory.township_of("530828101001", "2024-01-01") == "530828101"
    assert county.directory.nearest("area", "勐朗")[0] == "530828101"
    assert [county.run(row.command) for row in rows if isinstance(row, RosterRow)] == [[]] * 208


def test_an_unknown_example_roster_is_refused_with_the_known_ones():
    with pytest.raises(RosterError, match="no example roster 'boston'; there is lancang"):
        example("boston")


def test_roster_files_are_read_in_an_order_that_the_law_accepts(tmp_path):
    path = folder(
        tmp_path,
        areas="area,label,level,parent,from\nv,村,village,t,2020-01-01\nt,镇,township,,2020-01-01\n",
        units="unit,label,area,parent,from\ndesk,窗口,t,centre,2020-01-01\ncentre,中心,t,,2020-01-01\n",
        cadres="cadre,name,unit,roles,from\nli,李扎,centre,cadre;dispatcher,2020-01-01\n",
        categories="category,label,topics,due_days,results,evidence_required,from\n"
        "lights,路灯,dark、broken,7,fixed=solved;told=explained,是,2020-01-01\n",
        responsibilities="cadre,area,duty,from\ncadre/li,v,contract,2020-01-01\n",
    )
    county = County()
    events = [event for command in commands(path) for event in county.run(command)]

    assert len(events) == 7
    assert county.directory.responsible_for("v", "2026-01-01") == ("cadre/li",)
    category = next(command for command in commands(path) if isinstance(command, DeclareCategory))
    assert category.topics == ("dark", "broken")
    assert category.results == {"fixed": "solved", "told": "explained"}
    assert (category.due_days, category.evidence_required) == (7, True)


def test_a_cadres_name_goes_to_the_sealed_part_and_nowhere_else(tmp_path):
    (command,) = commands(folder(tmp_path, cadres="cadre,name,unit\nli,李扎,centre\n"))

    assert isinstance(command, DeclareCadre)
    assert command.person is not None
    assert command.person.full_name == "李扎"
    assert command.seals == {"person": (0, "person")}


def test_a_utf8_file_saved_by_a_spreadsheet_is_read(tmp_path):
    text = "区域代码,名称,级别,上级,生效日期\r\n530828,澜沧县,county,,2020-01-01\r\n,,,,\r\n"
    (tmp_path / "areas.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())

    assert commands(tmp_path) == [DeclareArea(area="530828", label="澜沧县", level="county", from_="2020-01-01")]


def test_a_row_without_a_day_holds_from_the_readers_default_day(tmp_path):
    path = folder(tmp_path, areas="area,label,level,from\na,甲,county,\nb,乙,county,2019-05-05\n")

    assert [command.from_ for command in commands(path, "2020-01-01")] == ["2020-01-01", "2019-05-05"]
    assert [command.from_ for command in commands(path)] == ["", "2019-05-05"]


def test_the_same_responsibility_has_the_same_id_whenever_it_is_read(tmp_path):
    path = folder(tmp_path, responsibilities="cadre,area,from\nli,v,2020-01-01\nli,w,2020-01-01\n")
    ids = [command.responsibility for command in commands(path)]

    assert ids == [command.responsibility for command in commands(path)]
    assert len(set(ids)) == 2


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("A b,甲,county,,", "area", "A b"),
        (",甲,county,,", "area", ""),
        ("a,,county,,", "label", ""),
        ("a,甲,province,,", "level", "province"),
        ("a,甲,county,,01/02/2020", "from", "01/02/2020"),
        ("a,甲,county", "", ""),
    ],
)
def test_a_wrong_cell_is_named_and_the_other_rows_are_read(tmp_path, row, column, value):
    path = folder(tmp_path, areas=f"area,label,level,parent,from\nz,乙,county,,\n{row}\ny,丙,county,,\n")

    assert rejects(path) == [("areas.csv", 3, column, value)]
    assert len([found for found in read(path) if isinstance(found, RosterRow)]) == 2


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("c,x,soon,,", "due_days", "soon"),
        ("c,x,7,maybe,", "evidence_required", "maybe"),
        ("c,x,7,yes,fixed", "results", "fixed"),
        ("c,x,7,yes,fixed=merged", "results", "fixed=merged"),
    ],
)
def test_a_wrong_rule_of_a_category_is_rejected_by_its_column(tmp_path, row, column, value):
    header = "category,label,due_days,evidence_required,results"

    assert rejects(folder(tmp_path, categories=f"{header}\n{row}\n")) == [("categories.csv", 2, column, value)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("area,label,level,colour\n", "column 'colour'; it may have area, label"),
        ("area,label,label,level\n", "'label' twice"),
        ("area,label\n", "lacks the column 'level'"),
        ("", "lacks the column 'area'; it has nothing"),
    ],
)
def test_a_roster_file_with_a_wrong_header_is_refused(tmp_path, text, why):
    with pytest.raises(RosterError, match=why):
        list(read(folder(tmp_path, areas=text)))


def test_a_folder_without_roster_files_is_refused_with_their_names(tmp_path):
    with pytest.raises(RosterError, match=r"holds none of areas\.csv"):
        read(tmp_path)
    with pytest.raises(RosterError, match=r"absent: No such file"):
        read(tmp_path / "absent")


def test_a_gb18030_file_of_an_older_spreadsheet_is_read(tmp_path):
    (tmp_path / "areas.csv").write_bytes("区域代码,名称,级别\r\na,澜沧县,县\r\n".encode("gb18030"))

    assert commands(tmp_path) == [DeclareArea(area="a", label="澜沧县", level="county")]


def test_a_roster_file_in_utf16_is_refused(tmp_path):
    (tmp_path / "areas.csv").write_bytes("区域代码,名称,级别\n".encode("utf-16"))
    with pytest.raises(RosterError, match="neither UTF-8 nor GB 18030"):
        list(read(tmp_path))


def test_the_reader_passes_a_circle_of_areas_on_to_the_law(tmp_path):
    path = folder(tmp_path, areas="area,label,level,parent\na,甲,other,b\nb,乙,other,a\nc,丙,county,\n")

    assert [command.area for command in commands(path)] == ["c", "a", "b"]


def test_a_broken_quote_rejects_the_rest_of_the_file(tmp_path):
    path = folder(tmp_path, areas='area,label,level\na,甲,county\nb,"乙"x,county\n')

    assert [(file, line) for file, line, _, _ in rejects(path)] == [("areas.csv", 3)]


def test_a_too_long_name_is_rejected_by_its_column(tmp_path):
    path = folder(tmp_path, cadres=f"cadre,name\nli,{'李' * 500}\n")

    assert [(file, line, column) for file, line, column, _ in rejects(path)] == [("cadres.csv", 2, "name")]
