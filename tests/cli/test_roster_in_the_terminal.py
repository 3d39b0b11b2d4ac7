"""Tests importing and exporting the roster on the command line."""

import csv
import json
import stat

import pytest
from click.testing import CliRunner

from casework.__main__ import WIRING
from casework.cli import main
from tests.application import scopes
from tests.stories.terminal import Terminal

ROW = "cadre,name,unit,roles,from\n{0},MARKER某,pine-water,cadre,2020-01-01\n"


@pytest.fixture(scope="module")
def terminal(tmp_path_factory):
    terminal = scopes.folder_of(tmp_path_factory.mktemp("county"))
    return scopes.opened(terminal)


@pytest.fixture
def cadres(tmp_path):
    def made(text):
        (tmp_path / "cadres.csv").write_text(text, "utf-8")
        return str(tmp_path / "cadres.csv")

    return made


def answering(terminal, answer, *words):
    return CliRunner(env=terminal.environment).invoke(main, words, obj=WIRING, input=answer)


def test_a_roster_import_asks_first_and_a_no_changes_nothing(terminal, cadres):
    file = cadres(ROW.format("asked"))
    size = len(terminal("export").splitlines())

    refused = answering(terminal, "n\n", "roster", "import", file)
    assert refused.exit_code == 130
    assert "MARKER" not in refused.output
    assert len(terminal("export").splitlines()) == size
    assert answering(terminal, "y\n", "roster", "import", file).exit_code == 0
    assert len(terminal("export").splitlines()) == size + 1


def test_rejected_rows_go_to_a_private_file_with_bilingual_reasons(terminal, cadres, tmp_path):
    file = cadres(ROW.format("good") + "MARKER=1,=cmd,nowhere,cadre,2020-01-01\n=bad,=cmd,pine-water,cadre,\n")
    place = tmp_path / "why.csv"
    for _ in range(2):
        result = terminal.run("roster", "import", file, "--yes", "--rejects", str(place))
        assert result.exit_code == 1

    with place.open(encoding="utf-8-sig", newline="") as rejects:
        rows = list(csv.DictReader(rejects))
    assert [(row["行 line"], row["列 column"], row["值 value"]) for row in rows] == [
        ("3", "cadre", "MARKER=1"),
        ("4", "cadre", "'=bad"),
    ]
    assert all("代码" in row["原因"] and "code" in row["reason"] for row in rows)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    shown = terminal.run("roster", "import", file, "--dry-run", "--json", "--rejects", str(place))
    assert json.loads(shown.stdout)["things"] == {"cadre": {"new": 0, "changed": 0, "ended": 0, "unchanged": 1}}


def test_an_export_overwrites_nothing_and_names_only_for_auditors(terminal, tmp_path):
    out = str(tmp_path / "roster.xlsx")
    terminal("roster", "export", out)
    assert "is there already and was left alone" in terminal.refused("roster", "export", out)
    assert "names are sealed" in terminal.refused("roster", "export", str(tmp_path / "n"), "--with-names")

    words = ("--as", "csv", "--with-names", "--by", "cadre/magpie", "--role", "auditor")
    terminal("roster", "export", str(tmp_path / "named"), *words)
    named = tmp_path / "named" / "cadres.csv"
    assert "丙" in named.read_text("utf-8")
    (read, *_) = terminal.json("access", "list", "--as", "cadre/magpie")["rows"]
    assert (read["what"], read["source"], read["operator"] != "") == ("roster", "cli", True)
    assert stat.S_IMODE(named.stat().st_mode) == 0o600
    assert "belong together" in terminal.refused("roster", "export", str(tmp_path / "m"), "--by", "cadre/magpie")


def test_a_file_that_is_no_roster_is_refused_in_one_sentence(terminal, cadres):
    assert "has a column 'a'" in terminal.refused("roster", "import", cadres("a,b\n"))
    assert "lacks the column 'cadre'" in terminal.refused("roster", "import", cadres("unit,name\n"))
    assert "is no date" in terminal.refused("roster", "import", cadres(ROW.format("x")), "--from", "soon")


def test_importing_a_name_again_keeps_the_persons_other_data(terminal, cadres):
    terminal(
        "do", "declare-cadre", "--as", "cadre/beaver", "--role", "administrator", "cadre=cadre/known",
        "unit=pine-water", "from=2020-01-01", "person.full_name=MARKER某", "person.phone=13900000000",
    )  # fmt: skip
    size = len(terminal("export").splitlines())
    terminal("roster", "import", cadres(ROW.format("known")), "--yes")
    assert len(terminal("export").splitlines()) == size


def test_a_roster_import_gives_the_same_on_every_database(database_url, tmp_path, cadres):
    terminal = scopes.opened(Terminal(tmp_path, database_url))
    moving = "cadre,unit,roles,from\nnewt,reed-water,cadre,2999-01-01\nnewcomer,pine-water,cadre,2999-01-01\n"
    look = terminal.json("roster", "import", cadres(moving), "--dry-run")
    done = terminal.json("roster", "import", cadres(moving), "--yes")

    assert look["things"] == {"cadre": {"new": 1, "changed": 1, "ended": 0, "unchanged": 0}}
    assert (done["declared"], done["edition"]) == (2, look["edition"] + 2)
    terminal("roster", "export", str(tmp_path / "then.xlsx"), "--on", "2999-01-01")
    again = terminal.json("roster", "import", str(tmp_path / "then.xlsx"), "--dry-run")
    assert (again["changes"], again["rejected"], again["rows"]) == ([], [], 30)
