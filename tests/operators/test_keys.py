"""Tests rotating the wrapping key, also after an interruption."""

import time
from pathlib import Path

import pytest
from msgspec.structs import replace
from pyotp.totp import TOTP
from sqlalchemy import select

from casework.application.accounts import accounts, second_factor
from casework.application.accounts.lockout import LockedOut
from casework.application.accounts.sign_in import Wish, sign_in
from casework.application.commands.handle import Request, handle
from casework.application.operations.backup_folder import opened
from casework.application.operations.doctor import examine
from casework.application.operations.restore import restore
from casework.application.operations.rotate_key import rotate, standing
from casework.application.runtime.problem import Problem
from casework.bootstrap import open_runtime
from casework.database.engine import engine_for
from casework.seal import rotation
from casework.seal.sealing import WrongWrappingKey
from casework.seal.tables import sealed_key
from casework.settings import Accounts
from tests.operators.county import LOG, OTHER, live, runtime_of, terminal_of
from tests.operators.test_backup import backed_up


def texts(settings):
    with runtime_of(settings) as runtime, runtime.engine.connect() as db:
        return runtime.sealer.open(db, LOG, runtime.store.read(LOG, limit=10_000))


def found(settings, phone="13900000001"):
    with runtime_of(settings) as runtime, runtime.engine.connect() as db:
        return runtime.sealer.find_person(db, LOG, phone)


def registered(runtime, summary):
    request = Request(
        log=LOG, command="register-case", command_id="the-same", actor="cadre/finch", role="caller", source="api",
        members={"area": "menglang-1", "category": "water", "summary": summary},
    )  # fmt: skip
    return handle(runtime, request)


def test_sealed_data_opens_and_is_found_after_a_key_rotation(county, tmp_path):
    with runtime_of(county) as runtime:
        registered(runtime, "重复的一件")
    before, known = texts(county), found(county)
    terminal = terminal_of(county)
    said = terminal("keys", "rotate", "--to", str(tmp_path / "new.key"))
    assert "have the setting key_file name" in said

    rotated = replace(county, key_file=str(tmp_path / "new.key"))
    assert texts(rotated) == before
    assert found(rotated) == known
    assert [*standing(rotated).wraps[LOG]] == [standing(rotated).loaded]
    with runtime_of(rotated) as runtime:
        assert registered(runtime, "重复的一件").repeated
        live(runtime, "轮换之后")
    assert len(found(rotated)) == len(known) + 1
    # a second rotation keeps search tokens comparable
    rotate(rotated, tmp_path / "third.key")
    third = replace(county, key_file=str(tmp_path / "third.key"))
    assert len(found(third)) == len(known) + 1
    assert [one.state for one in examined(third)] == []
    with pytest.raises(Exception, match="rotated to wrapping key"), runtime_of(county) as runtime:
        runtime.sealer.digest(LOG, "a", b"")


CHEAP = Accounts(hash_kib=64, hash_passes=1, free_tries=2)
PASSWORD = "two herons in the reed"


@pytest.fixture
def step(monkeypatch):
    """The authenticator's next code for a secret: each is good once, so its clock goes on by a step."""
    at = [time.time()]
    monkeypatch.setattr(second_factor.time, "time", lambda: at[0])

    def code(secret):
        at[0] += second_factor.STEP
        return TOTP(secret).at(int(at[0]))

    return code


def factored(settings, step):
    """CRANE with a second factor, HERON locked out: (the authenticator's secret, the recovery codes)."""
    with runtime_of(settings) as runtime:
        for cadre in ("crane", "heron"):
            accounts.create(runtime, LOG, cadre, f"cadre/{cadre}", by="test", password=PASSWORD)
        secret = second_factor.begin(runtime, LOG, "crane").secret
        codes = second_factor.confirm(runtime, LOG, "crane", step(secret)).codes
        for _ in range(CHEAP.free_tries):
            with pytest.raises(Problem, match="login or the password"):
                sign_in(runtime, LOG, Wish(login="heron", password="wrong"))
    return secret, codes


def enter(settings, cadre, code):
    with runtime_of(settings) as runtime:
        return sign_in(runtime, LOG, Wish(login=cadre, password=PASSWORD, code=code)).about.login


def test_a_key_rotation_keeps_second_factors_and_lockouts(county, tmp_path, step):
    county = replace(county, accounts=CHEAP)
    secret, codes = factored(county, step)
    rotate(county, tmp_path / "new.key")

    rotated = replace(county, key_file=str(tmp_path / "new.key"))
    assert enter(rotated, "crane", step(secret)) == "crane"
    assert enter(rotated, "crane", codes[0]) == "crane"
    with pytest.raises(Problem, match="used before"):
        enter(rotated, "crane", codes[0])
    with pytest.raises(LockedOut):
        enter(rotated, "heron", "")
    # the old key opens nothing any more, and no key is wrapped under it
    with runtime_of(county) as runtime, pytest.raises(Problem, match="not sealed under"):
        second_factor.proves(runtime, LOG, accounts.row_of(runtime, LOG, "crane"), step(secret))
    assert [*standing(rotated).wraps[LOG]] == [standing(rotated).loaded]


def test_second_factors_work_after_a_rotation_and_a_restore(file_county, place, tmp_path, step):
    secret, codes = factored(replace(file_county, accounts=CHEAP), step)
    rotate(file_county, tmp_path / "new.key")
    rotated = replace(file_county, key_file=str(tmp_path / "new.key"))
    backed_up(rotated, tmp_path / "backup")
    new = replace(place(file_county, "sqlite"), accounts=CHEAP, key_file=rotated.key_file)

    restore(new, open_runtime, tmp_path / "backup")

    assert enter(new, "crane", step(secret)) == "crane"
    assert enter(new, "crane", codes[0]) == "crane"


def test_a_backup_with_only_a_second_factor_names_the_wrapping_key(file_county, tmp_path):
    with runtime_of(replace(file_county, accounts=CHEAP)) as runtime:
        accounts.create(runtime, LOG, "crane", "cadre/crane", by="test", password=PASSWORD)
        second_factor.begin(runtime, LOG, "crane")
        with runtime.engine.begin() as db:
            db.execute(sealed_key.delete())
    backed_up(file_county, tmp_path / "backup")
    assert opened(tmp_path / "backup").manifest.log(LOG).wrapping_keys == (standing(file_county).loaded,)


def examined(settings):
    return [one for one in examine(settings, open_runtime, full=True) if one.state == "ill"]


@pytest.mark.parametrize("after", [0, 1, 3])
def test_an_interrupted_key_rotation_resumes_and_finishes(file_county, tmp_path, monkeypatch, after):
    before = texts(file_county)
    monkeypatch.setattr(rotation, "SLICE", 3)
    cuts = []

    def cut(done, total):
        cuts.append(done)
        if len(cuts) > after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(file_county, tmp_path / "new.key", cut)
    assert len(standing(file_county).wraps[LOG]) == 2
    # in between neither key can be used
    with pytest.raises(WrongWrappingKey, match="run the rotation to its end"), runtime_of(file_county) as runtime:
        runtime.sealer.digest(LOG, "a", b"")
    rotated = replace(file_county, key_file=str(tmp_path / "new.key"))
    with pytest.raises(Problem, match="not the log's"), runtime_of(rotated) as runtime:
        runtime.check_key(LOG)

    done = rotate(file_county, tmp_path / "new.key")

    assert done.keys[LOG] > 0
    assert rotate(file_county, tmp_path / "new.key").keys == {LOG: 0, OTHER: 0}
    assert texts(replace(file_county, key_file=str(tmp_path / "new.key"))) == before


def test_a_backup_from_before_a_rotation_is_refused_with_the_new_key(file_county, place, tmp_path):
    backed_up(file_county, tmp_path / "backup")
    rotate(file_county, tmp_path / "new.key")
    new = replace(place(file_county, "sqlite"), key_file=str(tmp_path / "new.key"))

    with pytest.raises(Exception, match="the wrapping key is not the one"):
        restore(new, open_runtime, tmp_path / "backup")


def test_a_backup_from_after_a_rotation_restores_with_the_new_key(file_county, place, tmp_path):
    known = found(file_county)
    rotate(file_county, tmp_path / "new.key")
    rotated = replace(file_county, key_file=str(tmp_path / "new.key"))
    backed_up(rotated, tmp_path / "backup")
    new = replace(place(file_county, "sqlite"), key_file=str(tmp_path / "new.key"))

    restore(new, open_runtime, tmp_path / "backup")

    assert found(new) == known


def test_a_rotation_with_an_unusable_key_changes_nothing(file_county, tmp_path):
    said = terminal_of(file_county).refused("keys", "rotate", "--to", str(Path(file_county.folder) / "wrapping.key"))
    assert "the new wrapping key is the old one" in said
    engine = engine_for(file_county.url)
    with engine.begin() as db:
        db.execute(sealed_key.update().values(wrapped=b"0" * 40))
    said = terminal_of(file_county).refused("keys", "rotate", "--to", str(tmp_path / "new.key"))
    assert "does not open the key" in said
    with engine.connect() as db:
        assert len(set(db.scalars(select(sealed_key.c.kek)))) == 1
    engine.dispose()
