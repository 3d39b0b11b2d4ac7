"""Tests password rules and hashes."""

import pytest

from casework.application.accounts import passwords
from casework.application.runtime.problem import Problem
from casework.settings import Accounts

CHEAP = Accounts(hash_kib=64, hash_passes=1)


@pytest.mark.parametrize(
    "good", ["three herons reed", "江边有三只白鹭在等月亮出来", "  spaces at ends  ", "8-2-7-4 otters"]
)
def test_a_long_password_is_accepted_with_any_characters(good):
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
def test_a_weak_password_is_refused_without_being_quoted(bad, code):
    with pytest.raises(Problem) as refused:
        passwords.check(bad, "heron", 12)

    assert refused.value.code == code
    assert bad not in refused.value.zh + refused.value.en


def test_a_hash_names_its_parameters_and_differs_each_time():
    hasher = passwords.hasher(CHEAP)
    first, second = hasher.hash("three herons"), hasher.hash("three herons")

    assert first.startswith("$argon2id$v=19$m=64,t=1,p=1$")
    assert first != second
    assert hasher.proves("three herons", first)
    assert not hasher.proves("three heron", first)
    assert not hasher.proves("three herons", "")
    assert not hasher.proves("three herons", "$nonsense")


def test_a_password_matches_in_any_unicode_composition():
    hasher = passwords.hasher(CHEAP)

    assert hasher.proves("café ＡＢＣ", hasher.hash("cafe\u0301 ABC"))


def test_a_hash_made_with_other_settings_is_outdated():
    kept = passwords.hasher(CHEAP).hash("three herons")

    assert not passwords.hasher(CHEAP).is_outdated(kept)
    assert passwords.hasher(Accounts(hash_kib=128, hash_passes=1)).is_outdated(kept)


def test_one_time_codes_are_long_and_all_different():
    codes = {passwords.code() for _ in range(50)}

    assert len(codes) == 50
    assert {len(code) for code in codes} == {19}
