"""The reference pages about the law are what the code says, to the letter."""

from pathlib import Path

import pytest

from casework.law.cases.evolve import CASE_EVENTS
from casework.law.docstrings import members_of
from casework.law.roster.events import ROSTER_EVENTS
from docs.generate import law

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
PAGES = {
    "lifecycle.md": law.lifecycle_page,
    "events.md": law.events_page,
}


@pytest.mark.parametrize("name", PAGES)
def test_the_checked_in_page_is_the_generated_one(name):
    written = (FOLDER / name).read_text("utf-8") if (FOLDER / name).exists() else ""
    assert written == PAGES[name]().rstrip() + "\n", f"docs/reference/{name} is not what the code says: run `make docs`"


def test_the_page_of_events_shows_every_event_and_every_member():
    page = PAGES["events.md"]()
    for name, event in (CASE_EVENTS | ROSTER_EVENTS).items():
        section = page.partition(f"### `{name}`")[2].partition("\n### ")[0]
        assert section, f"{name} is not on the page"
        for member in members_of(event):
            assert f"| `{member}` |" in section
