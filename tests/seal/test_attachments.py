"""Tests attachments: stored once, opened, shared between streams, destroyed."""

import hashlib

import pytest
from sqlalchemy import insert

from casework.database.engine import engine_for, reading, writing
from casework.database.metadata import metadata
from casework.log.schema import entry
from casework.seal import attachments
from casework.seal.erasure import destroy
from casework.seal.keys import WrappingKey
from casework.seal.sealing import Sealer

LOG, PHOTO = "530828", b"\xff\xd8\xff a photo"
NAME = hashlib.sha256(PHOTO).hexdigest()
SEALER = Sealer(WrappingKey(bytes(32)))


@pytest.fixture
def engine(database_url):
    engine = engine_for(database_url)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


def keep(engine):
    with writing(engine) as db:
        return attachments.keep(db, SEALER, LOG, PHOTO, "image/jpeg", at="", actor="cadre/owl")


def refer(engine, seq, stream, name):
    row = dict.fromkeys(("type", "at", "recorded_on", "occurred_on", "actor", "counts_for", "command"), "x")
    with writing(engine) as db:
        db.execute(
            insert(entry).values(
                log=LOG,
                seq=seq,
                stream=stream,
                rev=seq,
                leaf_hash=b"",
                bytes=b'{"evidence":["%b"]}' % name.encode(),
                **row,
            )
        )


def test_an_attachment_is_stored_once_and_opened(engine):
    assert [keep(engine)[1], keep(engine)[1]] == [True, False]

    with reading(engine) as db:
        assert attachments.content(db, SEALER, LOG, NAME) == PHOTO
        assert attachments.find(db, LOG, NAME) == attachments.Kept(
            sha256=NAME, media_type="image/jpeg", length=len(PHOTO)
        )
        assert attachments.content(db, SEALER, "000000", NAME) is None


def test_an_attachment_is_shared_when_another_stream_refers_to_it(engine):
    refer(engine, 0, "case/1", NAME)
    refer(engine, 1, "case/2", "0" * 64)
    with reading(engine) as db:
        assert not attachments.is_shared(db, LOG, NAME, "case/1")
        assert attachments.is_shared(db, LOG, NAME, "case/2")


def test_an_attachment_cannot_be_read_after_its_key_is_destroyed(engine):
    keep(engine)
    with writing(engine) as db:
        destroy(db, LOG, attachments.kids_of(db, LOG, [NAME]).values())
    with reading(engine) as db:
        assert attachments.find(db, LOG, NAME) is None
        assert attachments.content(db, SEALER, LOG, NAME) is None
