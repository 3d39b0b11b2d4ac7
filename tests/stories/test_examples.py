"""Tests the example programs of the documentation against a real server."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import update

from casework.application.accounts import tokens
from casework.application.figures.ask import list_cases
from casework.application.figures.upkeep import rebuild
from casework.application.runtime.runtime import Runtime
from casework.bootstrap import open_runtime
from casework.demo.county.load import LOG, load
from casework.log.entry import decode
from casework.log.schema import entry as entry_table
from casework.projection.checkpoint import tables_of
from casework.projection.question import Question
from casework.settings import Settings
from tests.architecture.tree import ROOT
from tests.http.served import Served

EXAMPLES = ROOT / "docs" / "examples"
SCRIPTS = sorted(path for path in EXAMPLES.iterdir() if path.suffix in {".py", ".sh"})
#: the county's year ends yesterday; the auditor asks about a day in it
LAST = date.today() - timedelta(days=1)  # noqa: DTZ011
DAY = (LAST - timedelta(days=120)).isoformat()
AUDITOR, SUPERVISOR = ("cadre/lark-01", "auditor"), ("cadre/owl-21", "supervisor")


class County:
    """A served county, and a folder in which an actor's scripts run."""

    def __init__(self, runtime: Runtime, served: Served, folder: Path) -> None:
        self.runtime, self.served, self.folder = runtime, served, folder

    def run(
        self, script: str, who: tuple[str, str] | None, *words: str, county: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run docs/examples/SCRIPT with the token of WHO; it has the standard library to import, and nothing else."""
        token = tokens.create(self.runtime, LOG, *who, made_by="test").token if who else ""
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TOKEN": token}
        environment["CASEWORK"] = county or f"{self.served.address}/api/{LOG}"
        program = [sys.executable, "-I", "-S"] if script.endswith(".py") else ["sh"]
        return subprocess.run(
            [*program, str(EXAMPLES / script), *words],
            cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    def told(self, script: str, who: tuple[str, str], *words: str) -> str:
        """Run a script that must succeed; its standard output."""
        done = self.run(script, who, *words)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        return done.stdout

    @property
    def size(self) -> int:
        return self.runtime.store.head(LOG).size

    def since(self, size: int) -> list:
        """Entries from that size of the log on."""
        return [decode(stored) for stored in self.runtime.store.raw(LOG, since=size, until=self.size, limit=1000)]

    def cadre(self, queue: str) -> tuple[str, str]:
        """A cadre who leads a case of that queue."""
        found = list_cases(self.runtime, LOG, "cases", Question(queue=queue, where={"kind": "difficulty"}, limit=1))
        return found.rows[0]["lead"], "cadre"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    if shutil.which("curl") is None:
        pytest.skip("two of the examples are made of curl, which is not here")
    place, work = tmp_path_factory.mktemp("county"), tmp_path_factory.mktemp("work")
    settings = Settings(folder=str(place), log=LOG)
    load(settings, open_runtime, last=LAST, share=Fraction(1, 40))
    runtime = open_runtime(settings)
    served = Served(place, {"CASEWORK_FOLDER": str(place), "CASEWORK_LOG": LOG})
    with served.running():
        yield County(runtime, served, work)
    runtime.close()


def test_the_cadres_morning_example_signs_acts_on_and_submits_a_case(county: County) -> None:
    who, before = county.cadre("to_sign"), county.size
    told = county.told("a_cadres_morning.sh", who)
    stored = county.since(before)

    assert [one.type for one in stored] == ["case-acknowledged.v1", "action-logged.v1", "resolution-submitted.v1"]
    assert {one.actor for one in stored} == {who[0]}
    assert told.count(f"is entry {stored[1].seq}") == 2  # sent twice, stored once
    assert re.search(r"To sign for: [1-9]", told)
    assert f"resolved, at revision {stored[2].rev}" in told


def test_the_cadres_morning_example_takes_a_due_case_if_none_waits(county: County) -> None:
    waiting = {
        row["lead"] for row in list_cases(county.runtime, LOG, "cases", Question(queue="to_sign", limit=200)).rows
    }
    working = list_cases(county.runtime, LOG, "cases", Question(queue="in_progress", limit=200)).rows
    who = next(row["lead"] for row in working if row["lead"] not in waiting and row["kind"] == "difficulty")
    before = county.size

    told = county.told("a_cadres_morning.sh", (who, "cadre"))

    assert "To sign for: 0" in told
    assert [one.type for one in county.since(before)] == ["action-logged.v1", "resolution-submitted.v1"]


def test_the_offline_example_sends_each_command_once_and_at_its_time(county: County) -> None:
    who, before = county.cadre("in_progress"), county.size
    told = county.told("a_day_without_a_network.py", who)
    stored = county.since(before)

    types = ["case-registered.v1", "action-logged.v1", "resident-contacted.v1", "activity-recorded.v1"]
    assert [one.type for one in stored] == types
    assert max(Counter(one.command for one in stored).values()) == 1
    assert len(re.findall(r": repeated, entry \d+", told)) == 4
    assert "left to send: 0" in told
    for one, hours in zip(stored, (20, 19, 2, 1), strict=True):
        assert one.source == "offline/phone-17"
        # the device's clock is three hours fast; the stored time is right up to the transport
        away = datetime.fromisoformat(one.at) - datetime.fromisoformat(str(one.occurred))
        assert abs(away - timedelta(hours=hours)) < timedelta(seconds=20)


def test_the_supervisors_example_shows_the_true_overdue_cases(county: County) -> None:
    told = county.told("a_supervisors_monday.sh", SUPERVISOR)
    overdue = {code: int(number) for code, number in re.findall(r"^  (\d+) \S+: (\d+)$", told, re.MULTILINE)}
    still_open = list_cases(county.runtime, LOG, "cases", Question(queue="open", limit=1000)).rows
    files = {
        name: list(csv.DictReader((county.folder / name).read_text("utf-8-sig").splitlines()))
        for name in ("overdue.csv", "timeliness.csv")
    }

    # submitted work waits for others, and what was parked in time waits for nobody
    entries = county.runtime.store.read(LOG, limit=100_000)
    parked = {one.stream: one.recorded_on for one in entries if one.type == "case-parked.v1"}
    past = [row for row in still_open if "" < row["due_on"] < county.runtime.county(LOG).today]
    assert {row["status"] for row in past} > {"resolved", "parked"}
    assert overdue == Counter(
        row["township"]
        for row in past
        if row["status"] not in {"resolved", "callback"}
        and not (row["status"] == "parked" and parked[row["stream"]] <= row["due_on"])
    )
    worst = files["overdue.csv"][0]["township"]
    assert overdue[worst] == max(overdue.values()) == len(files["overdue.csv"])
    assert f"behind the {overdue[worst]} of {worst} are {overdue[worst]} cases" in told
    for row in files["overdue.csv"][:5]:
        assert f"{row['number']} {row['unit']} {row['lead']}, was due {row['due_on']}" in told
    assert len(files["timeliness.csv"]) == 20
    assert files["timeliness.csv"][0]["township_label"]


def test_the_supervisors_example_shows_a_cadre_only_their_township(county: County) -> None:
    who = county.cadre("in_progress")
    own = county.runtime.county(LOG).roster
    told = county.told("a_supervisors_monday.sh", who, str(county.folder))
    seen = set(re.findall(r"^  (\d{9}) ", told, re.MULTILINE))

    assert len(seen) <= 1
    assert not seen or own.labels("area")[seen.pop()] in told


def test_the_auditors_example_confirms_a_true_figure(county: County) -> None:
    told = county.told("an_auditors_question.py", AUDITOR, DAY, "first.json")

    assert "NO " not in told
    assert "case-reopened" not in told
    assert "The case is taken up again" in told
    assert re.search(rf"difficulties_solved on {DAY}: \d+ by", told)
    assert re.search(r"counted here from all \d+: 378", told)

    # the fingerprint is that of the leaf hashes which the log stores
    noted = json.loads((county.folder / "first.json").read_text("utf-8"))
    with county.runtime.engine.connect() as db:
        query = entry_table.select().order_by(entry_table.c.seq).limit(noted["size"])
        leaves = [bytes(row.leaf_hash) for row in db.execute(query)]
    assert noted["root"] == tree(leaves).hex()

    assert "entries are those of the last visit" in county.told("an_auditors_question.py", AUDITOR, DAY, "first.json")


@pytest.mark.parametrize("ago", [0, 2000])
def test_the_auditors_example_answers_for_any_past_day(county: County, ago: int) -> None:
    day = str(LAST - timedelta(days=ago))
    told = county.told("an_auditors_question.py", AUDITOR, day, f"{day}.json")

    assert f"difficulties_solved on {day}: {0 if ago else 378} by" in told


def tree(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962, section 2.1, written independently."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + tree(leaves[:half]) + tree(leaves[half:])).digest()


def test_the_auditors_example_reports_changed_history(county: County) -> None:
    county.told("an_auditors_question.py", AUDITOR, DAY, "second.json")
    notebook = county.folder / "second.json"
    noted = json.loads(notebook.read_text("utf-8"))
    notebook.write_text(json.dumps({**noted, "root": "00" * 32}), "utf-8")
    done = county.run("an_auditors_question.py", AUDITOR, DAY, "second.json")

    assert done.returncode == 1
    assert f"NO   the first {noted['size']} entries are those of the last visit" in done.stdout
    assert json.loads(notebook.read_text("utf-8"))["root"] == "00" * 32  # what was seen first is kept


def test_the_auditors_example_reports_a_figure_the_entries_contradict(county: County) -> None:
    now = tables_of(county.runtime.engine, county.runtime.projection("livelihood_figures")).days
    with county.runtime.engine.begin() as db:
        db.execute(update(now).where(now.c.difficulties_solved > 0).values(difficulties_solved=99))
    try:
        done = county.run("an_auditors_question.py", AUDITOR, DAY, "third.json")
    finally:
        rebuild(county.runtime, LOG, "livelihood_figures")

    assert done.returncode == 1
    assert "NO   counted again by the server" in done.stdout
    assert not (county.folder / "third.json").exists()


@pytest.mark.parametrize("script", [path.name for path in SCRIPTS])
def test_an_example_without_token_or_server_fails_and_stores_nothing(county: County, script: str) -> None:
    before = county.size
    nobody = county.run(script, None)
    nowhere = county.run(script, AUDITOR, county="http://127.0.0.1:1/api/530828")

    assert nobody.returncode != 0
    assert "TOKEN=cw." in nobody.stderr
    assert nowhere.returncode != 0
    assert nowhere.stderr
    assert "Traceback" not in nobody.stderr + nowhere.stderr
    assert county.size == before


def test_every_example_is_listed_in_the_readme_and_tested(county: County) -> None:
    page = (EXAMPLES / "README.md").read_text("utf-8")
    tests = Path(__file__).read_text("utf-8")

    assert len(SCRIPTS) == 4
    for path in SCRIPTS:
        assert f"]({path.name})" in page
        assert f'told("{path.name}"' in tests
