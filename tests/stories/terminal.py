"""A terminal for stories: `casework` words in, output and exit status out, on a place of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import connect
from typing import Any

from click.testing import CliRunner, Result
from sqlalchemy import make_url

from casework.__main__ import WIRING
from casework.cli import main
from tests.databases import SERVE, as_role

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
        """What the program finds set."""
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
        """Run; it must go well. What was printed."""
        result = self.run(*words)
        assert result.exit_code == 0, f"casework {' '.join(words)}\n{result.output}\n{result.exception!r}"
        return result.stdout

    def json(self, *words: str) -> Any:
        """Run with --json; what was answered."""
        return json.loads(self(*words, "--json"))

    def refused(self, *words: str) -> str:
        """Run; it must be refused, in one sentence and without a traceback. The sentence."""
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


#: county and settings → its files with their modes, once it was founded by this process
_FOUNDED: dict[tuple[Any, ...], dict[Path, tuple[int, bytes]]] = {}


def founded(terminal: Terminal, county: str, roster: Mapping[str, str]) -> Terminal:
    """A county with its log open and this roster loaded; in SQLite it is founded once, and copied after that."""
    made = (county, *roster.values(), *sorted(terminal.extra.items()))
    is_file = make_url(terminal.url).database == str(terminal.folder / "casework.db")
    if is_file and made in _FOUNDED and not any(terminal.folder.iterdir()):
        for name, (mode, content) in _FOUNDED[made].items():
            path = terminal.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            path.chmod(mode)
        return terminal
    started_empty = not any(terminal.folder.iterdir())
    folder = terminal.folder / "roster"
    folder.mkdir()
    for name, rows in roster.items():
        (folder / name).write_text(rows, "utf-8")
    terminal("init", LOG, "--county", county)
    terminal("roster", "load", str(folder), "--since", "2020-01-01")
    if is_file and started_empty:
        with closing(connect(terminal.folder / "casework.db")) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        files = [path for path in terminal.folder.rglob("*") if path.is_file()]
        _FOUNDED[made] = {path.relative_to(terminal.folder): (path.stat().st_mode, path.read_bytes()) for path in files}
    return terminal
