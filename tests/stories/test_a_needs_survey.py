"""Tests a needs survey by two departments, from forty answers to cases."""

import csv
import json

import pytest
from sqlalchemy import select

from casework.application.commands.handle import Request, handle
from casework.application.figures.upkeep import follow
from casework.application.privacy.personal_data_of import Whom, look
from casework.bootstrap import open_runtime
from casework.change.tables import survey_change
from casework.database.engine import reading
from casework.projection import shelf
from casework.settings import Database, Settings
from tests.stories.terminal import LOG, Terminal, opened

TITLE = "快递员需求调查"
FORM = f"""
title = "{TITLE}"
group = "couriers"
units = ["menglang-service", "water-station"]
area = "menglang"
starts = 2026-01-01
ends = 2999-12-31
asked = 45

[[question]]
code = "lacks"
label = "最缺什么"
kind = "multi"
choices = {{ rest = "歇脚的地方", charging = "充电", water = "饮水" }}

[[question]]
code = "hours"
label = "每天工作几小时"
kind = "number"

[[question]]
code = "insured"
label = "有无保险"
kind = "yes_no"

[[question]]
code = "wish"
label = "还想说什么"
kind = "text"
"""
HEADER = ("编号", "最缺什么", "每天工作几小时", "有无保险", "还想说什么", "姓名", "电话")
LACKS = ("歇脚的地方", "歇脚的地方；充电", "饮水", "充电、饮水")
AS_LEAD = ("--as", "cadre/heron", "--role", "dispatcher")
AS_OTHER = ("--as", "cadre/crane", "--role", "cadre")
#: phone number of the first courier with a contact; the other ones share one number
ALONE, SHARED = "13900000000", "13900000001"
WISH = "站点门口没有遮雨的棚子"


def rows():
    """Answers of forty couriers; every tenth one also gives a wish and a contact."""
    for n in range(40):
        wish = (WISH, f"某快递员{n}", SHARED if n else ALONE) if n % 10 == 0 else ("", "", "")
        yield (f"K{n:03}", LACKS[n % 4], 8 + n % 3, "是" if n % 2 else "否", *wish)


def write(path, answers, encoding="utf-8-sig"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([HEADER, *answers])
    return str(path)


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The county after the survey, made once, and the answers of its commands."""
    folder = tmp_path_factory.mktemp("survey")
    terminal = opened(Terminal(folder, f"sqlite:///{folder / 'casework.db'}"))
    (folder / "form.toml").write_text(FORM, "utf-8")
    terminal("survey", "open", str(folder / "form.toml"), *AS_LEAD)
    file = write(folder / "answers.csv", rows())
    told = {"first": terminal.json("survey", "answers", TITLE, file, *AS_OTHER)}
    told["again"] = terminal.json("survey", "answers", TITLE, file, *AS_OTHER)
    told["by_the_other"] = terminal.json("survey", "answers", TITLE, file, *AS_LEAD)
    settings = Settings(folder=str(folder), language="en", database=Database(url=f"sqlite:///{folder / 'casework.db'}"))
    runtime = open_runtime(settings)
    try:
        told["cases"] = raised_and_worked_on(runtime, terminal)
        follow(runtime, LOG)
    finally:
        runtime.close()
    return terminal, told


def raised_and_worked_on(runtime, terminal):
    """Six needs raised, by either department; four solved, of which one comes back."""
    page = terminal.json("survey", "replies", TITLE, "--limit", "6", *AS_OTHER)
    survey = page["survey"]
    words = ("question=lacks", "category=water", "area=menglang-1", "summary=站点缺少饮水")
    first = terminal.json("survey", "raise", TITLE, page["rows"][0]["respondent"], *words, *AS_OTHER)
    given = {name: value for name, _, value in (word.partition("=") for word in words)}
    numbers = [first["number"]]
    for place, row in enumerate(page["rows"][1:]):
        actor, role = ("cadre/heron", "dispatcher") if place % 2 else ("cadre/crane", "cadre")
        named = {"survey": survey, "respondent": row["respondent"]}
        numbers.append(do(runtime, "raise-need", actor, role, **named, **given).number)
    for number in numbers[:4]:
        solve(runtime, number)
    do(runtime, "reopen-case", "cadre/finch", "caller", case=numbers[3], to="same_unit", reason="not_solved")
    return numbers


def do(runtime, command, actor, role, **members):
    return handle(runtime, Request(log=LOG, command=command, members=members, actor=actor, role=role, source="api"))


def solve(runtime, number):
    do(runtime, "accept-case", "cadre/heron", "dispatcher", case=number)
    do(runtime, "dispatch-case", "cadre/heron", "dispatcher", case=number, unit="water-station", lead="cadre/crane")
    do(runtime, "acknowledge-case", "cadre/crane", "cadre", case=number)
    do(runtime, "log-action", "cadre/crane", "cadre", case=number, action="repair")
    do(runtime, "submit-resolution", "cadre/crane", "cadre", case=number, result="solved", answer="已装饮水机")
    do(runtime, "approve-resolution", "cadre/swift", "reviewer", case=number)
    do(runtime, "record-callback", "cadre/finch", "caller", case=number, reached=True, solved="yes", satisfaction=5)
    do(runtime, "close-case", "cadre/heron", "dispatcher", case=number)


def test_an_answer_file_brought_again_adds_no_answers(story):
    _, told = story
    keys = ("rows", "answered", "repeated", "changed", "rejected")

    assert [told["first"][key] for key in keys] == [40, 40, 0, [], 0]
    assert [told["again"][key] for key in keys] == [40, 0, 40, [], 0]
    assert [told["by_the_other"][key] for key in keys] == [40, 0, 40, [], 0]


def test_a_survey_counts_people_asked_and_needs_raised_and_solved(story):
    terminal, told = story
    shown = terminal.json("survey", "show", TITLE)

    assert shown["needs"] == {"asked": 45, "answered": 40, "raised": 6, "open": 3, "solved": 3}
    lacks, hours, insured, wish = shown["questions"]
    assert {one["code"]: one["picks"] for one in lacks["choices"]} == {"rest": 20, "charging": 20, "water": 20}
    assert (lacks["replies"], hours["replies"], wish["replies"]) == (40, 40, 4)
    assert hours["total"] == sum(8 + n % 3 for n in range(40))
    assert {one["code"]: one["picks"] for one in insured["choices"]} == {"yes": 20, "no": 20}
    assert sorted(case["number"] for case in shown["cases"]) == sorted(told["cases"])


def test_a_respondents_data_copy_includes_the_survey_answer(story, tmp_path):
    terminal, told = story
    (case,) = [one for one in told["cases"] if WISH in copied(terminal, one, tmp_path / one)]
    copy = json.loads((tmp_path / case / "copy.json").read_text("utf-8"))

    assert [one["number"] for one in copy["cases"]] == [case]
    assert [
        (one["number"], {"wish": WISH} in [part["value"] for part in one["parts"]]) for one in copy["elsewhere"]
    ] == [(TITLE, True)]
    assert "办件 1 件，其他 1 处" in (tmp_path / case / "copy.html").read_text("utf-8")


def test_a_person_is_found_in_survey_answers_that_only_they_gave(story):
    terminal, told = story
    runtime = open_runtime(Settings(folder=str(terminal.folder), database=Database(url=terminal.url)))
    try:
        found = look(runtime, LOG, Whom(person=ALONE))
        left = look(runtime, LOG, Whom(person=ALONE, without=(told["cases"][0],)))
        shared = look(runtime, LOG, Whom(person=SHARED))
    finally:
        runtime.close()

    answers = [part for part in found.own if part.stream.startswith("survey/")]
    assert sorted(part.member for part in answers) == ["person", "texts"]
    assert [one.number for one in found.cases] == [told["cases"][0]]
    assert {part.member for part in found.own} == {"person", "texts", "summary", "answer"}
    assert found.mentions == []
    assert left.cases == []
    assert (shared.own, sorted(part.member for part in shared.mentions)) == ([], ["person"] * 3 + ["texts"] * 3)


def copied(terminal, case, out):
    """The page that a person is given."""
    terminal("privacy", "export", "--case", case, "--as", "cadre/wren", "--out", str(out))
    return (out / "copy.html").read_text("utf-8")


def test_survey_projections_equal_the_surveys_own_counts(story):
    terminal, _ = story
    (row,) = terminal.json("ask", "needs_by_survey")["rows"]
    answers = terminal.json("ask", "answers_by_question", "--by", "question", "--by", "choice")["rows"]

    assert [row[name] for name in ("asked", "answered", "raised", "open", "solved")] == [45, 40, 6, 3, 3]
    assert row["solved_rate"] == {"numerator": 3, "denominator": 6, "rate": 0.5}
    assert {one["choice"]: one["picks"] for one in answers if one["question"] == "lacks"} == {
        "rest": 20, "charging": 20, "water": 20,
    }  # fmt: skip


def test_survey_counts_are_unchanged_after_a_rebuild_from_entries(story):
    terminal, _ = story
    before = terminal.json("survey", "show", TITLE), terminal.json("ask", "needs_by_survey")["rows"]
    terminal("projections", "rebuild", "--from-entries")

    assert (terminal.json("survey", "show", TITLE), terminal.json("ask", "needs_by_survey")["rows"]) == before
    terminal("doctor", "--full")


def test_a_raised_case_and_its_survey_answer_name_each_other(story):
    terminal, told = story
    survey = terminal.json("survey", "show", TITLE)["survey"]
    page = terminal.json("survey", "replies", TITLE, "--limit", "10", *AS_LEAD)
    facts = terminal.json("case", told["cases"][0])["facts"]

    assert facts["survey"] == survey
    assert [bool(row["cases"]) for row in page["rows"]] == [True] * 6 + [False] * 4
    assert page["rows"][0]["cases"] == {"lacks": terminal.json("case", told["cases"][0])["stream"]}


def test_raising_the_same_need_a_second_time_is_refused(story):
    terminal, _ = story
    first = terminal.json("survey", "replies", TITLE, "--limit", "1", *AS_OTHER)["rows"][0]["respondent"]

    said = terminal.refused("survey", "raise", TITLE, first, "question=lacks", "area=menglang-1", *AS_OTHER)
    assert "is case case/" in said


def test_survey_texts_and_contacts_are_sealed_for_the_running_units(story):
    terminal, _ = story
    rows = terminal.json("survey", "replies", TITLE, "--limit", "1", *AS_OTHER)["rows"]
    parts = {part["member"]: part["value"] for part in rows[0]["sealed"]}
    lines = [json.loads(line) for line in terminal("export").splitlines()]
    entries = json.dumps([line["data"] for line in lines], ensure_ascii=False)

    assert parts == {"texts": {"wish": WISH}, "person": {"full_name": "某快递员0", "phone": "13900000000"}}
    assert sum(line["type"] == "survey-answered.v1" for line in lines) == 40
    assert WISH not in entries
    assert "13900000000" not in entries
    assert "K000" not in json.dumps(lines)


def test_unreadable_answer_rows_go_to_a_file_and_the_others_enter(tmp_path):
    terminal = opened(Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}"))
    (tmp_path / "form.toml").write_text(FORM, "utf-8")
    terminal("survey", "open", str(tmp_path / "form.toml"), *AS_LEAD)
    bad = [
        ("A1", "饮水", "8", "是", "", "", ""),
        ("A2", "=cmd()", "8", "是", "", "", ""),
        ("A3", "饮水", "八", "是", "", "", ""),
        ("A4", "饮水", "8", "也许", "", "", ""),
        ("A1", "充电", "9", "否", "", "", ""),
        ("", "充电", "9", "否", "", "", ""),
        ("A7", "", "", "", "", "", ""),
    ]
    result = terminal.run("survey", "answers", TITLE, write(tmp_path / "a.csv", bad, "gb18030"), *AS_OTHER)
    told = list(csv.reader((tmp_path / "a.csv.rejects.csv").read_text("utf-8-sig").splitlines()))

    assert result.exit_code == 1
    assert "7 rows: 1 answers" in result.output
    assert [(line, column) for line, column, *_ in told[1:]] == [
        ("3", "最缺什么"), ("4", "每天工作几小时"), ("5", "有无保险"), ("6", "编号"), ("7", "编号"), ("8", ""),
    ]  # fmt: skip
    assert told[1][3] == "'=cmd()"

    corrected = [("A1", "充电", "9", "否", "", "", ""), ("A2", "饮水", "8", "是", "", "", "")]
    report = terminal.json("survey", "answers", TITLE, write(tmp_path / "b.csv", corrected), *AS_OTHER)
    assert (report["answered"], report["changed"], report["rejected"]) == (1, [2], 0)

    strange = terminal.folder / "c.csv"
    strange.write_text("编号,最爱什么\nA9,茶\n", "utf-8")
    assert "'最爱什么'" in terminal.refused("survey", "answers", TITLE, str(strange), *AS_OTHER)


def test_each_survey_answer_and_raised_need_has_its_change_line(story):
    terminal, _ = story
    runtime = open_runtime(Settings(folder=str(terminal.folder), database=Database(url=terminal.url)))
    try:
        with reading(runtime.engine) as db:
            lines = db.execute(select(survey_change.c.type, survey_change.c.line)).all()
    finally:
        runtime.close()

    assert sum(kind == "survey-answered.v1" and line == 0 for kind, line in lines) == 40
    assert sum(kind == "need-raised.v1" for kind, _ in lines) == 6
    assert {"needs_by_survey", "answers_by_question"} <= {one.name for one in shelf.shipped()}
