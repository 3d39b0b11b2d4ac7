"""Tests the command line itself: help, errors, exit statuses, language."""

import stat
import subprocess
import sys
from importlib import import_module
from inspect import cleandoc
from pathlib import Path

import pytest

from casework.cli import commands
from casework.law.kinds import COMMANDS
from tests.stories.terminal import LOG, Terminal, opened


@pytest.fixture
def terminal(tmp_path) -> Terminal:
    return Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}")


def test_the_help_lists_the_main_commands(terminal):
    shown = terminal.run("--help").stdout

    for command in ("init", "migrate", "import", "ask", "case", "replay", "projections", "export", "doctor", "do"):
        assert f" {command} " in shown


def test_every_command_has_its_module_and_summary_in_the_table():
    files = {
        path.stem for path in Path(commands.__file__).parent.glob("*.py") if "\nCOMMANDS" in path.read_text("utf-8")
    }
    defined = {
        command.name: (file, command) for file in files for command in import_module(f"casework.cli.{file}").COMMANDS
    }

    assert {name: file for name, (file, _) in defined.items()} == commands.MODULE_OF
    helps = {name: cleandoc(command.help).partition("\n\n")[0] for name, (_, command) in defined.items()}
    assert helps == commands.SUMMARY_OF


@pytest.mark.parametrize(
    ("words", "not_needed"),
    [
        (
            ["--version"],
            {"sqlalchemy", "casework.law.lifecycle", "casework.application.runtime.runtime", "rich.console"},
        ),
        (["--help"], {"sqlalchemy", "casework.law.kinds", "casework.application.runtime.runtime"}),
        (["ask", "--help"], {"litestar", "uvicorn", "jinja2", "alembic", "xlsxwriter", "argon2"}),
        (["do"], {"sqlalchemy.dialects.postgresql", "http.client", "jinja2", "alembic", "argon2", "python_calamine"}),
    ],
)
def test_a_command_starts_without_loading_unneeded_modules(words, not_needed):
    asked = "import sys\nfrom casework.__main__ import main\ntry: main()\nfinally: print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked, *words], capture_output=True, text=True, check=True).stdout

    assert not not_needed & set(told.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_law_has_a_help_page(terminal, name):
    shown = terminal.run("do", name, "--help").stdout

    assert "--as" in shown
    assert any("\u4e00" <= char <= "\u9fff" for char in shown.partition("key=value:")[0])


def test_do_without_a_command_lists_all_commands_in_groups(terminal):
    lines = terminal("do").splitlines()

    assert {line.split()[0] for line in lines if line.startswith("  ")} == set(COMMANDS)
    assert "The county's log" in lines


def test_init_makes_the_folder_and_a_key_that_only_its_owner_reads(terminal):
    done = terminal.json("init", LOG, "--county", "澜沧县", "--policy", "due_days=15")

    key = terminal.folder / "wrapping.key"
    assert done["key_made"] is True
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    entry = terminal("export")
    assert '"type":"log-opened.v1"' in entry
    assert '"due_days":15' in entry
    assert '"county":"澜沧县"' in entry


def test_init_refuses_an_open_log_and_never_replaces_a_key(terminal):
    terminal("init", LOG)
    key = (terminal.folder / "wrapping.key").read_bytes()

    assert LOG in terminal.refused("init", LOG)
    terminal("init", "530829")
    assert (terminal.folder / "wrapping.key").read_bytes() == key


def test_a_command_must_name_the_log_when_there_are_two(terminal):
    terminal("init", LOG)
    terminal("init", "530829")

    assert "--log" in terminal.refused("export")
    assert '"log":"530829"' in terminal("export", "--log", "530829")
    assert '"log":"530828"' in terminal("--log", LOG, "export")
    assert LOG in terminal.refused("export", "--log", "530827")


def test_a_usage_error_exits_with_2_and_a_refusal_with_1(terminal):
    assert terminal.run("nope").exit_code == 2
    assert terminal.run("do", "register-case").exit_code == 2
    assert terminal.run("ask", "x", "--where", "y").exit_code == 1  # no log yet
    assert terminal.run("export").exit_code == 1


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["xyzzy"], "there are init"),
        (["replai", "1"], "replay"),
        (["do", "register-cas"], "register-case"),
        (["init"], "init 530828"),
        (["init", "Ä"], "lower-case"),
        (["init", LOG, "--time-zone", "Mars/Olympus"], "Asia/Shanghai"),
        (["init", LOG, "--policy", "due_days=-1"], "NAME=NUMBER"),
        (["init", LOG, "--policy", "du_days=1"], "du_days"),
        (["export"], "casework init"),
    ],
)
def test_an_error_is_one_sentence_with_the_next_step(terminal, words, hint):
    assert hint in terminal.refused(*words)


def test_a_setting_that_does_not_exist_is_refused(terminal):
    terminal.extra = {"CASEWORK_LANGAUGE": "en"}

    assert "CASEWORK_LANGUAGE" in terminal.refused("version")


def test_a_foreign_or_readable_wrapping_key_is_refused(terminal):
    terminal("init", LOG)
    (terminal.folder / "wrapping.key").chmod(0o644)

    assert "chmod 600" in terminal.refused("export")
    assert terminal.run("doctor").exit_code == 1


def test_the_terminal_answers_in_chinese_by_default(terminal):
    terminal.language = "zh-CN"

    assert "已开" in terminal("init", LOG)
    assert terminal.refused("case", "530828-2026-000001").startswith("casework: 没有办件")
    assert "there is no case" in terminal.refused("--language", "en", "case", "530828-2026-000001")


def test_casework_runs_as_a_program(terminal):
    assert terminal.process("version").stdout.startswith("casework ")
    done = terminal.process("case", "1")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1


def test_loading_the_same_roster_again_adds_nothing(terminal):
    opened(terminal)
    before = terminal("export")

    again = terminal.json("roster", "load", str(terminal.folder / "roster"), "--since", "2020-01-01")

    assert (again["declared"], again["unchanged"], again["rejects"]) == (0, again["rows"], [])
    assert terminal("export") == before


def test_a_refused_row_is_reported_by_file_and_line_and_others_load(terminal):
    opened(terminal)
    folder = terminal.folder / "more"
    folder.mkdir()
    (folder / "units.csv").write_text("unit,label,parent\nroads,公路站,\nparks,公园站,roadz\n", "utf-8")

    result = terminal.run("roster", "load", str(folder))

    assert result.exit_code == 1
    assert "units.csv:3" in result.stderr
    assert '"stream":"unit/roads"' in terminal("export")


def test_an_unexpected_error_is_answered_in_one_sentence(terminal, monkeypatch):
    terminal("init", LOG)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("somebody's name")

    monkeypatch.setattr("casework.cli.ledgers.lines", broken)

    said = terminal.refused("export")
    assert "RuntimeError" in said
    assert "somebody" not in said
