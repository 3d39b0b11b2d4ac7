"""Tests that each refusal in the code passes its table row's facts."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter

from casework.http.problem_words import STATUS_OF, TITLES
from casework.text import Refusals, Sentences
from tests.architecture.tree import ROOT, modules, name, nodes
from tests.chinese import HAN, TERMS, faults

#: facts that one language leaves out: the other says by a word of its own which thing is meant
ONE_LANGUAGE = {
    "exchange unknown-word word",
    "exchange workbook-damaged why",
    "law/cases case-exists command",
    "law/surveys given-twice what",
}


@cache
def _tables() -> dict[str, Sentences]:
    """Room → its table."""
    tables: dict[str, Sentences] = {}
    for path in modules("src"):
        if path.name == "refusals.py":
            module = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
            room = path.parent.relative_to(ROOT / "src/casework").as_posix()
            found = [each for each in vars(import_module(module)).values() if isinstance(each, (Refusals, Sentences))]
            assert len(found) == 1, f"{name(path)} holds one table"
            tables[room] = found[0].sentences if isinstance(found[0], Refusals) else found[0]
    return tables


def _called(node: ast.Call) -> tuple[str, ast.expr, dict[str, ast.expr]] | None:
    """Table, key and facts of a call that makes a refusal, or only its sentences; None for every other call."""
    facts = {str(one.arg): one.value for one in node.keywords if one.arg != "nearest"}
    match node:
        case ast.Call(ast.Name(table) | ast.Attribute(ast.Name(table), "sentences"), [key]):
            return table, key, facts
        case ast.Call(ast.Name("unknown"), [ast.Name(table), key, found, known]):
            return table, key, facts | {"name": found, "hint": known}
    return None


@cache
def _calls() -> list[tuple[str, str, ast.expr, dict[str, ast.expr]]]:
    """Where, room of the table, key and facts of every refusal."""
    return [call for path in modules("src") for call in _calls_in(path)]


def _calls_in(path: Path) -> Iterator[tuple[str, str, ast.expr, dict[str, ast.expr]]]:
    if ".refusals import" in path.read_text("utf-8"):
        rooms = {
            alias.asname or alias.name: (node.module or "").removeprefix("casework.").removesuffix(".refusals")
            for node in nodes(path)
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".refusals")
            for alias in node.names
        }
        for node in nodes(path):
            if isinstance(node, ast.Call) and (called := _called(node)) and called[0] in rooms:
                yield f"{name(path)}:{node.lineno}", rooms[called[0]].replace(".", "/"), called[1], called[2]


def _keys(node: ast.expr, known: set[str]) -> set[str]:
    """The keys that an expression may be; a value within one stands for any word."""
    match node:
        case ast.Constant(str() as key):
            return {key}
        case ast.IfExp():
            return _keys(node.body, known) | _keys(node.orelse, known)
        case ast.JoinedStr():
            parts = (re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z]+" for part in node.values)
            pattern = re.compile("".join(parts))
            return {key for key in known if pattern.fullmatch(key)}
    return set()


def _facts(sentence: str) -> set[str]:
    return {fact for _, fact, _, _ in Formatter().parse(sentence) if fact is not None}


def test_every_refusal_passes_the_facts_of_a_row_of_its_table():
    wrong = []
    for where, room, key_of, facts_of in _calls():
        rows, passed = _tables()[room].rows, set(facts_of)
        keys = _keys(key_of, set(rows))
        if not keys:
            wrong.append(f"{where}: names no row of {room}")
        for key in keys:
            if key not in rows:
                wrong.append(f"{where}: {room} has no row {key}")
            elif passed != (facts := _facts(rows[key].zh) | _facts(rows[key].en)):
                wrong.append(f"{where}: {key} takes {sorted(facts)}, not {sorted(passed)}")
    assert wrong == []


def test_every_row_of_a_refusal_table_is_used():
    used = {(room, key) for _, room, of, _ in _calls() for key in _keys(of, set(_tables()[room].rows))}

    assert [(room, key) for room, table in _tables().items() for key in table.rows if (room, key) not in used] == []


def test_the_rows_of_a_refusal_table_are_sorted_and_unique():
    unsorted = []
    for path in modules("src"):
        if path.name == "refusals.py":
            keys = re.findall(r"^([a-z][^ ()\n]*)  \S", path.read_text("utf-8"), re.MULTILINE)
            if keys != sorted(set(keys)):
                unsorted.append(name(path))
    assert unsorted == []


def test_both_sentences_of_a_refusal_name_the_same_facts():
    found = {
        f"{room} {key} {fact}"
        for room, table in _tables().items()
        for key, row in table.rows.items()
        for fact in _facts(row.zh) ^ _facts(row.en)
    }

    assert found == ONE_LANGUAGE


def test_each_sentence_of_a_refusal_is_in_its_language():
    wrong = []
    for room, table in _tables().items():
        for key, row in table.rows.items():
            if not HAN.search(row.zh) or HAN.search(row.en) or not re.search("[a-z]", row.en):
                wrong.append(f"{room} {key}")
    assert wrong == []


def test_refusals_of_the_law_state_what_happened_and_the_next_step():
    wrong = []
    for room, table in _tables().items():
        for key, row in table.rows.items() if room.startswith("law/") else ():
            # a code that is typed as it stands is quoted by its caller
            wrong += [f"{room} {key}: {fault}" for fault in faults(re.sub(r"\{[^}]*\}", "…", row.zh))]
            wrong += [] if row.en.endswith(".") else [f"{room} {key}: {row.en}"]
    assert wrong == []


def test_a_refusal_calls_a_role_by_its_name_in_each_language():
    """Where nobody has such a role, the code that was typed is all there is."""
    bare = [
        where
        for where, room, _, facts in _calls()
        for value in facts.values()
        if getattr(value, "attr", getattr(value, "id", "")) in ("role", "outcome")
    ]
    assert [where.partition(":")[0] for where in bare] == [
        "src/casework/application/access/actor.py",
        "src/casework/application/accounts/tokens.py",
    ]


def test_commands_have_chinese_names_for_refusals():
    assert "重办" in TERMS


def test_every_status_belongs_to_a_code_that_a_table_has():
    codes = {key.partition("/")[0] for table in _tables().values() for key in table.rows}

    # one case of a list that is reassigned: the answer lists it, and has no problem of its own
    assert STATUS_OF.keys() - codes == {"changed-meanwhile"}
    assert set(STATUS_OF.values()) <= TITLES.keys()
