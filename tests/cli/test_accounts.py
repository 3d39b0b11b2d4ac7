"""Tests accounts on the command line: creating, resetting, disabling, linking."""

import re

from click.testing import CliRunner

from casework.__main__ import WIRING
from casework.application.accounts.provider_links import login_of
from casework.application.accounts.sign_in import Wish, sign_in
from casework.bootstrap import open_runtime
from casework.cli import main
from casework.settings import load
from tests.stories.terminal import LOG, Terminal, opened

CODE = re.compile(r"([a-z2-9]{4}-){3}[a-z2-9]{4}")
CHEAP = {"CASEWORK_ACCOUNTS__HASH_KIB": "64", "CASEWORK_ACCOUNTS__HASH_PASSES": "1"}


def entered(terminal, login, password, **more):
    """Sign in on the machine itself; the session."""
    runtime = open_runtime(load(terminal.environment, terminal.folder))
    try:
        return sign_in(runtime, LOG, Wish(login=login, password=password, **more)).about
    finally:
        runtime.close()


def test_opening_a_log_creates_the_first_administrator(tmp_path):
    terminal = Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}", extra=CHEAP)
    said = terminal("init", LOG, "--county", "澜沧县", "--administrator", "beaver")
    code = CODE.search(said)
    assert code is not None

    session = entered(terminal, "beaver", code[0], new_password="a dam of willow sticks")
    assert (session.actor, session.role) == ("cadre/beaver", "administrator")
    assert code[0] not in terminal("account", "list")


def test_an_invalid_first_administrator_leaves_no_log(tmp_path):
    terminal = Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}", extra=CHEAP)

    assert "telephone" in terminal.refused("init", LOG, "--administrator", "13900001111")
    assert not (tmp_path / "casework.db").exists()


def test_an_account_is_created_reset_disabled_and_listed(tmp_path):
    terminal = opened(Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}", extra=CHEAP))
    made = terminal.json("account", "create", "heron", "--as", "cadre/heron")
    assert CODE.fullmatch(made["code"])
    entered(terminal, "heron", made["code"], new_password="three herons in the reed", device="phone")
    (phone,) = terminal.json("account", "show", "heron")
    assert phone["device"] == "phone"
    terminal("account", "sign-out", "heron", phone["id"])
    assert terminal.json("account", "show", "heron") == []

    assert terminal.json("account", "disable", "heron")["state"] == "disabled"
    assert terminal.json("account", "enable", "heron")["state"] == "active"
    again = terminal.json("account", "reset", "heron")
    assert again["code"] != made["code"]
    assert terminal.json("account", "unlock", "heron")["must_change"] is True
    assert [one["login"] for one in terminal.json("account", "list")] == ["heron"]
    assert "heron" in terminal("account", "list")
    assert "nearest: heron" in terminal.refused("account", "reset", "heorn")
    assert "no cadre/nobody" in terminal.refused("account", "create", "nobody", "--as", "cadre/nobody")


THERE = {
    "CASEWORK_ISSUER__URL": "https://id.lark.example",
    "CASEWORK_ISSUER__CLIENT": "casework",
    "CASEWORK_ISSUER__ADDRESS": "https://casework.example",
}


def with_accounts(tmp_path, *logins):
    terminal = opened(Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}", extra=CHEAP | THERE))
    for login in logins:
        terminal("account", "create", login, "--as", f"cadre/{login}")
    return terminal


def linked(terminal):
    return [one["login"] for one in terminal.json("account", "list") if one["linked"]]


def asked(terminal, login, subject):
    """Link LOGIN to what is typed."""
    words = ["account", "link", login]
    return CliRunner(env=terminal.environment).invoke(main, words, obj=WIRING, input=f"{subject}\n")


def test_an_account_is_linked_to_an_external_identity(tmp_path):
    terminal = with_accounts(tmp_path, "heron", "crane")

    assert "heron is linked" in asked(terminal, "heron", "s-1").stdout
    assert linked(terminal) == ["heron"]
    assert "linked to the account heron" in asked(terminal, "crane", "s-1").stderr
    assert "linked to nobody" in terminal("account", "unlink", "heron")
    assert asked(terminal, "crane", "s-1").exit_code == 0
    assert linked(terminal) == ["crane"]
    assert b"s-1" not in (tmp_path / "casework.db").read_bytes()


def test_a_file_of_links_is_applied_as_a_whole_or_not_at_all(tmp_path):
    terminal = with_accounts(tmp_path, "heron", "crane", "egret")
    file = tmp_path / "links.csv"

    def refused(text, encoding="utf-8"):
        file.write_bytes(text.encode(encoding))
        said = terminal.refused("account", "link-all", str(file))
        assert linked(terminal) == []
        return said

    assert "names the columns" in refused("heron,s-1\n")
    assert "line 3: there is no account nobody" in refused("login,subject\nheron,s-1\nnobody,s-2\n")
    assert "line 3 of links.csv lacks" in refused("login,subject\nheron,s-1\ncrane,\n")
    assert "rounded" in refused("login,subject\nheron,5.33E+17\n")
    assert "account heron" in refused("login,subject\nheron,s-1\ncrane,s-1\n")
    assert "not CSV from line 2" in refused('login,subject\nheron,"s"1\n')
    assert "1 to 255" in refused(f"login,subject\nheron,{'s' * 256}\n")
    assert "cannot read" in terminal.refused("account", "link-all", str(tmp_path / "none.csv"))

    file.write_bytes("登录名,姓名,标识\r\nheron,某,s-1\r\n\r\ncrane,某,s-2\r\n".encode("gb18030"))
    assert terminal.json("account", "link-all", str(file)) == {"lines": 2, "changed": 2}
    # two change places, which no order of one by one would let them
    file.write_text("login,subject\nheron,s-2\ncrane,s-1\negret,s-3\n", "utf-8")
    assert terminal.json("account", "link-all", str(file)) == {"lines": 3, "changed": 3}
    assert terminal.json("account", "link-all", str(file)) == {"lines": 3, "changed": 0}
    assert linked(terminal) == ["crane", "egret", "heron"]


def test_an_account_link_survives_a_change_of_the_wrapping_key(tmp_path):
    terminal = with_accounts(tmp_path, "heron")
    asked(terminal, "heron", "s-1")
    terminal("keys", "rotate", "--to", str(tmp_path / "next.key"))
    terminal.extra = {**terminal.extra, "CASEWORK_KEY_FILE": str(tmp_path / "next.key")}

    runtime = open_runtime(load(terminal.environment, terminal.folder))
    try:
        assert login_of(runtime, LOG, THERE["CASEWORK_ISSUER__URL"], "s-1") == "heron"
        assert login_of(runtime, LOG, "https://id.other.example", "s-1") == ""
    finally:
        runtime.close()


def test_a_token_may_be_limited_to_less_than_its_account(tmp_path):
    terminal = opened(Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}"))
    made = terminal.json("token", "create", "--as", "cadre/heron", "--role", "dispatcher", "--scope", "read")

    assert made["about"]["scopes"] == ["read"]
    assert terminal.json("token", "list")[0]["scopes"] == ["read"]
