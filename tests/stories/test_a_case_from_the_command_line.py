"""Tests one case at the command line from registration to replay."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.databases import LATER, place_on
from tests.stories.terminal import LOG, Terminal, opened

pytestmark = pytest.mark.slow

MARKER = "张秘密-13987650000"
DISPATCHER = ("--as", "cadre/heron", "--role", "dispatcher")
OFFICER = ("--as", "cadre/crane", "--role", "cadre")
REVIEWER = ("--as", "cadre/swift", "--role", "reviewer")
CALLER = ("--as", "cadre/finch", "--role", "caller")
PRIVACY = ("--as", "cadre/wren", "--role", "privacy_officer")
REGISTER = ("register-case", *CALLER, "area=menglang-1", "category=water", "channel=hotline")


@pytest.fixture(params=["sqlite", LATER])
def county(request, tmp_path) -> Iterator[Terminal]:
    with place_on(request, tmp_path) as url:
        yield opened(Terminal(tmp_path, url))


def registered(county: Terminal, *words: str) -> str:
    return county.json("do", *REGISTER, "summary=三天没有水", *words)["number"]


def closed(county: Terminal) -> str:
    """A case through its whole life; its number."""
    number = registered(county, f"person.full_name={MARKER}", f"details={MARKER}")
    county("do", "accept-case", *DISPATCHER, f"case={number}", "topic=supply")
    county("do", "dispatch-case", *DISPATCHER, f"case={number}", "unit=water-station", f"note={MARKER}")
    county("do", "acknowledge-case", *OFFICER, f"case={number}")
    county("do", "log-action", *OFFICER, f"case={number}", "action=repair", f"note={MARKER}")
    county("do", "submit-resolution", *OFFICER, f"case={number}", "result=solved", f"answer={MARKER}")
    county("do", "approve-resolution", *REVIEWER, f"case={number}")
    county("do", "record-callback", *CALLER, f"case={number}", "reached=yes", "solved=yes", "satisfaction=5")
    county("do", "close-case", *DISPATCHER, f"case={number}")
    return number


def test_a_case_is_counted_recounted_and_replayed_at_the_terminal(county):
    size_before = county.json("projections", "lag")[0]["size"]
    number = closed(county)
    size = county.json("projections", "lag")[0]["size"]

    assert re.fullmatch(LOG + r"-\d{4}-000001", number)
    assert size == size_before + 9

    found = county.json("ask", "resolved_by_township", "--by", "township", "--at-least", str(size))
    (row,) = [row for row in found["rows"] if row["township"] == "menglang"]
    assert (row["solved"], row["open"], found["size"], found["lag"]) == (1, 0, size, 0)

    then = county.json("ask", "resolved_by_township", "--by", "township", "--as-of", str(size_before + 3))
    (row,) = [row for row in then["rows"] if row["township"] == "menglang"]
    assert (row["solved"], row["open"]) == (0, 1)

    assert all(differences == [] for differences in county.json("projections", "recount").values())
    county("projections", "rebuild")
    assert all(one["lag"] == 0 and not one["error"] for one in county.json("projections", "lag"))
    assert county.json("ask", "resolved_by_township", "--by", "township")["rows"] == found["rows"]

    steps = county.json("replay", number)
    assert [step["step"]["type"] for step in steps] == [
        "case-registered.v1",
        "case-accepted.v1",
        "case-dispatched.v1",
        "case-acknowledged.v1",
        "action-logged.v1",
        "resolution-submitted.v1",
        "resolution-approved.v1",
        "callback-recorded.v1",
        "case-closed.v1",
    ]
    statuses = [c["after"] for step in steps for c in step["changes"] if c["fact"] == "status"]
    assert statuses == ["registered", "accepted", "dispatched", "in_progress", "resolved", "callback", "closed"]
    assert len(county.json("replay", number, "--until", str(size - 1))) == 8

    shown = county("replay", number)
    assert "status: dispatched → in progress" in shown.replace("in_progress", "in progress")
    assert "cadre/crane" in shown


def test_the_doctor_finds_no_fault_and_the_export_holds_every_entry(county, tmp_path):
    closed(county)

    findings = county.json("doctor", "--full")
    assert [one for one in findings if one["state"] == "ill"] == []

    county("export", "--out", str(tmp_path / "log.jsonl"))
    lines = (tmp_path / "log.jsonl").read_bytes().splitlines()
    assert [json.loads(line)["seq"] for line in lines] == list(range(len(lines)))
    assert county("export").encode().splitlines() == lines


def test_a_repeated_command_id_is_answered_again_and_stored_once(county):
    words = ("do", *REGISTER, "summary=三天没有水", "person.phone=13987650000", "--command-id", "phone-7/1")

    first, second = county.json(*words), county.json(*words)

    assert (first["number"], first["seq"], first["events"]) == (second["number"], second["seq"], second["events"])
    assert (first["repeated"], second["repeated"]) == (False, True)

    other = county.refused("do", *REGISTER, "summary=另一件事", "--command-id", "phone-7/1")
    assert "phone-7/1" in other


def test_an_unknown_name_is_refused_with_the_nearest_known_one(county):
    number = registered(county)
    county("do", "accept-case", *DISPATCHER, f"case={number}")

    assert "water-station" in county.refused("do", "dispatch-case", *DISPATCHER, f"case={number}", "unit=water-staton")
    assert "menglang-1" in county.refused("do", "register-case", *CALLER, "area=menglan-1")
    assert "cadre/heron" in county.refused("do", "accept-case", "--as", "cadre/herom", "--role", "dispatcher", "case=x")
    assert "dispatch-case" in county.refused("do", "dispatch-cas", *DISPATCHER)
    assert "category" in county.refused("do", *REGISTER, "categry=water")
    assert "resolved_by_township" in county.refused("ask", "resolved_by_townshp")
    assert number in county.refused("case", number[:-1] + "9")


def test_a_command_in_a_role_the_cadre_lacks_stores_nothing(county):
    number = registered(county)
    size = county.json("projections", "lag")[0]["size"]

    said = county.refused("do", "accept-case", "--as", "cadre/crane", "--role", "dispatcher", f"case={number}")

    assert "cadre/crane" in said
    assert "dispatcher" in said
    assert county.json("projections", "lag")[0]["size"] == size


def test_closing_a_case_too_early_is_refused_in_both_languages(county):
    number = registered(county)

    said = county.refused("--language", "zh-CN", "do", "close-case", *DISPATCHER, f"case={number}")
    assert said.startswith("casework: 不予办理：不能办理【办结】（close-case）")
    assert f"办件 {number} 现在是“待受理”，须为“待回访”" in said
    said = county.refused("--language", "en", "do", "close-case", *DISPATCHER, f"case={number}")
    assert said.startswith(f"casework: refused: close-case is not possible: case {number} is registered")
    assert county.refused("do", "accept-case", *DISPATCHER, f"case={number}", "--if-match", "5")


def test_two_concurrent_processes_get_different_case_numbers(county):
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(lambda _: county.process("do", *REGISTER, "--json"), range(2)))
    answers = [json.loads(process.stdout) for process in done]

    assert [process.stderr for process in done] == ["", ""]
    assert {answer["number"][-6:] for answer in answers} == {"000001", "000002"}


def test_sealed_text_is_shown_by_permission_and_gone_after_erasure(county):
    number = closed(county)

    assert MARKER not in county("case", number)
    assert MARKER in county("case", number, *OFFICER)
    assert MARKER in county("replay", number, *DISPATCHER)
    assert county.refused("case", number, "--as", "cadre/crane", "--role", "supervisor")
    rows_before = county.json("ask", "resolved_by_township", "--by", "township")["rows"]

    assert county.refused("erase", number, "--as", "cadre/heron", "--basis", "resident_asked", "--yes")
    done = county.json("erase", number, "--as", "cadre/wren", "--basis", "resident_asked", "--yes")

    assert done["answer"]["events"] == ["personal-data-erased.v1"]
    after = county("case", number, *OFFICER)
    assert MARKER not in after
    assert "[erased]" in after
    assert county.json("ask", "resolved_by_township", "--by", "township")["rows"] == rows_before
    assert county.refused("erase", number, "--as", "cadre/wren", "--basis", "resident_asked", "--yes")


def test_no_entry_table_or_refusal_holds_personal_data(county):
    number = closed(county)
    said = [
        county.refused("do", "log-action", *OFFICER, f"case={number}", f"actoin={MARKER}"),
        county.refused("do", "accept-case", *DISPATCHER, f"case={number}", "topic=nope"),
        county.refused("do", *REGISTER, f"person.nickname={MARKER}"),
        county.refused("do", *REGISTER, f"summary={MARKER * 50}"),
        county.refused("do", *REGISTER, f"summary={MARKER}\x07"),
    ]

    assert not [line for line in said if MARKER in line]
    assert MARKER not in county("export")
    assert MARKER not in county("replay", number)
    engine = create_engine(county.url)
    with engine.connect() as db:
        for table in inspect(db).get_table_names():
            rows = db.execute(text(f'SELECT * FROM "{table}"')).all()
            blobs = [cell for row in rows for cell in row if isinstance(cell, bytes | memoryview)]
            assert not any(MARKER.encode() in bytes(blob) for blob in blobs), table
            assert MARKER not in repr(rows), table
    engine.dispose()
