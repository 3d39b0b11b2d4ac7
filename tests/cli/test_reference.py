"""The generated pages say what the code says."""

import pytest

from casework.law.kinds import COMMANDS
from docs.generate.__main__ import FOLDER, pages, write

PAGES = (
    "commands.md",
    "cli.md",
    "settings.md",
    "projections.md",
    "lifecycle.md",
    "events.md",
    "tables.md",
    "facts.md",
    "http.md",
    "policy.md",
    "permissions.md",
    "refusals.md",
)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_current(name):
    assert (FOLDER / name).read_text("utf-8") == pages()[name], "run `make docs`"


def test_every_page_is_written(tmp_path):
    write(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(PAGES) == sorted(pages())


def test_every_command_has_its_section():
    page = pages()["commands.md"]

    assert [name for name in COMMANDS if f"### `{name}`" not in page] == []


def test_the_command_line_page_names_every_command():
    page = pages()["cli.md"]

    for command in (
        "init",
        "migrate",
        "import",
        "roster load",
        "ask",
        "case",
        "replay",
        "projections rebuild",
        "doctor",
    ):
        assert f"## `casework {command}`" in page


def test_every_setting_has_its_variable():
    page = pages()["settings.md"]

    for variable in ("CASEWORK_FOLDER", "CASEWORK_DATABASE__URL", "CASEWORK_READING__WAIT_MS", "CASEWORK_WRAPPING_KEY"):
        assert f"`{variable}`" in page
