"""Tests that no table or file holds personal data in plain text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine, inspect, make_url, text

from casework.database.engine import engine_for, grant_serving_role, migrate
from casework.law.context import Refused
from casework.law.county.events import PersonalDataErased
from casework.law.kinds import COMMANDS, streams
from casework.log.sql import SqlStore
from casework.log.submission import Answer, Submission
from casework.log.writer import Writer
from casework.seal import erasure
from casework.seal.keys import WrappingKey
from casework.seal.parts import Part
from casework.seal.sealing import Sealer, Tombstone
from tests.databases import SERVE, as_role

LOG = "530828"
CASE = "case/0192f3a0-0000-7000-8000-000000000001"
LI = "resident/8f1e"
SEALER = Sealer(WrappingKey(bytes(range(32))))
PERSONAL: dict[str, Any] = {
    "summary": "标记一：村口路灯不亮",
    "details": "标记二：已经三个月，请尽快",
    "person": {"full_name": "标记三李扎", "phone": "13987654321", "identity_number": "11010519491231002X"},
    "address": "标记四：勐朗镇某路 7 号",
    "coordinates": {"latitude": 22_555_117, "longitude": 99_931_223},
}
NOTE = "标记五：李扎说已联系供电所"
SECRETS = [
    *("标记一", "标记二", "标记三", "标记四", "标记五", "李扎", "路灯", "供电所"),
    *("13987654321", "11010519491231002X", "22555117", "99931223"),
]


@pytest.fixture
def engine(database_url) -> Iterator[Engine]:
    """A migrated database; on PostgreSQL in the hands of the role that serves, which owns nothing."""
    migrate(database_url)
    url = database_url
    if make_url(url).get_backend_name() == "postgresql":
        owner = engine_for(url)
        grant_serving_role(owner, SERVE)
        owner.dispose()
        url = as_role(url, SERVE)
    engine = engine_for(url)
    yield engine
    engine.dispose()


class Desk:
    """A writer, and commands sealed and handed to it one by one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.writer = Writer(engine, after_event={PersonalDataErased: erasure.hook})
        self.sent = 0

    def send(self, name: str, role: str, members: dict[str, Any], personal: dict[str, Any] | None = None) -> Answer:
        command = msgspec.convert(members, COMMANDS[name])
        self.sent += 1
        parts = [Part(*command.seals[member], value, (LI,)) for member, value in (personal or {}).items()]
        sealed = SEALER.seal(LOG, CASE, f"c{self.sent}", parts)
        content = msgspec.json.encode((members, personal), order="sorted")
        submission = Submission(
            log=LOG,
            command_id=f"c{self.sent}",
            command=command,
            streams=streams(command),
            actor="system/operator",
            role=role,
            source="cli",
            digest=SEALER.digest(LOG, "system/operator", content),
            commitments=sealed.commitments,
            beside=sealed.beside,
        )
        return self.writer.submit(submission).result(30)

    def opened(self) -> dict[str, Any]:
        """What the case's sealed parts say now."""
        entries = list(SqlStore(self.engine).read_stream(LOG, CASE))
        with self.engine.connect() as connection:
            said = SEALER.open(connection, LOG, entries)
        return {member: value for of_entry in said.values() for member, value in of_entry.items()}


@pytest.fixture
def desk(engine) -> Iterator[Desk]:
    """A county with one case and one action, every personal part given."""
    desk = Desk(engine)
    desk.send("open-log", "administrator", {"log": LOG, "origin": "test/530828", "county": "澜沧县"})
    desk.send("register-case", "dispatcher", {"case": CASE, "resident": LI, "channel": "counter"}, PERSONAL)
    desk.send("log-action", "cadre", {"case": CASE, "action": "visit"}, {"note": NOTE})
    yield desk
    desk.writer.close()


def everything(engine: Engine) -> bytes:
    """Every value of every table, and every byte of every file of the database where it is one."""
    found: list[bytes] = []
    for table in inspect(engine).get_table_names():
        with engine.connect() as connection:
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    if engine.dialect.name == "sqlite":
        file = Path(str(engine.url.database))
        found += [path.read_bytes() for path in file.parent.glob(f"{file.name}*")]
    return b"\0".join(found)


def forms(secret: str) -> list[bytes]:
    """The ways a text may lie in a file."""
    escaped = secret.encode("ascii", "backslashreplace")
    return [secret.encode(), secret.encode("utf-16-le"), escaped, secret.encode().hex().encode()]


def test_personal_data_is_stored_only_sealed_and_opens_again(desk):
    stored = everything(desk.engine)

    assert b"case-registered.v1" in stored
    assert [secret for secret in SECRETS if any(form in stored for form in forms(secret))] == []
    assert desk.opened() == {**PERSONAL, "note": NOTE}


def test_the_search_for_plain_text_finds_unsealed_values(desk):
    stored = everything(desk.engine)

    assert any(form in stored for form in forms("澜沧县"))
    assert any(form in stored for form in forms("counter"))


def test_an_erasure_leaves_entries_but_no_keys_or_ciphertexts(desk):
    store = SqlStore(desk.engine)
    before = [bytes(entry.bytes) for entry in rows(desk.engine, "entry")]
    doomed = [bytes(row.wrapped) for row in rows(desk.engine, "sealed_key")]
    doomed += [bytes(row.bytes) for row in rows(desk.engine, "sealed_blob")]
    doomed += [row.token.encode() for row in rows(desk.engine, "keyed_token")]
    assert len(doomed) == 6 + 6 + 3
    with desk.engine.connect() as connection:
        kids = erasure.concern(connection, LOG, [LI]).own
    members = {"log": LOG, "kids": list(kids), "basis": "resident_asked"}
    desk.send("erase-personal-data", "privacy_officer", members)
    assert erasure.scrub(desk.engine)
    stored = everything(desk.engine)

    assert [left for left in doomed if left in stored] == []
    assert [bytes(entry.bytes) for entry in rows(desk.engine, "entry")][: len(before)] == before
    assert {row.command: bytes(row.digest) for row in rows(desk.engine, "command")}["c2"] == b""
    assert store.head(LOG).size == len(before) + 1
    assert {(value.member, value.reason) for value in desk.opened().values() if isinstance(value, Tombstone)} == {
        (member, "erased") for member in [*PERSONAL, "note"]
    }


def test_a_refused_command_leaves_no_sealed_part_behind(desk):
    kept = len(rows(desk.engine, "sealed_blob"))
    with pytest.raises(Refused):
        desk.send("register-case", "auditor", {"case": f"{CASE[:-1]}2", "resident": LI}, {"summary": "标记六"})

    assert len(rows(desk.engine, "sealed_blob")) == kept


def rows(engine: Engine, table: str) -> list[Any]:
    """All rows of a table, in the order of its key."""
    with engine.connect() as connection:
        return list(connection.execute(text(f'SELECT * FROM "{table}" ORDER BY 1, 2')))
