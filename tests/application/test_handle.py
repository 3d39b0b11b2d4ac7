"""Tests preparing commands: members, actor, sealing, and what is refused before the log."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from casework.application.commands.handle import Request, prepare
from casework.application.runtime.problem import Problem
from casework.law.context import Refused
from casework.log import codec
from casework.log.entry import Device
from casework.log.errors import CommandReused, VersionMoved
from casework.seal.parts import SealRefused
from casework.seal.tables import subject_key
from tests.stories.terminal import LOG

MARKER = "张秘密-13987650000"
CALLER = ("register-case", "cadre/finch", "caller")


def last(runtime):
    return json.loads(runtime.store.raw(LOG, since=runtime.store.head(LOG).size - 1)[0])


def request(**more):
    members = {"area": "menglang", "summary": MARKER, "person": {"full_name": MARKER, "phone": "13987650000"}}
    asked: dict[str, Any] = {"command": "register-case", "members": members, **more}
    return Request(log=LOG, actor="cadre/finch", role="caller", source="api", **asked)


def test_a_prepared_command_holds_no_personal_data(runtime):
    submission = prepare(runtime, request())

    assert MARKER not in repr(submission.command)
    assert "13987650000" not in repr(submission.command)
    assert {commitment.member for _, commitment in submission.commitments} == {"summary", "person"}


def test_an_actor_is_stamped_with_their_unit_at_the_time_of_the_act(runtime, do):
    number = do(*CALLER, area="menglang", category="water").number
    do("accept-case", "cadre/heron", "dispatcher", case=number)
    operator = ("system/operator", "administrator")
    do("declare-unit", *operator, unit="roads", label="公路站", **{"from": "2020-01-01"})
    do("declare-cadre", *operator, cadre="cadre/crane", unit="roads", roles=["cadre"], **{"from": "2026-02-01"})

    do("log-action", "cadre/crane", "cadre", case=number, action="visit", envelope={"occurred_on": "2026-01-15"})
    assert (last(runtime)["unit"], last(runtime)["occurred_on"]) == ("water-station", "2026-01-15")
    do("log-action", "cadre/crane", "cadre", case=number, action="visit")
    assert last(runtime)["unit"] == "roads"


def test_an_act_entered_for_another_cadre_counts_for_that_cadre(runtime, do):
    number = do(*CALLER, area="menglang").number

    do("log-action", "cadre/heron", "dispatcher", case=number, action="visit", envelope={"for_": "cadre/crane"})

    assert (last(runtime)["actor"], last(runtime)["for"]) == ("cadre/heron", "cadre/crane")
    with pytest.raises(Problem, match="cadre/crane"):
        do("log-action", "cadre/heron", "dispatcher", case=number, action="visit", envelope={"for_": "cadre/cran"})


def test_text_is_stored_in_unicode_normal_form(runtime, do):
    do("declare-area", "system/operator", "administrator", area="cafe", label="Cafe\u0301-1", level="village")

    assert last(runtime)["data"]["label"] == "Café-1"


@pytest.mark.parametrize(
    "members",
    [
        {"external_ref": "a\x00b"},
        {"external_ref": "a\nb"},
        {"summary": "bell\x07"},
        {"details": "half \ud800"},
        {"person": {"full_name": "a\x1b[31m"}},
    ],
)
def test_control_characters_are_refused_without_quoting_the_value(do, members):
    with pytest.raises(Problem) as refused:
        do(*CALLER, area="menglang", **members)

    assert refused.value.code == "control-character"
    assert next(iter(members)) in refused.value.en


def test_a_long_text_may_have_line_breaks(runtime, do):
    do(*CALLER, area="menglang", details="第一行\r\n第二行")

    (entry,) = runtime.store.read(LOG, since=runtime.store.head(LOG).size - 1)
    with runtime.engine.connect() as db:
        assert runtime.sealer.open(db, LOG, [entry])[entry.seq]["details"] == "第一行\n第二行"


@pytest.mark.parametrize(
    ("members", "hint"),
    [
        ({"aera": "menglang"}, "did you mean area"),
        ({"urgency": "urgnt"}, "normal, urgent, emergency"),
        ({"planned_beneficiaries": "12"}, "planned_beneficiaries"),
        ({"person": {"nickname": MARKER}}, "nickname"),
        ({"summary": MARKER * 40}, "summary"),
    ],
)
def test_a_malformed_member_is_refused_without_quoting_its_value(do, members, hint):
    with pytest.raises((Problem, SealRefused), match=hint) as refused:
        do(*CALLER, **{"area": "menglang", **members})

    assert MARKER not in str(refused.value)


def test_a_role_the_actor_lacks_and_an_unknown_role_are_refused(do):
    with pytest.raises(Problem, match="only as caller"):
        do("register-case", "cadre/finch", "dispatcher", area="menglang")
    with pytest.raises(Problem, match="no role king"):
        do("register-case", "cadre/finch", "king", area="menglang")
    with pytest.raises(Problem, match="system/clock may not act as administrator"):
        do("register-case", "system/clock", "administrator", area="menglang")
    with pytest.raises(Problem, match="cadre/finch"):
        do("register-case", "cadre/fnich", "caller", area="menglang")


def test_a_command_id_with_other_content_or_actor_is_refused(runtime, do):
    first = do(*CALLER, area="menglang", summary="一", envelope={"command_id": "x-1"})
    size = runtime.store.head(LOG).size

    again = do(*CALLER, area="menglang", summary="一", envelope={"command_id": "x-1"})
    assert (again.repeated, again.number, again.seq) == (True, first.number, first.seq)
    with pytest.raises(CommandReused):
        do(*CALLER, area="menglang", summary="二", envelope={"command_id": "x-1"})
    with pytest.raises(CommandReused):
        do("register-case", "cadre/heron", "dispatcher", area="menglang", summary="一", envelope={"command_id": "x-1"})
    assert runtime.store.head(LOG).size == size


def test_a_device_that_repeats_a_command_later_gets_the_same_answer(do):
    captured = "2026-01-05T01:00:00.000Z"

    def send(sent):
        device = Device(captured=captured, sent=sent, id="phone-7")
        return do(*CALLER, area="menglang", envelope={"command_id": "phone-7/1", "device": device})

    first, second = send("2026-01-05T02:00:00.000Z"), send("2026-01-05T03:00:00.000Z")

    assert (second.seq, second.repeated) == (first.seq, True)


def test_a_command_with_an_old_revision_is_refused_with_both(do):
    number = do(*CALLER, area="menglang", category="water").number
    do("accept-case", "cadre/heron", "dispatcher", case=number)

    with pytest.raises(VersionMoved, match="revision 1, not 0"):
        do("accept-case", "cadre/heron", "dispatcher", case=number, envelope={"expected": 0})


def test_a_resident_has_another_pseudonym_in_every_case(runtime, do):
    person = {"full_name": MARKER, "phone": "13987650000"}
    one, two = (do(*CALLER, area="menglang", person=person) for _ in range(2))
    residents = [runtime.store.read(LOG, since=answer.seq, limit=1)[0] for answer in (one, two)]
    ids = [codec.recorded(entry).event.resident for entry in residents]  # type: ignore[missing-attribute]
    assert ids[0] != ids[1]

    do("log-action", "cadre/crane", "cadre", case=one.number, action="visit", note=MARKER)

    concerned = select(subject_key.c.kid).where(subject_key.c.log == LOG, subject_key.c.subject == ids[0])
    with runtime.engine.connect() as db:
        assert len(db.scalars(concerned).all()) == 2


def test_a_command_that_the_law_refuses_stores_nothing(runtime, do):
    number = do(*CALLER, area="menglang").number
    size = runtime.store.head(LOG).size

    with pytest.raises(Refused):
        do("close-case", "cadre/heron", "dispatcher", case=number)

    assert runtime.store.head(LOG).size == size


@pytest.mark.parametrize("when", ["9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z"])
def test_a_time_at_the_end_of_the_calendar_is_refused_by_a_sentence(do, when):
    with pytest.raises((Problem, Refused)):
        do(*CALLER, area="menglang", envelope={"occurred": when})


def test_a_telephone_number_is_refused_as_a_residents_id(do):
    with pytest.raises(Problem, match="random"):
        do("register-case", "resident/13987650000", "resident", area="menglang")
