"""Tests that the reference names everything and no link or promise is false."""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest
import rich_click as click

import casework.change.tables
import casework.projection.tables
import casework.seal.tables  # noqa: F401
from casework.change.case_lines import MEASURES
from casework.cli.root import main as program
from casework.database.metadata import ALL_RIGHTS, metadata
from casework.law.cases.facts import FACTS, OUTCOMES, STATUSES
from casework.law.context import ROLES
from casework.law.kinds import COMMANDS
from casework.law.policy import Policy
from casework.log.codec import EVENTS
from casework.projection import shelf
from casework.settings import SECTIONS
from docs.generate.tables import facts_of, meaning
from tests.architecture.tree import ROOT, tracked

DOCS = ROOT / "docs"
PAGES = [path for path in tracked() if path.suffix == ".md" and path.relative_to(ROOT).parts[0] != ".ci"]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)

#: what the runtime does not do yet: English and Chinese words for it, and what would show that it does
NOT_YET = {
    "HTTP API": ("HTTP", "src/casework/http"),
    "pages": ("网页", "src/casework/http/pages"),
    "county demo": ("全县演示", "src/casework/demo/county/load.py"),
    "accounts": ("账号", "src/casework/application/accounts/accounts.py"),
    "calendars": ("工作日历", "src/casework/law/roster/calendars.py"),
    "Merkle tree": ("默克尔树", "src/casework/audit/merkle.py"),
    "signed checkpoints": ("签名检查点", "src/casework/audit/checkpoint.py"),
    "verify": ("核验", "src/casework/audit/verify.py"),
    "Excel": ("Excel", "src/casework/exchange/excel.py"),
    "XES": ("XES", "src/casework/exchange/xes.py"),
    "OCEL": ("OCEL", "src/casework/exchange/ocel.py"),
    "Open311": ("Open311", "src/casework/http/open311"),
    "access ledger": ("查阅台账", "src/casework/seal/reading_ledger.py"),
    "timers": ("定时", "src/casework/application/timers.py"),
    "backup": ("备份", "src/casework/application/operations/backup.py"),
}


def page(name: str) -> str:
    return (DOCS / "reference" / name).read_text("utf-8")


def unnamed(text: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if f"`{name}`" not in text]


def commands_of(command: click.Command, path: str) -> list[str]:
    found = [path]
    if isinstance(command, click.Group) and command.name != "do":
        context = click.Context(command)
        for name in command.list_commands(context):
            one = command.get_command(context, name)
            assert one is not None
            found += commands_of(one, f"{path} {name}")
    return found


def anchors(text: str) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower().replace("`", "")).replace(" ", "-") for head in heads}


@pytest.mark.parametrize(
    ("name", "things"),
    [
        ("events.md", EVENTS),
        ("commands.md", COMMANDS),
        ("projections.md", [projection.name for projection in shelf.shipped()]),
        ("settings.md", [f.name for kind in SECTIONS for f in msgspec.structs.fields(kind) if f.type not in SECTIONS]),
        ("cli.md", commands_of(program, "casework")),
        ("facts.md", [*FACTS, *MEASURES, *STATUSES, *OUTCOMES, *ROLES]),
        ("policy.md", Policy.__struct_fields__),
        ("tables.md", metadata.tables),
    ],
)
def test_the_reference_names_every_item(name, things):
    assert unnamed(page(name), things) == []
    assert len(list(things)) > 8


def test_every_measure_of_every_projection_has_its_definition():
    text = page("projections.md")

    for projection in shelf.shipped():
        section = text.partition(f"## `{projection.name}`")[2].partition("\n## ")[0]
        assert unnamed(section, projection.definition.definitions) == []


@pytest.mark.parametrize("table", metadata.tables.values(), ids=lambda table: table.name)
def test_every_column_has_a_meaning(table):
    assert table.comment
    assert [column.name for column in table.columns if not meaning(column)] == []


def test_every_fact_has_a_chinese_term():
    assert [name for name, (zh, _) in facts_of().items() if not re.search("[\u4e00-\u9fff]", zh)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_in_the_documentation_has_a_target(path):
    for target in LINK.findall(CODE.sub("", path.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), f"{target} is not there"
        if anchor:
            assert anchor in anchors(there.read_text("utf-8")), f"{target}: no such heading"


TWINS = [path for path in PAGES if path.name.endswith(".zh-CN.md")]


@pytest.mark.parametrize("path", TWINS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_has_the_same_parts_in_both_languages(path):
    twin = path.with_name(path.name.replace(".zh-CN.md", ".md"))
    chinese, english = (
        re.findall(r"^(#+) ", CODE.sub("", one.read_text("utf-8")), re.MULTILINE) for one in (path, twin)
    )

    assert chinese == english
    assert len(chinese) > 1


def test_the_index_links_to_every_page():
    """Decisions and examples have lists of their own."""
    listed = {
        (DOCS / link.partition("#")[0]).resolve() for link in LINK.findall((DOCS / "index.md").read_text("utf-8"))
    }
    apart = {DOCS / "decisions", DOCS / "examples"}

    pages = [path for path in PAGES if DOCS in path.parents and path.parent not in apart]
    assert [path for path in pages if path not in listed and path.name != "index.md"] == []
    assert len(pages) > 30


def test_every_page_is_reached_from_the_index():
    seen, waiting = set[Path](), [DOCS / "index.md"]
    while waiting:
        here = waiting.pop()
        if here in seen or here.suffix != ".md":
            continue
        seen.add(here)
        links = LINK.findall(CODE.sub("", here.read_text("utf-8")))
        waiting += [
            (here.parent / link.partition("#")[0]).resolve() for link in links if not re.match("[a-z]+:|#", link)
        ]

    assert [path for path in PAGES if DOCS in path.parents and path not in seen] == []


@pytest.mark.parametrize(
    ("file", "heading", "place"), [("README.md", "## What is not there yet", 0), ("README.zh-CN.md", "## 还没有的", 1)]
)
def test_the_readme_lists_what_is_not_there_yet(file, heading, place):
    """In bold, so that what is there already may be named beside it."""
    section = (ROOT / file).read_text("utf-8").partition(heading)[2].partition("\n## ")[0]
    missing = " ".join(re.findall(r"\*\*(.+?)\*\*", section)).lower()

    for english, (chinese, shown_by) in NOT_YET.items():
        word = (english, chinese)[place]
        assert (word.lower() in missing) != (ROOT / shown_by).exists(), f"{word}: {file} and {shown_by} do not agree"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_page_shows_a_command_that_the_program_does_not_have(path):
    known = {one.removeprefix("casework ") for one in commands_of(program, "casework")}

    for code in CODE.findall(path.read_text("utf-8")):
        for first, second in re.findall(r"(?<![\w/.\"-])casework ([a-z]+)(?: ([a-z][a-z-]+)(?![\w=]))?", code):
            assert first in known, f"casework {first}"
            if first in ("projections", "roster") and second:
                assert f"{first} {second}" in known, f"casework {first} {second}"
            if first == "do" and second:
                assert second in COMMANDS, f"casework do {second}"


def test_the_page_on_postgresql_lists_every_table_with_limited_rights():
    page = (ROOT / "docs" / "howto" / "run-on-postgresql.md").read_text("utf-8")

    limited = [name for name, table in metadata.tables.items() if table.info["rights"] != ALL_RIGHTS]
    assert "entry" in limited
    assert [table for table in [*limited, "alembic_version"] if f"`{table}`" not in page] == []


def test_an_omission_in_a_page_is_found():
    assert unnamed("`a` and b", ["a", "b"]) == ["b"]
    assert anchors("## What is not there yet\n") == {"what-is-not-there-yet"}
    assert LINK.findall("[a](b.md) ![c](d.png) [e](#f)") == ["b.md", "#f"]
