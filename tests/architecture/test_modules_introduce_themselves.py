"""Tests first lines of modules and names of files."""

import ast
import re

from tests.architecture.tree import modules, name

NO_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "core", "service"}
# Names that misled: the file has another, plainer one now.
RETIRED = {
    "house", "sight", "scope", "reach", "people", "known", "marks", "called", "standing", "passing", "translate",
    "keep", "whole", "run", "traces", "arrival", "carriers", "door", "mailbox", "take", "entering",
    "signing_in_there", "access_list", "before", "when", "fresh",
}  # fmt: skip
MOST_WORDS = 15


def first_line(source: str) -> str:
    """The first line of a module's docstring."""
    return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]


def test_every_module_begins_with_one_sentence():
    faults = []
    for path in modules("src", "projections", "tests"):
        source = path.read_text("utf-8")
        line = first_line(source)
        if not source.startswith('"""' + line) or not re.search(r"[.?。？]$", line):
            faults.append(name(path))

    assert faults == []


def test_a_first_line_has_at_most_fifteen_words():
    long = {
        name(path): line
        for path in modules("src", "projections", "tests")
        if len((line := first_line(path.read_text("utf-8"))).split()) > MOST_WORDS
    }

    assert long == {}


def test_every_projection_begins_with_its_question():
    opening = {name(path): path.read_text("utf-8").partition("\n")[0] for path in modules("projections")}

    assert {file: line for file, line in opening.items() if not line.rstrip('"').endswith("?")} == {}


def test_no_file_has_a_meaningless_or_misleading_name():
    paths = modules("src", "projections", "tests")
    empty = [name(path) for path in paths if NO_NAMES & {part.strip("_") for part in path.with_suffix("").parts[-2:]}]
    retired = [name(path) for path in paths if path.stem in RETIRED]

    assert empty == []
    assert retired == []
