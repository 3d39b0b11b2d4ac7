"""Tests sealing the parts of commands and opening those of cases."""

import time

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, delete, insert, select, update

from casework.log.entry import Entry
from casework.seal import crypto
from casework.seal.keys import WrappingKey
from casework.seal.parts import Part, SealRefused
from casework.seal.sealing import NOTHING, SealBroken, Sealer, Tombstone, WrongWrappingKey
from casework.seal.tables import keyed_token, sealed_blob, sealed_key, subject_key
from tests.seal.book import CASE, LOG, book, entry_of, keep

SEALER = Sealer(WrappingKey(bytes(range(32))))
PERSON = {"full_name": "李扎", "phone": "139 8765 4321", "identity_number": "11010519491231002X"}
REGISTERED = (
    Part(0, "summary", "村口路灯不亮", ("resident/aa",)),
    Part(0, "person", PERSON, ("resident/aa",)),
    Part(0, "coordinates", {"latitude": 22_555_000, "longitude": 99_931_000}, ("resident/aa",)),
)


@pytest.fixture
def connection(database_url):
    with book(database_url) as connection:
        yield connection


def registered(connection: Connection, **envelope) -> Entry:
    """One entry with three sealed parts, kept."""
    return keep(connection, SEALER, REGISTERED, **envelope)


def test_sealed_parts_open_to_what_was_sealed(connection):
    entry = registered(connection)

    assert SEALER.open(connection, LOG, [entry]) == {
        0: {
            "summary": "村口路灯不亮",
            "person": PERSON,
            "coordinates": {"latitude": 22_555_000, "longitude": 99_931_000},
        }
    }


def test_a_whole_case_opens_at_once_each_part_at_its_entry(connection):
    entries = [
        keep(connection, SEALER, [Part(0, "note", f"第{seq}次走访")], seq=seq, command=f"c{seq}") for seq in range(600)
    ]
    opened = SEALER.open(connection, LOG, [*entries, entry_of(600, "bare", ())])

    assert opened == {seq: {"note": f"第{seq}次走访"} for seq in range(600)}


def test_a_command_without_personal_parts_seals_nothing():
    assert SEALER.seal(LOG, CASE, "c", ()) is NOTHING


def test_parts_of_several_events_open_at_their_own_events(connection):
    parts = [Part(0, "note", "first"), Part(1, "note", "second", stream="case/other")]
    sealed = SEALER.seal(LOG, CASE, "c", parts)
    for table, rows in sealed.beside:
        connection.execute(insert(table), rows)
    entries = [
        entry_of(0, "c", [sealed.commitments[0][1]]),
        replace(entry_of(1, "c", [sealed.commitments[1][1]]), stream="case/other"),
    ]

    assert [event for event, _ in sealed.commitments] == [0, 1]
    assert SEALER.open(connection, LOG, entries) == {0: {"note": "first"}, 1: {"note": "second"}}


def test_sealing_a_member_of_an_event_twice_is_refused():
    with pytest.raises(SealRefused, match="sealed once"):
        SEALER.seal(LOG, CASE, "c", [Part(0, "note", "a"), Part(0, "note", "b")])
    with pytest.raises(SealRefused, match="line feed"):
        SEALER.seal(LOG, CASE, "c\n", [Part(0, "note", "a")])


def test_blobs_swapped_between_entries_are_refused_by_name(connection):
    first = keep(connection, SEALER, [Part(0, "note", "first")], seq=0, command="c0")
    second = keep(connection, SEALER, [Part(0, "note", "other")], seq=1, command="c1")
    a, b = first.sealed[0].kid, second.sealed[0].kid
    bytes_of = {row.kid: row.bytes for row in connection.execute(select(sealed_blob))}
    for kid, other in ((a, b), (b, a)):
        change(connection, sealed_blob, kid, bytes=bytes_of[other])
    with pytest.raises(SealBroken, match=rf"entry 0: the sealed part 'note' \(kid {a}\) was changed: .*SHA-256"):
        SEALER.open(connection, LOG, [first])


def test_parts_swapped_with_keys_and_commitments_do_not_open(connection):
    """An attacker who rewrites all but the tree is found, because the place is bound into the seal."""
    first = keep(connection, SEALER, [Part(0, "note", "first")], seq=0, command="c0")
    second = keep(connection, SEALER, [Part(0, "note", "other")], seq=1, command="c1")
    with pytest.raises(SealBroken, match=r"entry 0.*does not open at this place"):
        SEALER.open(connection, LOG, [replace(first, sealed=second.sealed)])
    other_member = replace(first.sealed[0], member="answer")
    with pytest.raises(SealBroken, match=r"'answer'.*does not open at this place"):
        SEALER.open(connection, LOG, [replace(first, sealed=(other_member,))])


@pytest.mark.parametrize("column", ["event", "wrapped"])
def test_a_changed_place_or_key_of_a_part_is_refused_by_name(connection, column):
    entry = keep(connection, SEALER, [Part(0, "note", "text")])
    kid = entry.sealed[0].kid
    if column == "event":
        change(connection, sealed_blob, kid, event=1)
        why = "does not open at this place"
    else:
        change(connection, sealed_key, kid, wrapped=bytes(40))
        why = "wrapped key that wrapping key [0-9a-f]{16} does not open"
    with pytest.raises(SealBroken, match=why):
        SEALER.open(connection, LOG, [entry])


def test_a_flipped_bit_in_a_blob_is_refused_by_name(connection):
    entry = keep(connection, SEALER, [Part(0, "note", "text")], seq=7)
    kid = entry.sealed[0].kid
    blob = connection.scalars(select(sealed_blob.c.bytes)).one()
    change(connection, sealed_blob, kid, bytes=blob[:-1] + bytes([blob[-1] ^ 1]))
    with pytest.raises(SealBroken, match=rf"entry 7: the sealed part 'note' \(kid {kid}\) was changed") as broken:
        SEALER.open(connection, LOG, [entry])

    assert (broken.value.seq, broken.value.member, broken.value.kid) == (7, "note", kid)


def test_a_wrong_wrapping_key_is_refused_with_the_id_of_the_right_one(connection):
    entry = registered(connection)
    other = Sealer(WrappingKey(bytes(32)))
    with pytest.raises(WrongWrappingKey, match=f"under wrapping key {SEALER.key.id}, but {other.key.id} is loaded"):
        other.open(connection, LOG, [entry])


def test_a_seal_of_an_unknown_kind_is_refused_as_a_newer_version(connection):
    entry = keep(connection, SEALER, [Part(0, "note", "text")])
    newer = replace(entry.sealed[0], alg="SM4GCM")
    with pytest.raises(SealBroken, match=r"sealed with SM4GCM.*newer"):
        SEALER.open(connection, LOG, [replace(entry, sealed=(newer,))])


@pytest.mark.parametrize("table", [sealed_key, sealed_blob])
def test_a_part_lost_without_an_erasure_entry_is_missing(connection, table):
    entry = keep(connection, SEALER, [Part(0, "note", "text"), Part(0, "answer", "kept")])
    kid = entry.sealed[0].kid
    connection.execute(delete(table).where(table.c.kid == kid))

    assert SEALER.open(connection, LOG, [entry]) == {0: {"note": Tombstone("note", kid, "missing"), "answer": "kept"}}


def test_one_phone_written_in_two_forms_finds_both_cases(connection):
    keep(connection, SEALER, [Part(0, "person", {"phone": "139 8765 4321"})], seq=0, command="c0")
    keep(connection, SEALER, [Part(0, "person", {"phone": "+8613987654321"})], seq=1, command="c1", stream="case/2")
    keep(connection, SEALER, [Part(0, "person", {"phone": "13900000001"})], seq=2, command="c2", stream="case/3")

    assert SEALER.find_person(connection, LOG, "139-8765-4321") == (CASE, "case/2")
    assert SEALER.find_person(connection, "us-boston", "139-8765-4321") == ()
    assert SEALER.find_person(connection, LOG, "无") == ()


def test_a_search_finds_the_latest_of_many_cases_of_one_person(connection, monkeypatch):
    now = time.time_ns()
    for number in range(5):
        monkeypatch.setattr(crypto.time, "time_ns", lambda at=now + number * 10_000_000: at)
        part = Part(0, "person", {"phone": "13987654321"})
        keep(connection, SEALER, [part], seq=number, command=f"c{number}", stream=f"case/{number}")

    assert SEALER.find_person(connection, LOG, "13987654321", latest=2) == ("case/3", "case/4")


def test_a_person_is_found_by_identity_number_and_a_case_by_its_summary(connection):
    registered(connection)

    assert SEALER.find_person(connection, LOG, "11010519491231002x") == (CASE,)
    assert SEALER.find_text(connection, LOG, "村口，路灯不亮！") == (CASE,)
    assert SEALER.find_text(connection, LOG, "路灯不亮") == ()


def test_two_logs_hold_different_tokens_and_different_keys(connection):
    for log in (LOG, "us-boston"):
        keep(connection, SEALER, REGISTERED, log=log)
    tokens = connection.execute(select(keyed_token.c.log, keyed_token.c.token)).all()

    assert len({token for _, token in tokens}) == len(tokens) == 6
    stranger = entry_of(0, "c0", registered_commitments(connection, LOG))
    assert SEALER.open(connection, "us-boston", [stranger])[0]["summary"] == Tombstone(
        "summary", stranger.sealed[0].kid, "missing"
    )


def test_a_part_about_two_persons_is_indexed_for_both(connection):
    keep(connection, SEALER, [Part(0, "details", "李扎和王五", ("resident/aa", "resident/bb", "resident/aa"))])

    assert sorted(connection.scalars(select(subject_key.c.subject))) == ["resident/aa", "resident/bb"]


def test_the_digest_of_a_command_depends_on_content_actor_and_log():
    digests = {
        SEALER.digest(log, actor, content)
        for log in (LOG, "us-boston")
        for actor in ("cadre/1", "cadre/2")
        for content in (b"a", b"b")
    }

    assert len(digests) == 8
    assert SEALER.digest(LOG, "cadre/1", b"a") == SEALER.digest(LOG, "cadre/1", b"a")
    assert SEALER.row_digest(LOG, b"a") not in digests


def change(connection, table, kid, **values):
    """Tamper with one row."""
    assert connection.execute(update(table).where(table.c.kid == kid).values(**values)).rowcount == 1


def registered_commitments(connection, log):
    """Commitments as the entries of a log would hold them, read back from the blobs."""
    from casework.log.entry import Commitment

    rows = connection.execute(select(sealed_blob).where(sealed_blob.c.log == log).order_by(sealed_blob.c.kid))
    return [
        Commitment(member="summary", kid=row.kid, alg=row.alg, len=len(row.bytes), sha256=row.sha256) for row in rows
    ][:1]
