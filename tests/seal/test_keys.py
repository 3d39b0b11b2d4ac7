"""Tests creating, loading and refusing wrapping keys."""

import os
import stat

import pytest

from casework.seal import keys
from casework.seal.keys import KeyRefused, WrappingKey


@pytest.fixture(autouse=True)
def no_key_in_the_environment(monkeypatch):
    monkeypatch.delenv(keys.ENVIRONMENT, raising=False)


def test_a_new_key_has_32_random_bytes_and_only_its_owner_reads_it(tmp_path):
    first = keys.create(tmp_path / "one.key")
    second = keys.create(tmp_path / "two.key")

    assert (tmp_path / "one.key").stat().st_size == 32
    assert stat.S_IMODE((tmp_path / "one.key").stat().st_mode) == 0o600
    assert first.id != second.id


def test_a_loaded_key_equals_the_created_key(tmp_path):
    made = keys.create(tmp_path / "key")
    loaded = keys.load(tmp_path / "key")

    assert (loaded.id, loaded.derived("wrap", "530828")) == (made.id, made.derived("wrap", "530828"))


def test_an_existing_key_is_never_overwritten(tmp_path):
    made = keys.create(tmp_path / "key")
    with pytest.raises(KeyRefused, match=r"exists already.*only key"):
        keys.create(tmp_path / "key")

    assert keys.load(tmp_path / "key").id == made.id


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o660])
def test_a_key_that_others_can_read_or_change_is_refused(tmp_path, mode):
    keys.create(tmp_path / "key")
    (tmp_path / "key").chmod(mode)
    with pytest.raises(KeyRefused, match=rf"mode 0{mode:o}.*chmod 600"):
        keys.load(tmp_path / "key")


def test_a_missing_key_is_refused_with_its_path_and_the_next_step(tmp_path):
    with pytest.raises(KeyRefused, match=r"no wrapping key at .*absent\.key.*casework init"):
        keys.load(tmp_path / "absent.key")
    with pytest.raises(KeyRefused, match=r"CASEWORK_WRAPPING_KEY"):
        keys.load()


def test_creating_a_key_in_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(KeyRefused, match="cannot write the wrapping key"):
        keys.create(tmp_path / "no" / "key")


@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 33, b"z" * 64])
def test_a_key_file_of_another_length_is_refused(tmp_path, content):
    path = tmp_path / "key"
    path.touch(0o600)
    path.write_bytes(content)
    with pytest.raises(KeyRefused, match=rf"holds no wrapping key.*this is {len(content)} bytes"):
        keys.load(path)


def test_a_hex_key_in_the_environment_takes_precedence_over_the_file(tmp_path, monkeypatch):
    keys.create(tmp_path / "key")
    monkeypatch.setenv(keys.ENVIRONMENT, "ab" * 32)

    assert keys.load(tmp_path / "key").id == WrappingKey(b"\xab" * 32).id
    monkeypatch.setenv(keys.ENVIRONMENT, "secret")
    with pytest.raises(KeyRefused, match="environment variable CASEWORK_WRAPPING_KEY holds no wrapping key"):
        keys.load(tmp_path / "key")


def test_a_key_copied_as_hex_into_a_file_is_the_same_key(tmp_path):
    path = tmp_path / "key"
    path.touch(0o600)
    path.write_text("AB" * 32 + "\n")

    assert keys.load(path).id == WrappingKey(b"\xab" * 32).id


def test_every_purpose_and_every_log_has_its_own_derived_key():
    key = WrappingKey(bytes(32))
    derived = [key.derived(purpose, log) for purpose in ("wrap", "tokens") for log in ("530828", "us-boston")]

    assert len(set(derived)) == 4


def test_the_repr_of_a_key_does_not_show_its_bytes():
    key = WrappingKey(b"\xab" * 32)

    assert repr(key) == f"WrappingKey(id={key.id!r})"
    assert "abab" not in repr(key)


def test_keys_are_derived_by_hkdf_sha256_as_published():
    """HKDF-SHA256 written out (RFC 5869): the holder of the key can open the seal without this code."""
    import hashlib
    import hmac

    secret = bytes(range(32))
    extracted = hmac.digest(bytes(32), secret, hashlib.sha256)
    expected = hmac.digest(extracted, b"casework/wrap/v1\n530828\x01", hashlib.sha256)

    assert WrappingKey(secret).derived("wrap", "530828") == expected
