"""Accounts on the command line: made, reset, disabled and listed; no password on it, and a code shown once."""

import re

from casework.application.signing_in import Wish, sign_in
from casework.bootstrap import open_house
from casework.settings import load
from tests.stories.terminal import LOG, Terminal, opened

CODE = re.compile(r"([a-z2-9]{4}-){3}[a-z2-9]{4}")
CHEAP = {"CASEWORK_ACCOUNTS__HASH_KIB": "64", "CASEWORK_ACCOUNTS__HASH_PASSES": "1"}


def entered(terminal, login, password, **more):
    """Sign in on the machine itself; the session."""
    house = open_house(load(terminal.environment, terminal.folder))
    try:
        return sign_in(house, LOG, Wish(login=login, password=password, **more)).about
    finally:
        house.close()


def test_the_first_administrator_comes_with_the_log(tmp_path):
    terminal = Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}", extra=CHEAP)
    said = terminal("init", LOG, "--county", "澜沧县", "--administrator", "beaver")
    code = CODE.search(said)
    assert code is not None

    session = entered(terminal, "beaver", code[0], new_password="a dam of willow sticks")
    assert (session.actor, session.role) == ("cadre/beaver", "administrator")
    assert code[0] not in terminal("account", "list")


def test_a_first_administrator_that_cannot_be_leaves_nothing_half_done(tmp_path):
    terminal = Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}", extra=CHEAP)

    assert "telephone" in terminal.refused("init", LOG, "--administrator", "13900001111")
    assert not (tmp_path / "casework.db").exists()


def test_an_account_goes_through_its_life(tmp_path):
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


def test_a_token_may_be_for_less(tmp_path):
    terminal = opened(Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}"))
    made = terminal.json("token", "create", "--as", "cadre/heron", "--role", "dispatcher", "--scope", "read")

    assert made["about"]["scopes"] == ["read"]
    assert terminal.json("token", "list")[0]["scopes"] == ["read"]
