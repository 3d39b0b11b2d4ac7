"""Tests erasure: keys are destroyed, texts become tombstones, entries and commitments stay."""

from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from casework.law.county.events import PersonalDataErased
from casework.log import schema
from casework.seal import erasure
from casework.seal.keys import WrappingKey
from casework.seal.parts import Part
from casework.seal.sealing import Sealer, Tombstone
from casework.seal.tables import BY_KID, sealed_blob
from tests.seal.book import LOG, book, keep, say_erased

SEALER = Sealer(WrappingKey(bytes(range(32))))
LI, WANG, ZHA = "resident/aa", "resident/bb", "resident/cc"
LI_HERSELF = {"full_name": "李扎", "phone": "13987654321"}


@pytest.fixture
def connection(database_url):
    with book(database_url) as connection:
        yield connection


@pytest.fixture
def entries(connection):
    """Li asks and a note tells of her; another note names Li and Wang; Wang asks too."""
    told = [
        [Part(0, "person", LI_HERSELF, (LI,)), Part(0, "summary", "路灯不亮", (LI,))],
        [Part(0, "note", "见到李扎", (LI,))],
        [Part(0, "note", "李扎和王五争地", (LI, WANG))],
        [Part(0, "person", {"full_name": "王五", "phone": "13900000001"}, (WANG,))],
    ]
    return [keep(connection, SEALER, parts, seq=seq, command=f"c{seq}") for seq, parts in enumerate(told)]


def kids(entry):
    return [commitment.kid for commitment in entry.sealed]


def test_parts_about_one_person_are_separated_from_shared_ones(connection, entries):
    concern = erasure.concern(connection, LOG, [LI])

    assert set(concern.own) == {*kids(entries[0]), *kids(entries[1])}
    assert concern.shared == {kids(entries[2])[0]: (WANG,)}
    assert erasure.concern(connection, LOG, [LI, WANG]).shared == {}
    assert erasure.concern(connection, "us-boston", [LI]) == erasure.Concern((), {})


def test_destroying_keys_makes_tombstones_and_leaves_other_parts(connection, entries):
    concern = erasure.concern(connection, LOG, [LI])
    destroyed = erasure.destroy(connection, LOG, concern.own)
    say_erased(connection, concern.own)
    opened = SEALER.open(connection, LOG, entries)

    assert destroyed == erasure.Destroyed(keys=3, blobs=3, tokens=2, commands=2)
    assert opened[0] == {
        member: Tombstone(member, kid, "erased")
        for member, kid in zip(("person", "summary"), kids(entries[0]), strict=True)
    }
    assert opened[1] == {"note": Tombstone("note", kids(entries[1])[0], "erased")}
    assert opened[2] == {"note": "李扎和王五争地"}
    assert opened[3] == {"person": {"full_name": "王五", "phone": "13900000001"}}


def test_after_an_erasure_commitments_stay_and_no_row_holds_the_keys(connection, entries):
    before = [entry.sealed for entry in entries]
    own = erasure.concern(connection, LOG, [LI]).own
    erasure.destroy(connection, LOG, own)

    assert [entry.sealed for entry in entries] == before
    for table in BY_KID:
        left = select(func.count()).select_from(table).where(table.c.kid.in_(own))
        assert connection.scalar(left) == 0, table.name


def test_an_erasure_clears_the_digests_of_the_parts_commands(connection, entries):
    erasure.destroy(connection, LOG, erasure.concern(connection, LOG, [LI]).own)
    digests = {row.command: row.digest for row in connection.execute(select(schema.command))}

    assert [bool(digests[f"c{number}"]) for number in range(4)] == [False, False, True, True]


def test_an_erasure_removes_the_tokens_of_the_blob(connection, entries):
    assert SEALER.find_person(connection, LOG, "139 8765 4321") != ()
    erasure.destroy(connection, LOG, erasure.concern(connection, LOG, [LI]).own)

    assert SEALER.find_person(connection, LOG, "139 8765 4321") == ()
    assert SEALER.find_text(connection, LOG, "路灯不亮") == ()
    assert SEALER.find_person(connection, LOG, "13900000001") != ()


def test_destroying_the_same_keys_again_destroys_nothing_more(connection, entries):
    own = erasure.concern(connection, LOG, [LI]).own
    erasure.destroy(connection, LOG, own)

    assert erasure.destroy(connection, LOG, own) == erasure.Destroyed()
    assert erasure.destroy(connection, LOG, ()) == erasure.Destroyed()


def test_an_erasure_leaves_another_county_unchanged(connection, entries):
    other = keep(connection, SEALER, [Part(0, "note", "x", (LI,))], log="us-boston")
    erasure.destroy(connection, LOG, kids(other))

    assert SEALER.open(connection, "us-boston", [other]) == {0: {"note": "x"}}


def test_a_shared_phone_suggests_another_pseudonym_for_erasure(connection, entries):
    keep(connection, SEALER, [Part(0, "person", {"phone": "+86 139 8765 4321"}, (ZHA,))], seq=4, command="c4")

    assert erasure.linked(connection, LOG, LI) == (ZHA,)
    assert erasure.linked(connection, LOG, ZHA) == (LI,)
    assert erasure.linked(connection, LOG, WANG) == ()


def test_appending_the_erasure_entry_destroys_the_keys(connection, entries):
    own = erasure.concern(connection, LOG, [LI]).own
    said = PersonalDataErased(kids=own, basis="resident_asked")
    erasure.hook(connection, LOG, [SimpleNamespace(recorded=SimpleNamespace(event=said))])

    assert connection.scalar(select(func.count()).select_from(sealed_blob)) == 2


def test_after_a_restore_recorded_erasures_are_repeated(connection, entries):
    own = erasure.concern(connection, LOG, [LI]).own
    say_erased(connection, own[:1], seq=900)
    say_erased(connection, own[1:], seq=901)

    assert erasure.replay(connection, LOG).keys == 3
    assert SEALER.open(connection, LOG, entries[:1])[0]["summary"].reason == "erased"
