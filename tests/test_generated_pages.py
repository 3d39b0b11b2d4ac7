"""Tests that the generated pages of the reference match the code."""

from casework.law.described import members_of
from casework.log.codec import EVENTS
from docs.generate.__main__ import FOLDER, PAGES, write


def test_every_generated_page_matches_the_code(tmp_path):
    write(tmp_path)
    made = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}

    assert made.keys() == PAGES.keys()
    kept = {name: (FOLDER / name).read_text("utf-8") if (FOLDER / name).exists() else "" for name in made}
    assert [name for name in made if made[name] != kept[name]] == [], "run `make docs`"


def test_the_page_of_events_shows_every_member_of_every_event():
    page = PAGES["events.md"]()
    sections = {name: page.partition(f"### `{name}`")[2].partition("\n### ")[0] for name in EVENTS}

    missing = [
        f"{name}.{member}"
        for name, kind in EVENTS.items()
        for member in members_of(kind)
        if f"| `{member}` |" not in sections[name]
    ]
    assert missing == []


def test_the_page_of_settings_names_the_variable_of_each_setting():
    page = PAGES["settings.md"]()

    for variable in ("CASEWORK_FOLDER", "CASEWORK_DATABASE__URL", "CASEWORK_READING__WAIT_MS", "CASEWORK_WRAPPING_KEY"):
        assert f"`{variable}`" in page
