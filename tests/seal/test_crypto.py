"""Tests that one sealed part opens only at its place and with its key."""

import hashlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as some

from casework.seal import crypto
from casework.seal.keys import WrappingKey

KEK = bytes(32)
HERE = crypto.place("530828", "case/1", "command-1", 0, "note")


@given(some.binary(min_size=1, max_size=2_000))
def test_sealed_bytes_open_to_the_same_bytes(clear):
    _, wrapped, blob, digest = crypto.encrypt(clear, HERE, KEK)

    assert crypto.decrypt(wrapped, blob, HERE, KEK) == clear
    assert digest == hashlib.sha256(blob).hexdigest()
    assert len(blob) == 12 + len(clear) + 16
    assert len(wrapped) == 40


def test_a_place_has_exactly_the_documented_bytes():
    assert crypto.place("530828", "case/1", "c", 2, "person") == b"casework/seal/v1\n530828\ncase/1\nc\n2.person"


@pytest.mark.parametrize(
    "elsewhere",
    [
        ("us-boston", "case/1", "command-1", 0, "note"),
        ("530828", "case/2", "command-1", 0, "note"),
        ("530828", "case/1", "command-2", 0, "note"),
        ("530828", "case/1", "command-1", 1, "note"),
        ("530828", "case/1", "command-1", 0, "answer"),
    ],
)
def test_a_sealed_part_does_not_open_at_another_place(elsewhere):
    _, wrapped, blob, _ = crypto.encrypt(b'"text"', HERE, KEK)
    with pytest.raises(crypto.Broken):
        crypto.decrypt(wrapped, blob, crypto.place(*elsewhere), KEK)


def test_a_blob_with_a_flipped_bit_does_not_open():
    _, wrapped, blob, _ = crypto.encrypt(b'"text"', HERE, KEK)
    for at in range(len(blob)):
        changed = bytearray(blob)
        changed[at] ^= 1
        with pytest.raises(crypto.Broken):
            crypto.decrypt(wrapped, bytes(changed), HERE, KEK)


def test_a_wrong_wrapping_key_is_distinguished_from_a_broken_blob():
    _, wrapped, blob, _ = crypto.encrypt(b'"text"', HERE, KEK)
    with pytest.raises(crypto.WrongKey):
        crypto.decrypt(wrapped, blob, HERE, os.urandom(32))
    with pytest.raises(crypto.WrongKey):
        crypto.decrypt(wrapped[:-1], blob, HERE, KEK)


def test_sealing_the_same_text_twice_gives_different_bytes():
    sealed = [crypto.encrypt(b'"text"', HERE, KEK) for _ in range(50)]

    for column in zip(*sealed, strict=True):
        assert len(set(column)) == 50


def test_a_part_sealed_by_the_first_version_still_opens():
    """Stored forever: the file of a key, the wrapped key and the blob as they were written once."""
    kek = WrappingKey(bytes(range(32))).derived("wrap", "530828")
    wrapped = bytes.fromhex("ddf2173272f38667c20dbdc12a867f8b816c152ab9929e393d96935b482097de676169f5b7256a39")
    blob = bytes.fromhex(
        "f0a8f885eccbd99c2a33e1d74ca144cbb20380425b47fb9bbc9a917a2b1e1fe88b1711227fc9ac10848cef73ae0fc705ef14c2b1"
        "03e621f192e25c8881c2b96641a7cfe0469ff3424711"
    )
    clear = crypto.decrypt(wrapped, blob, crypto.place("530828", "case/1", "c1", 0, "person"), kek)

    assert clear.decode() == '{"full_name":"李扎","phone":"139 8765 4321"}'
    assert WrappingKey(bytes(range(32))).id == "2879bc690a6765a8"


def test_key_ids_made_together_sort_together_and_are_unique():
    kids = [crypto.encrypt(b"x", HERE, KEK)[0] for _ in range(1_000)]

    assert len(set(kids)) == 1_000
    assert [kid[:12] for kid in kids] == sorted(kid[:12] for kid in kids)
    assert all(len(kid) == 32 for kid in kids)
