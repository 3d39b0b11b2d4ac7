"""Tests roster imports: preview, losses of open cases, and two imports at once."""

import threading
from pathlib import Path

import pytest

from casework.application.roster import export as export_roster
from casework.application.roster import import_files as import_roster
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.exchange.roster_files import Brought
from casework.log.errors import LogError
from tests.application import scopes
from tests.application.acting import acting
from tests.exchange.books import book
from tests.stories.terminal import LOG

ADMINISTRATOR = scopes.person("administrator")
SOON = "2999-01-01"
CADRES = ("干部代号", "姓名", "单位", "角色", "生效日期", "失效日期")
AREAS = ("区域代码", "名称", "级别", "上级区域", "生效日期")


@pytest.fixture(scope="module")
def runtime(tmp_path_factory):
    from casework.bootstrap import open_runtime
    from casework.settings import Settings

    terminal = scopes.folder_of(tmp_path_factory.mktemp("county"))
    scopes.opened(terminal)
    runtime = open_runtime(Settings(folder=str(terminal.folder), language="en"))
    yield runtime
    runtime.close()


@pytest.fixture(scope="module")
def cases(runtime):
    return scopes.populated(acting(runtime, LOG))


def brought(**sheets):
    return [Brought("roster.xlsx", book(sheets))]


def look(runtime, who=ADMINISTRATOR, **sheets):
    return import_roster.preview(runtime, LOG, who, brought(**sheets))


def run(runtime, files, seen, who=ADMINISTRATOR):
    return import_roster.run(runtime, LOG, who, files, seen=seen)


def rejected(found):
    return [(one.line, one.column, one.en) for one in found.rejected]


def test_a_preview_of_a_roster_classifies_rows_and_stores_nothing(runtime):
    size = runtime.store.head(LOG).size
    found = look(
        runtime,
        干部=[
            CADRES,
            ("newcomer", "新", "pine-water", "干部", SOON),
            ("toad", "庚", "pine-water", "干部", SOON),
            ("frog", "己", "reed-water", "干部、单位负责人", "2020-01-01", SOON),
            ("eagle", "癸", "county-office", "督办领导", "2020-01-01"),
        ],
    )

    assert runtime.store.head(LOG).size == size
    assert found.things == {"cadre": {"new": 1, "changed": 1, "ended": 1, "unchanged": 1}}
    assert [(one.code, one.what, one.from_) for one in found.changes] == [
        ("cadre/newcomer", "new", SOON),
        ("cadre/toad", "changed", SOON),
        ("cadre/frog", "ended", "2020-01-01"),
    ]
    assert found.changes[1].members == {"unit": ["reed-water", "pine-water"]}
    assert found.changes[2].members == {"until": ["", SOON]}


def test_a_preview_lists_open_cases_that_lose_their_unit_or_cadre(runtime, cases):
    found = look(
        runtime,
        干部=[
            CADRES,
            ("newt", "丙", "pine-water", "干部", "2020-01-01", SOON),
            ("otter", "乙", "pine-service", "干部", SOON),
        ],
        单位=[
            ("单位代码", "名称", "所在区域", "级别", "生效日期", "失效日期"),
            ("reed-water", "芦花乡水管站", "reed", "乡镇", "2020-01-01", SOON),
        ],
    )
    losses = {(loss.kind, loss.code): loss for loss in found.losses}

    assert losses.keys() == {("cadre", "cadre/newt"), ("cadre", "cadre/otter"), ("unit", "reed-water")}
    assert {loss.on for loss in losses.values()} == {SOON}
    assert len(losses["cadre", "cadre/otter"].cases) == 2
    assert all(number.startswith(f"{LOG}-") for loss in found.losses for number in loss.cases)
    assert found.cases == 4


def test_a_preview_lists_the_cases_of_a_village_that_moves(runtime, cases):
    found = look(runtime, 区域=[AREAS, ("pine-2", "松塔村", "村", "reed", SOON)])

    assert [(loss.kind, loss.code, len(loss.cases)) for loss in found.losses] == [("township", "pine", 2)]


def test_a_wrong_successor_unit_is_reported_in_its_own_column(runtime):
    heads = ("单位代码", "名称", "生效日期", "失效日期", "并入单位")
    found = look(runtime, 单位=[heads, ("a", "甲", SOON, "", "pine-water"), ("b", "乙", SOON, "2999-02-01", "nowhere")])

    assert [(line, column) for line, column, _ in rejected(found)] == [(2, "successor"), (3, "successor")]


def test_a_circle_of_areas_is_reported_for_each_of_its_rows(runtime):
    found = look(
        runtime,
        区域=[
            AREAS,
            ("x", "甲", "其他", "z", SOON),
            ("y", "乙", "其他", "x", SOON),
            ("z", "丙", "其他", "y", SOON),
            ("w", "丁", "其他", "x", SOON),
        ],
    )
    reasons = rejected(found)

    assert [(line, column) for line, column, _ in reasons] == [
        (2, "parent"),
        (3, "parent"),
        (4, "parent"),
        (5, "parent"),
    ]
    assert (
        "x in z in y in x (roster.xlsx 区域 line 2, roster.xlsx 区域 line 4, roster.xlsx 区域 line 3)" in reasons[0][2]
    )
    assert "not declared" in reasons[3][2]

    over = look(
        runtime,
        单位=[
            ("单位代码", "名称", "上级单位", "生效日期"),
            ("pine-service", "中心", "pine-water", SOON),
            ("pine-water", "站", "pine-service", SOON),
        ],
    )
    assert [column for _, column, _ in rejected(over)] == ["parent"]
    assert "pine-water in pine-service in pine-water" in rejected(over)[0][2]
    assert all(one.zh for one in (*found.rejected, *over.rejected))


def test_an_unknown_code_is_reported_with_its_column_and_the_nearest(runtime):
    found = look(
        runtime,
        干部=[CADRES, ("a1", "", "pine-watr", "干部", SOON)],
        责任=[("责任干部", "责任区域", "生效日期"), ("newt", "pine-3", SOON), ("nwet", "pine-1", SOON)],
    )

    assert [(one.column, one.value) for one in found.rejected] == [
        ("unit", "pine-watr"),
        ("area", "pine-3"),
        ("cadre", "nwet"),
    ]
    assert ["; nearest: pine-water" in one.en for one in found.rejected] == [True, False, False]
    assert "相近的有：cadre/newt" in found.rejected[2].zh


def test_a_code_without_its_zero_or_a_duplicate_row_is_not_new(runtime):
    done = run(runtime, brought(区域=[AREAS, ("0731", "甲", "其他", "", SOON)]), None)
    assert done.declared == 1
    found = look(
        runtime,
        区域=[
            AREAS,
            (731, "甲", "其他", "", SOON),
            ("b", "乙", "其他", "", SOON),
            ("b", "丙", "其他", "", SOON),
            ("b", "乙", "其他", "", SOON),
        ],
    )

    assert [(line, column) for line, column, _ in rejected(found)] == [(2, "area"), (4, "area")]
    assert "differs from 0731" in rejected(found)[0][2]
    assert found.things["area"] == {"new": 1, "changed": 0, "ended": 0, "unchanged": 1}


def test_an_import_does_what_its_preview_said_and_only_once(runtime):
    files = brought(
        干部=[
            CADRES,
            ("wagtail", "某某", "pine-water", "干部", "2020-01-01"),
            ("nobody", "", "nowhere", "干部", "2020-01-01"),
        ]
    )
    seen = import_roster.preview(runtime, LOG, ADMINISTRATOR, files)
    done = run(runtime, files, seen.edition)

    assert (done.declared, done.unchanged, [one.line for one in done.rejected]) == (1, 0, [3])
    assert done.edition == seen.edition + 1 == import_roster.preview(runtime, LOG, ADMINISTRATOR, files).edition
    size = runtime.store.head(LOG).size
    again = run(runtime, files, seen.edition)  # as a client does whose answer was lost: nothing is left to declare
    assert (again.declared, again.unchanged) == (0, 1)
    assert runtime.store.head(LOG).size == size
    assert runtime.county(LOG, fresh=True).roster.cadre("cadre/wagtail", runtime.county(LOG).today).unit == "pine-water"


def test_confirming_a_stale_preview_is_refused_and_declares_nothing(runtime):
    mine, theirs = (brought(区域=[AREAS, (f"stale-{n}", "甲", "其他", "", SOON)]) for n in (1, 2))
    seen = import_roster.preview(runtime, LOG, ADMINISTRATOR, mine).edition
    run(runtime, theirs, seen)
    size = runtime.store.head(LOG).size

    with pytest.raises(Problem) as why:
        run(runtime, mine, seen)
    assert why.value.code == "roster-moved"
    assert runtime.store.head(LOG).size == size


def test_of_two_concurrent_imports_one_is_refused(runtime):
    def rows(name):
        return brought(单位=[("单位代码", "名称", "生效日期"), *((f"once-{n}", name, SOON) for n in range(40))])

    seen = import_roster.preview(runtime, LOG, ADMINISTRATOR, rows("x")).edition
    barrier, done, told = threading.Barrier(2), [], []

    def confirm(name):
        barrier.wait()
        try:
            done.append(run(runtime, rows(name), seen))
        except (Problem, LogError) as why:
            told.append(why)

    threads = [threading.Thread(target=confirm, args=(name,)) for name in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    labels = {runtime.county(LOG, fresh=True).roster.labels("unit")[f"once-{n}"] for n in range(40)}
    assert len(labels) == 1
    assert sum(one.declared for one in done) == 40
    assert told or any("moved on" in one.en for late in done for one in late.rejected)


def test_a_roster_file_without_names_leaves_the_sealed_names(runtime):
    who = "cadre/tern"
    first = brought(干部=[CADRES, ("tern", "=某某", "pine-water", "干部", "2020-01-01")])
    run(runtime, first, None)
    size = runtime.store.head(LOG).size

    assert run(runtime, brought(干部=[CADRES, ("tern", "", "pine-water", "干部", "2020-01-01")]), None).declared == 0
    assert run(runtime, first, None).declared == 0
    assert runtime.store.head(LOG).size == size
    changed = look(runtime, 干部=[CADRES, ("tern", "某甲", "pine-water", "干部", "2020-01-01")])
    assert [(one.code, one.members) for one in changed.changes] == [(who, {"name": ["", ""]})]


def exported(runtime, who, **more):
    return export_roster.export(runtime, LOG, who, **more)


def files_of(found, name="all.xlsx"):
    return [Brought(name if kind.endswith("xlsx") else kind, content) for kind, content in found.files.items()]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("with_names", [False, True])
def test_importing_an_exported_roster_changes_nothing(runtime, kind, with_names):
    run(runtime, brought(干部=[CADRES, ("ibis", "=HYPERLINK", "pine-water", "干部", "2020-01-01")]), None)
    run(
        runtime,
        brought(
            区域=[AREAS, ("formula", "=1+1", "其他", "", "2020-01-01"), ("quoted", "'@", "其他", "", "2020-01-01")]
        ),
        None,
    )
    found = exported(runtime, scopes.person("auditor"), kind=kind, with_names=with_names)
    again = import_roster.preview(runtime, LOG, ADMINISTRATOR, files_of(found))

    assert (again.changes, again.rejected) == ([], [])
    assert again.rows > 30
    assert again.edition == found.edition


def test_an_exported_roster_holds_what_holds_on_its_day(runtime):
    names = ("nowhere-yet", "甲")
    run(runtime, brought(区域=[AREAS, (*names, "其他", "", SOON)]), None)
    of = {on: exported(runtime, None, kind="csv", on=on).files["areas.csv"].decode() for on in ("", SOON, "2019-01-01")}

    assert "nowhere-yet" in of[SOON]
    assert "nowhere-yet" not in of[""]
    assert len(of["2019-01-01"].splitlines()) == 1
    with pytest.raises(Problem, match="is no date"):
        exported(runtime, None, on="soon")


def test_names_are_exported_only_on_request_of_a_full_reader(runtime):
    auditor = scopes.person("auditor")

    assert "丙" not in exported(runtime, auditor, kind="csv").files["cadres.csv"].decode()
    assert "丙" in exported(runtime, auditor, kind="csv", with_names=True).files["cadres.csv"].decode()
    for who in (None, ADMINISTRATOR, scopes.person("supervisor"), scopes.person("cadre")):
        with pytest.raises(Problem, match="names are sealed"):
            exported(runtime, who, with_names=True)
    with pytest.raises(Problem, match="by those who work"):
        exported(runtime, scopes.person("reporter"))


def test_rows_outside_the_importers_area_are_reported(runtime: Runtime, tmp_path: Path):
    from casework.application.access.action_check import ActionCheck
    from casework.application.access.visibility import visibility_of

    who = scopes.person("administrator", "pine")
    check = ActionCheck(visibility_of(runtime.county(LOG), who), "pine").check
    rows = [AREAS, ("pine-9", "甲", "村", "pine", SOON), ("reed-9", "乙", "村", "reed", SOON)]
    found = import_roster.preview(runtime, LOG, who, brought(区域=rows), check=check)

    assert [(one.line, one.en.partition(",")[0]) for one in found.rejected] == [(3, "reed lies outside pine")]
    assert [one.code for one in found.changes] == ["pine-9"]
