"""Tests the canonical bytes of entries: writing, reading, refusing."""

import hashlib
import json
import unicodedata
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.law.county.events import LogOpened
from casework.law.policy import Policy
from casework.log import codec
from casework.log.entry import (
    MAX_ENTRY_BYTES,
    Entry,
    EntryRefused,
    EntryTooLarge,
    as_recorded,
    canonical,
    decode,
    encode,
    encode_data,
    leaf_hash,
)
from casework.log.errors import EntryUnknown

ENVELOPE: dict[str, Any] = {
    "log": "530828", "seq": 0, "stream": "county/530828", "rev": 0, "type": "log-opened.v1",
    "at": "2026-03-02T04:00:00.000Z", "recorded_on": "2026-03-02", "actor": "cadre/1", "role": "administrator",
    "command": "c-1", "source": "cli", "salt": "00" * 16,
}  # fmt: skip
OPENED = LogOpened(origin="a.example/l", county="澜沧", time_zone="Asia/Shanghai", law=1, clock="real", policy=Policy())

text = st.text().filter(lambda word: unicodedata.is_normalized("NFC", word))
keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
leaves = st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text
facts = st.dictionaries(
    keys, st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3)),
    max_size=4,
)  # fmt: skip


def test_an_entry_has_exactly_the_documented_bytes():
    stored = encode(Entry(**ENVELOPE, data={"b": 1, "a": ["乡", True]}))

    assert stored.decode() == (
        '{"actor":"cadre/1","at":"2026-03-02T04:00:00.000Z","command":"c-1","data":{"a":["乡",true],"b":1},'
        '"log":"530828","recorded_on":"2026-03-02","rev":0,"role":"administrator",'
        '"salt":"00000000000000000000000000000000","seq":0,"source":"cli","stream":"county/530828",'
        '"type":"log-opened.v1","v":1}'
    )
    assert leaf_hash(stored) == hashlib.sha256(b"\0" + stored).digest()


@settings(max_examples=50)
@given(facts)
def test_canonical_bytes_equal_those_of_any_sorting_encoder(value):
    plain = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    assert canonical(value) == plain
    assert canonical(json.loads(plain)) == plain


@settings(max_examples=50)
@given(facts)
def test_an_entry_is_read_as_it_was_written(value):
    stored = encode(Entry(**ENVELOPE, data=msgspec.Raw(canonical(value))))

    assert canonical(json.loads(stored)) == stored
    assert decode(stored).data == value


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ({"a": 1.5}, "a: 1.5"),
        ({"a": {"b": [1, None]}}, "a.b[1]: is null"),
        ({"a": None}, "a: is null"),
        ({"a": 2**53}, "a: 9007199254740992"),
        ({"a": [-(2**53)]}, "a[0]: -9007199254740992"),
        ({"A": 1}, "'A'"),
        ({"a": {"乡": 1}}, "a: '乡'"),
        ({"": 1}, "''"),
        ({"a": "e\u0301"}, "a: 'e\u0301'"),
        ({"a": ["\ud800"]}, "a[0]: holds half a character"),
        ({"a": 1e300}, "a: 1e+300"),
        ({"a": [0.5]}, "a[0]: 0.5"),
    ],
)
def test_a_value_without_a_canonical_form_is_refused_by_name(value, named):
    for write in (canonical, lambda data: encode(Entry(**ENVELOPE, data=data))):
        with pytest.raises(EntryRefused) as refused:
            write(value)
        assert named in str(refused.value)
    try:
        raw = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return
    if named in {"'A'", "''"}:
        return  # encoded data comes from a struct, whose members are looked at once, below
    with pytest.raises(EntryRefused):
        encode(Entry(**ENVELOPE, data=msgspec.Raw(raw)))


@pytest.mark.parametrize("harmless", ['":null', ",1.5", '{"A":1}', "[2e5", '":1234567890123456'])
def test_unusual_but_valid_text_is_accepted(harmless):
    stored = encode(Entry(**ENVELOPE, data={"a": harmless, "b": [harmless]}))

    assert decode(stored).data == {"a": harmless, "b": [harmless]}


def test_the_longest_entry_is_65535_bytes():
    room = MAX_ENTRY_BYTES - len(encode(Entry(**ENVELOPE, data={"a": ""})))

    assert len(encode(Entry(**ENVELOPE, data={"a": "x" * room}))) == MAX_ENTRY_BYTES
    with pytest.raises(EntryTooLarge, match="65536 bytes"):
        encode(Entry(**ENVELOPE, data={"a": "x" * (room + 1)}))


def test_members_of_a_newer_version_are_ignored():
    stored = encode(Entry(**ENVELOPE, data=encode_data(OPENED)))
    newer = json.loads(stored)
    newer["mood"] = "calm"
    newer["data"]["weather"] = "fair"

    assert codec.recorded_from_bytes(canonical(newer)) == codec.recorded_from_bytes(stored)


def test_three_ways_to_read_an_entry_agree():
    entry = Entry(**ENVELOPE, occurred_on="2026-03-01", for_="cadre/2", unit="u", data=encode_data(OPENED))
    stored = encode(entry)

    assert as_recorded(entry, OPENED) == codec.recorded(decode(stored)) == codec.recorded_from_bytes(stored)
    assert codec.recorded(entry).event == OPENED
    assert codec.recorded(entry).counts_for == "cadre/2"


def test_an_unknown_event_is_refused_by_name():
    stored = encode(Entry(**(ENVELOPE | dict[str, Any](type="moon-landed.v1")), data={}))
    for read in (codec.recorded_from_bytes, lambda stored: codec.recorded(decode(stored))):
        with pytest.raises(EntryUnknown, match=r"moon-landed\.v1"):
            read(stored)


def test_every_event_has_members_that_can_be_stored():
    for name, event in codec.EVENTS.items():
        assert event.name == name
        for member in event.__struct_encode_fields__:
            assert canonical({member: 1}), name
