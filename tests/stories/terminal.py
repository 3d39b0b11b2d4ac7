"""Runs `casework` commands on a place of its own, and makes counties."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from sqlite3 import connect
from typing import Any

from click.testing import CliRunner, Result
from sqlalchemy import make_url

from casework.__main__ import WIRING
from casework.cli import main
from tests.databases import SERVE, TEMPLATE, as_role, shared_postgres
from tests.made_once import made_once

LOG = "530828"


@dataclass
class Terminal:
    """One machine with one database; every call is a run of the program of its own."""

    folder: Path
    url: str
    language: str = "en"
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The program's environment variables."""
        found = {
            "CASEWORK_FOLDER": str(self.folder),
            "CASEWORK_LANGUAGE": self.language,
            "CASEWORK_DATABASE__URL": self.url,
            **self.extra,
        }
        if make_url(self.url).get_backend_name() == "postgresql":
            found |= {"CASEWORK_DATABASE__URL": as_role(self.url, SERVE), "CASEWORK_DATABASE__OWNER_URL": self.url}
        return found

    def run(self, *words: str) -> Result:
        """Run within this process."""
        return CliRunner(env=self.environment).invoke(main, words, obj=WIRING)

    def __call__(self, *words: str) -> str:
        """Run a command that must succeed; its standard output."""
        result = self.run(*words)
        assert result.exit_code == 0, f"casework {' '.join(words)}\n{result.output}\n{result.exception!r}"
        return result.stdout

    def json(self, *words: str) -> Any:
        """Run with --json; the decoded answer."""
        return json.loads(self(*words, "--json"))

    def refused(self, *words: str) -> str:
        """Run a command that must be refused in one sentence without a traceback; the sentence."""
        result = self.run(*words)
        assert result.exit_code in (1, 2), result.output
        assert result.stderr.startswith("casework: ")
        assert len(result.stderr.strip().splitlines()) == 1, result.stderr
        assert "Traceback" not in result.output
        return result.stderr

    def process(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run as a process of its own."""
        command = [sys.executable, "-m", "casework", *words]
        return subprocess.run(
            command,
            env={**os.environ, **self.environment},
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


#: the roster of the stories' county, as its CSV files
ROSTER: dict[str, str] = {
    "areas.csv": """area,label,level,parent
530828,澜沧县,county,
menglang,勐朗镇,township,530828
menglang-1,一村,village,menglang
""",
    "units.csv": """unit,label,parent,area,level
county-office,县委办,,530828,county
county-hotline,县热线,,530828,county
menglang-service,勐朗镇便民中心,,menglang,township
water-station,水务站,,menglang,township
""",
    "cadres.csv": """cadre,name,unit,roles
heron,派单员甲,menglang-service,dispatcher
crane,干部乙,water-station,cadre
egret,站长丙,water-station,unit_lead;reviewer
swift,审核员丁,menglang-service,reviewer
finch,回访员戊,county-hotline,caller
owl,督办己,county-office,supervisor
wren,保护员庚,county-office,privacy_officer
""",
    "categories.csv": """category,label,topics,due_days
water,饮水,supply,15
""",
}


def opened(terminal: Terminal) -> Terminal:
    """A county with its log open and its roster loaded."""
    return founded(terminal, "澜沧县", ROSTER)


def founded(terminal: Terminal, county: str, roster: Mapping[str, str]) -> Terminal:
    """A county with its log open and this roster loaded."""

    def found(terminal: Terminal) -> None:
        folder = terminal.folder / "roster"
        folder.mkdir()
        for name, rows in roster.items():
            (folder / name).write_text(rows, "utf-8")
        terminal("init", LOG, "--county", county)
        terminal("roster", "load", str(folder), "--since", "2020-01-01")

    return copied(terminal, (county, *roster.values()), found)


def copied(terminal: Terminal, what: tuple[str, ...], fill: Callable[[Terminal], object]) -> Terminal:
    """A place as FILL makes it: filled once in a session, and copied after that.

    `what` names it. A place that holds something already is filled itself.
    """
    is_file = make_url(terminal.url).database == str(terminal.folder / "casework.db")
    is_server = make_url(terminal.url).get_backend_name() == "postgresql"
    if any(terminal.folder.iterdir()) or not (is_file or is_server):
        fill(terminal)
        return terminal
    named = sha256(json.dumps([*what, *sorted(terminal.extra.items()), is_file]).encode()).hexdigest()

    def make(folder: Path) -> None:
        url = f"sqlite:///{folder / 'casework.db'}" if is_file else shared_postgres().create_database()
        fill(Terminal(folder, url, terminal.language, terminal.extra))
        if is_file:
            with closing(connect(folder / "casework.db")) as db:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            (folder / TEMPLATE).write_text(url, "utf-8")

    made = made_once(named, make)
    shutil.copytree(made, terminal.folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(TEMPLATE))
    if is_server:
        shared_postgres().refill(terminal.url, (made / TEMPLATE).read_text("utf-8"))
    return terminal
