"""Tests which parts can be sealed, and the refusals of the others."""

import pytest

from casework.seal.parts import SealRefused, plaintext


@pytest.mark.parametrize(
    ("member", "value", "stored"),
    [
        ("note", "路灯已换", '"路灯已换"'),
        ("note", 'a "quoted"\nline', r'"a \"quoted\"\nline"'),
        ("note", "e\u0301", '"é"'),
        (
            "person",
            {"phone": "139", "full_name": " 李扎 ", "identity_number": ""},
            '{"full_name":"李扎","phone":"139"}',
        ),
        (
            "coordinates",
            {"longitude": 99_931_000, "latitude": 22_555_000},
            '{"latitude":22555000,"longitude":99931000}',
        ),
        ("note", "x" * 20_000, '"' + "x" * 20_000 + '"'),
    ],
)
def test_a_part_has_one_canonical_form_in_bytes(member, value, stored):
    assert plaintext(member, value).decode() == stored


@pytest.mark.parametrize(
    ("member", "value", "why"),
    [
        ("note", "", "note is empty"),
        ("note", "x" * 20_001, "20,001 characters, at most 20,000"),
        ("note", "\ud83d", "half a character"),
        ("note", {"a": "b"}, "note is text, not an object"),
        ("note", 7, "note is int"),
        ("note", None, "note is NoneType"),
        ("person", "李扎", "person is an object, not text"),
        ("person", {"full_name": "李扎", "email": "x"}, "no member 'email'"),
        ("person", {"full_name": 7}, "person.full_name is text, not int"),
        ("person", {"full_name": " "}, "person is empty"),
        ("person", {"full_name": "李" * 101}, "101 characters, at most 100"),
        ("coordinates", {"latitude": 22_555_000}, r"coordinates hold \['latitude'\]"),
        ("coordinates", {"latitude": 22.5, "longitude": 99.9}, "coordinates.latitude is 22.5"),
        ("coordinates", {"latitude": True, "longitude": 1}, "coordinates.latitude is True"),
        ("coordinates", {"latitude": 90_000_001, "longitude": 0}, "from -90000000 to 90000000"),
    ],
)
def test_a_part_that_cannot_be_sealed_is_refused_with_the_reason(member, value, why):
    with pytest.raises(SealRefused, match=why) as refused:
        plaintext(member, value)

    assert refused.value.member.startswith(member)
