"""Rules that every question on the shelf keeps, and files dropped into a folder."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine

from casework.change.rows import hook
from casework.projection import Tally
from casework.projection.ask import ask
from casework.projection.catch_up import DefinitionChanged, catch_up, checkpoint, rebuild
from casework.projection.examples import Otherwise, check
from casework.projection.listing import listing
from casework.projection.projection import Projection
from casework.projection.question import NotAnswerable, Question
from casework.projection.recount import recount
from casework.projection.shelf import ShelfError, load, shipped
from docs.generate.projections import section
from tests.change.book import LOG, random_book

SHELF = {projection.name: projection for projection in shipped()}
FOLDER = Path(__file__).parents[2] / "projections"
BOOK = random_book(Random(11), 160)

DROPPED = '''"""How many requests are urgent?"""

from casework.projection import Example, Tally, case, count, happened, stock

tally = Tally(
    version=1,
    over=case,
    by=[case.urgency],
    measures={"open": stock(case.is_open), "acts": count(case.is_action == 1)},
    titles={"zh": "紧急诉求", "en": "Urgent requests"},
    definitions={"open": ("未办结件数", "Open cases"), "acts": ("办理条数", "Actions")},
    examples=[
        Example(
            [happened("case-registered.v1", on="2026-03-02", number="1", kind="difficulty", urgency="urgent")],
            [{"urgency": "urgent", "open": 1}],
        )
    ],
)
'''


def test_every_shipped_question_loads_and_ends_with_a_question_mark() -> None:
    assert [name for name, one in SHELF.items() if one.error or not one.question.endswith("?")] == []


def test_every_shipped_question_is_titled_and_defined_in_both_languages() -> None:
    faults = [name for name, one in SHELF.items() if one.titles["zh"] == one.titles["en"]]
    for name, one in SHELF.items():
        for measure, (zh, en) in one.definition.definitions.items():
            if not en or not any("\u4e00" <= letter <= "\u9fff" for letter in zh):
                faults.append(f"{name}: {measure}")
    assert faults == []


def test_every_shipped_question_has_examples_and_they_hold() -> None:
    assert [name for name, one in SHELF.items() if check(one) < 1] == []


def test_every_shipped_question_has_at_most_60_lines() -> None:
    lines = {name: len((FOLDER / f"{name}.py").read_text("utf-8").splitlines()) for name in SHELF}
    assert {name: count for name, count in lines.items() if count > 60} == {}


def test_a_failing_example_shows_both_answers() -> None:
    projection = {p.name: p for p in shipped()}["resolved_by_township"]
    projection.definition.examples[0].then[0]["solved"] = 2
    with pytest.raises(Otherwise, match=r"'solved': 2.* but is .*'solved': 1"):
        check(projection)


def drop(folder: Path, text: str = DROPPED, name: str = "urgent_requests") -> Path:
    path = folder / f"{name}.py"
    path.write_text(text, "utf-8")
    path.chmod(0o644)
    folder.chmod(0o755)
    return path


def test_a_dropped_in_projection_is_counted_rebuilt_and_described(engine: Engine, tmp_path: Path) -> None:
    drop(tmp_path)
    BOOK.append_to(engine, hook=hook)
    (mine,) = [p for p in load([tmp_path]) if p.name == "urgent_requests"]
    assert check(mine) == 1
    assert catch_up(engine, mine, LOG, window=13).size == len(BOOK.appended)
    live = ask(engine, mine, LOG)
    assert live.rows
    assert live.lag == 0
    assert recount(engine, mine, LOG) == []
    assert rebuild(engine, mine, LOG).generation == 1
    assert ask(engine, mine, LOG).rows == live.rows
    assert ask(engine, mine, LOG, Question(as_of=50)).size == 50
    assert ask(engine, mine, LOG, Question(by=["month"], axis="recorded")).rows
    assert "紧急诉求" in "".join(section(mine))


def test_two_projections_of_one_name_are_refused_with_both_files(tmp_path: Path) -> None:
    drop(tmp_path, name="cases")
    with pytest.raises(ShelfError, match=r"called cases: shipped:cases and .*cases\.py"):
        load([tmp_path])


def test_a_broken_projection_file_is_listed_and_stops_no_other(tmp_path: Path) -> None:
    for text in ('"""Broken?"""\nraise SystemExit', "1 +", '"""No question."""', '"""None here?"""'):
        drop(tmp_path, text)
        found = {p.name: p for p in load([tmp_path])}
        assert found["urgent_requests"].error, text
        assert found["cases"].error == "", text


def test_a_projection_file_or_folder_that_others_may_write_is_refused(tmp_path: Path) -> None:
    drop(tmp_path).chmod(0o666)
    with pytest.raises(ShelfError, match="chmod go-w"):
        load([tmp_path])
    with pytest.raises(ShelfError, match="absolute"):
        load([Path("somewhere")])


def test_a_tally_that_cannot_be_counted_is_refused_on_loading(tmp_path: Path) -> None:
    for measure, dims, says in (
        ('stock(case.outcome == "solved")', "case.actor", "belongs to one entry"),
        ("stock(case.is_action == 1)", "case.kind", "belongs to one entry"),
        ("count(case.colour == 1)", "case.kind", "has no 'colour'"),
        ("stock(case.is_open)", "case.colour", "has no 'colour'"),
        ("stock(case.is_open)", "case.kind.named('open')", "names a dimension and a measure"),
    ):
        drop(tmp_path, DROPPED.replace("stock(case.is_open)", measure, 1).replace("case.urgency]", f"{dims}]"))
        (mine,) = [p for p in load([tmp_path]) if p.name == "urgent_requests"]
        assert says in mine.error, measure


def test_a_changed_projection_needs_a_new_version_which_counts_anew(engine: Engine, tmp_path: Path) -> None:
    BOOK.append_to(engine, hook=hook)

    def dropped(text: str) -> Projection:
        drop(tmp_path, text)
        return next(p for p in load([tmp_path]) if p.name == "urgent_requests")

    catch_up(engine, dropped(DROPPED), LOG)
    other = DROPPED.replace("stock(case.is_open)", "stock(case.is_closed)").replace('"open": 1', '"open": 0')
    with pytest.raises(DefinitionChanged, match="raise it to 2"):
        catch_up(engine, dropped(other), LOG)
    raised = dropped(other.replace("version=1", "version=2"))
    assert catch_up(engine, raised, LOG).version == 2
    assert recount(engine, raised, LOG) == []
    # a process with version 1 only reads, and never rebuilds the tables
    old = dropped(DROPPED)
    assert catch_up(engine, old, LOG).version == 2
    assert sum(row["open"] for row in ask(engine, old, LOG).rows) > 0
    assert checkpoint(engine, raised, LOG).version == 2


def test_a_question_the_tally_cannot_answer_is_refused_with_a_reason(sqlite: Engine) -> None:
    BOOK.append_to(sqlite, hook=hook)
    resolved = SHELF["resolved_by_township"]
    odd: list[tuple[dict[str, Any], str]] = [
        ({"by": ["colour"]}, "keeps no 'colour'"),
        ({"where": {"month": "2026-03"}}, "since which day"),
        ({"as_of": 10**6}, "not yet"),
        ({"since": "yesterday"}, "no date"),
        ({"axis": "read"}, "no axis"),
    ]
    for asked, says in odd:
        with pytest.raises(NotAnswerable, match=says):
            ask(sqlite, resolved, LOG, Question(**asked))


def test_scope_limits_counts_and_lists_alike(sqlite: Engine) -> None:
    BOOK.append_to(sqlite, hook=hook)
    scope = [{"township": ("menglang",), "confidentiality": ("public", "internal")}]
    for name, projection in SHELF.items():
        if isinstance(projection.definition, Tally):
            catch_up(sqlite, projection, LOG)
            seen = ask(sqlite, projection, LOG, Question(by=["township", "confidentiality"], visible=scope)).rows
            every = ask(sqlite, projection, LOG, Question(by=["township", "confidentiality"])).rows
            inside = [
                r for r in every if r["township"] == "menglang" and r["confidentiality"] in ("public", "internal")
            ]
            assert seen == inside, name
    found = listing(sqlite, SHELF["cases"], LOG, Question(visible=scope, limit=500)).rows
    assert found
    assert {row["township"] for row in found} == {"menglang"}
