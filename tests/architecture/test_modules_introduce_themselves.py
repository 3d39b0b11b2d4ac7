"""Every module says in its first line what it is, and no file has a name that could be any file's."""

import ast
import re

import pytest

from tests.architecture.tree import modules, name

NO_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "core", "service"}


@pytest.mark.parametrize("path", modules("src", "projections", "tests"), ids=name)
def test_the_first_line_is_one_sentence(path):
    source = path.read_text("utf-8")
    sentence = (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]

    assert source.startswith('"""' + sentence), "the file begins with its sentence"
    assert re.search(r"[.?。？]$", sentence), f"a sentence ends: {sentence!r}"


def test_every_shelf_file_asks_its_question():
    opening = {name(path): path.read_text("utf-8").partition("\n")[0] for path in modules("projections")}

    assert {file: line for file, line in opening.items() if not line.rstrip('"').endswith("?")} == {}


@pytest.mark.parametrize("path", modules("src", "projections", "tests"), ids=name)
def test_no_room_is_a_drawer(path):
    assert not NO_NAMES & {part.strip("_") for part in path.with_suffix("").parts[-2:]}
