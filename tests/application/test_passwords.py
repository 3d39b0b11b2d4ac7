"""Tests password rules and hashes."""

import pytest

from casework.application.accounts import passwords
from casework.application.runtime.problem import Problem
from casework.settings import Accounts

CHEAP = Accounts(hash_kib=64, hash_passes=1)


@pytest.mark.parametrize(
    "good", ["three herons reed", "江边有三只白鹭在等月亮出来", "  spaces at ends  ", "8-2-7-4 otters"]
)
def test_length_is_all_that_is_asked_for(good):
    passwords.check(good, "owl", 12)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("too short", "password-too-short"),
        ("一二三四五六七", "password-too-short"),
        ("x" * 201, "password-too-long"),
        ("password1234", "password-obvious"),
        ("2026Password!!", "password-obvious"),
        ("Passw0rd2026", "password-obvious"),
        ("woaizhongguo1314", "password-obvious"),
        ("为人民服务20261001", "password-obvious"),
        ("aaaaaaaaaaaaaaa", "password-obvious"),
        ("abababababababab", "password-obvious"),
        ("123456789012", "password-obvious"),
        ("ponmlkjihgfe", "password-obvious"),
        ("qwertyuiopas", "password-obvious"),
        ("heron-heron-2026", "password-obvious"),
        ("ｐａｓｓｗｏｒｄ１２３４", "password-obvious"),
    ],
)
def test_what_is_short_or_guessed_first_is_refused_and_not_said_back(bad, code):
    with pytest.raises(Problem) as refused:
        passwords.check(bad, "heron", 12)

    assert refused.value.code == code
    assert bad not in refused.value.zh + refused.value.en


def test_a_hash_names_how_it_was_made_and_is_another_each_time():
    hasher = passwords.hasher(CHEAP)
    first, second = hasher.hash("three herons"), hasher.hash("three herons")

    assert first.startswith("$argon2id$v=19$m=64,t=1,p=1$")
    assert first != second
    assert hasher.proves("three herons", first)
    assert not hasher.proves("three heron", first)
    assert not hasher.proves("three herons", "")
    assert not hasher.proves("three herons", "$nonsense")


def test_one_password_is_the_same_however_a_keyboard_composes_it():
    hasher = passwords.hasher(CHEAP)

    assert hasher.proves("café ＡＢＣ", hasher.hash("cafe\u0301 ABC"))


def test_a_hash_of_other_settings_is_seen_to_be_outdated():
    kept = passwords.hasher(CHEAP).hash("three herons")

    assert not passwords.hasher(CHEAP).is_outdated(kept)
    assert passwords.hasher(Accounts(hash_kib=128, hash_passes=1)).is_outdated(kept)


def test_codes_differ_and_are_long():
    codes = {passwords.code() for _ in range(50)}

    assert len(codes) == 50
    assert {len(code) for code in codes} == {19}
