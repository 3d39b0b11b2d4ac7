"""The wrapping key is changed for another: nothing is lost, cut off it goes on, and the old key opens nothing more."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from casework.application.doctor import examine
from casework.application.handle import Request, handle
from casework.application.problem import Problem
from casework.application.restore import restore
from casework.application.rotate import rotate, standing
from casework.bootstrap import open_house
from casework.log.database import engine_for
from casework.seal import rotation
from casework.seal.sealing import WrongWrappingKey
from casework.seal.tables import sealed_key
from tests.operators.county import LOG, OTHER, house_of, live, terminal_of
from tests.operators.test_backup import backed_up


def texts(settings):
    with house_of(settings) as house, house.engine.connect() as db:
        return house.sealer.open(db, LOG, house.store.read(LOG, limit=10_000))


def found(settings, phone="13900000001"):
    with house_of(settings) as house, house.engine.connect() as db:
        return house.sealer.find_person(db, LOG, phone)


def registered(house, summary):
    request = Request(
        log=LOG, command="register-case", command_id="the-same", actor="cadre/finch", role="caller", source="api",
        members={"area": "menglang-1", "category": "water", "summary": summary},
    )  # fmt: skip
    return handle(house, request)


def test_after_a_rotation_all_opens_all_is_found_and_repeats_are_known(county, tmp_path):
    with house_of(county) as house:
        registered(house, "重复的一件")
    before, known = texts(county), found(county)
    terminal = terminal_of(county)
    said = terminal("keys", "rotate", "--to", str(tmp_path / "new.key"))
    assert "have the setting key_file name" in said

    rotated = replace(county, key_file=str(tmp_path / "new.key"))
    assert texts(rotated) == before
    assert found(rotated) == known
    assert [*standing(rotated).wraps[LOG]] == [standing(rotated).loaded]
    with house_of(rotated) as house:
        assert registered(house, "重复的一件").repeated
        live(house, "轮换之后")
    assert len(found(rotated)) == len(known) + 1
    # and once more: what is compared stays comparable
    rotate(rotated, tmp_path / "third.key")
    third = replace(county, key_file=str(tmp_path / "third.key"))
    assert len(found(third)) == len(known) + 1
    assert [one.state for one in examined(third)] == []
    with pytest.raises(Exception, match="rotated to wrapping key"), house_of(county) as house:
        house.sealer.digest(LOG, "a", b"")


def examined(settings):
    return [one for one in examine(settings, open_house, full=True) if one.state == "ill"]


@pytest.mark.parametrize("after", [0, 1, 3])
def test_cut_off_it_goes_on_where_it_was(file_county, tmp_path, monkeypatch, after):
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
    # nobody works in between, neither with the new key nor with the old
    with pytest.raises(WrongWrappingKey, match="run the rotation to its end"), house_of(file_county) as house:
        house.sealer.digest(LOG, "a", b"")
    rotated = replace(file_county, key_file=str(tmp_path / "new.key"))
    with pytest.raises(Problem, match="not the log's"), house_of(rotated) as house:
        house.check_key(LOG)

    done = rotate(file_county, tmp_path / "new.key")

    assert done.keys[LOG] > 0
    assert rotate(file_county, tmp_path / "new.key").keys == {LOG: 0, OTHER: 0}
    assert texts(replace(file_county, key_file=str(tmp_path / "new.key"))) == before


def test_a_backup_from_before_needs_the_old_key_and_with_it_gone_opens_nothing(file_county, place, tmp_path):
    backed_up(file_county, tmp_path / "backup")
    rotate(file_county, tmp_path / "new.key")
    new = replace(place(file_county, "sqlite"), key_file=str(tmp_path / "new.key"))

    with pytest.raises(Exception, match="the wrapping key is not the one"):
        restore(new, open_house, tmp_path / "backup")


def test_a_backup_from_after_comes_back_with_the_new_key(file_county, place, tmp_path):
    known = found(file_county)
    rotate(file_county, tmp_path / "new.key")
    rotated = replace(file_county, key_file=str(tmp_path / "new.key"))
    backed_up(rotated, tmp_path / "backup")
    new = replace(place(file_county, "sqlite"), key_file=str(tmp_path / "new.key"))

    restore(new, open_house, tmp_path / "backup")

    assert found(new) == known


def test_a_key_that_does_not_fit_changes_nothing(file_county, tmp_path):
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
