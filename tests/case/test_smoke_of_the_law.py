"""Tests one case through its whole life by the law alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casework.law.cases.accepting import AcceptCase
from casework.law.cases.acting import ContactResident, LogAction
from casework.law.cases.archiving import ArchiveCase
from casework.law.cases.calling_back import RecordCallback
from casework.law.cases.closing import CloseCase
from casework.law.cases.co_handling import AddCoHandler
from casework.law.cases.correcting import CorrectRecord
from casework.law.cases.deadlines import local_date, written
from casework.law.cases.dispatching import AcknowledgeCase, DispatchCase
from casework.law.cases.ledger import RecordLedgerCase, RecordLedgerClosing
from casework.law.cases.merging import MergeCase, UnmergeCase
from casework.law.cases.on_the_spot import RecordHandled
from casework.law.cases.registering import RegisterCase
from casework.law.cases.reopening import ReopenCase
from casework.law.cases.resolving import ApproveResolution, SubmitResolution
from casework.law.cases.state import facts_of, holders
from casework.law.cases.withdrawing import WithdrawCase
from casework.law.context import HISTORY, Answering, Area, Cadre, Category, Context, Refused, Unit
from casework.law.event import Recorded
from casework.law.kinds import decide, evolve, fold, initial, streams

CASE = "case/00000000-0000-7000-8000-000000000001"
OTHER = "case/00000000-0000-7000-8000-000000000002"


class Roster:
    """One county with two townships, a unit in each, and a hotline."""

    areas = {"menglang": "", "shangyun": "", "menglang_1": "menglang", "shangyun_3": "shangyun"}
    units = {"service_menglang": "menglang", "service_shangyun": "shangyun", "hotline": ""}
    people = {
        "cadre/li": "service_menglang",
        "cadre/wang": "service_menglang",
        "cadre/zhao": "service_shangyun",
        "cadre/chen": "hotline",
    }
    categories = {"water": Category("water", "饮水", ("pipe", "source"), 5, False, {"fixed": "solved"}, 0)}

    def area(self, code: str, on: str) -> Area | None:
        return Area(code, code, "village", self.areas[code]) if code in self.areas else None

    def unit(self, code: str, on: str) -> Unit | None:
        return Unit(code, code, "", self.units[code], "township") if code in self.units else None

    def cadre(self, cadre: str, on: str) -> Cadre | None:
        return Cadre(cadre, self.people[cadre], "", ("cadre",)) if cadre in self.people else None

    def category(self, code: str, on: str) -> Category | None:
        return self.categories.get(code)

    def township_of(self, area: str, on: str) -> str:
        return self.areas.get(area) or area

    def answering(self, area: str, on: str) -> Answering | None:
        return Answering(area, ("cadre/li",)) if self.township_of(area, on) == "menglang" else None

    def successor(self, thing: str, code: str, on: str) -> str:
        return code if code in self.areas | self.units else ""

    def nearest(self, thing: str, code: str) -> tuple[str, ...]:
        return ("water",) if thing == "category" else ()


class County:
    """Streams in memory, with the law as the only judge."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
        self.history: dict[str, list[Recorded]] = {}
        self.seq = 0

    def later(self, **step: float) -> None:
        self.now += timedelta(**step)

    def state(self, stream: str) -> Any:
        history = self.history.get(stream)
        return fold(history) if history else initial(stream)

    def do(
        self, command: Any, who: str, role: str, *, for_: str = "", occurred: str = "", sealed: str = ""
    ) -> list[str]:
        own, *others = streams(command)
        at = written(self.now)
        given: dict[str, Any] = {stream: self.state(stream) for stream in others}
        if command.needs_history:
            given[HISTORY] = self.history[own]
        context = Context(
            log="530828", at=at, today=local_date(at, "Asia/Shanghai"), actor=who, role=role,
            unit=Roster.people.get(who, ""), for_=for_, occurred=occurred,
            occurred_on=local_date(occurred, "Asia/Shanghai") if occurred else "",
            roster=Roster(), number="530828-2026-000001", sealed=frozenset(sealed.split()), others=given,
        )  # fmt: skip
        decided = decide(command, self.state(own), context)
        for stream, event in decided:
            history = self.history.setdefault(stream, [])
            recorded = Recorded(
                seq=self.seq, stream=stream, rev=len(history), at=at, recorded_on=context.today,
                occurred=context.happened_at, occurred_on=context.happened_on, actor=who, role=role,
                unit=context.unit, counts_for=context.counts_for, event=event,
            )  # fmt: skip
            evolve(self.state(stream), recorded)
            history.append(recorded)
            self.seq += 1
        return [event.name for _, event in decided]


@pytest.fixture
def county() -> County:
    return County()


def dispatched(county: County, case: str = CASE) -> None:
    county.do(RegisterCase(case=case, category="water", topic="pipe", area="menglang_1"), "cadre/chen", "caller")
    county.do(AcceptCase(case=case), "cadre/chen", "dispatcher")
    county.do(DispatchCase(case=case), "cadre/chen", "dispatcher")


def in_callback(county: County) -> None:
    dispatched(county)
    county.do(AcknowledgeCase(case=CASE), "cadre/li", "cadre")
    county.later(days=1)
    county.do(LogAction(case=CASE, action="repair"), "cadre/li", "cadre")
    county.do(SubmitResolution(case=CASE, result="fixed", beneficiaries=12), "cadre/li", "cadre")
    county.do(ApproveResolution(case=CASE), "cadre/wang", "reviewer")


def test_a_case_is_brought_handled_closed_reopened_and_archived(county: County):
    dispatched(county)
    state = county.state(CASE)
    assert (state.status, state.unit, state.lead, state.township) == (
        "dispatched",
        "service_menglang",
        "cadre/li",
        "menglang",
    )
    assert (state.due_on, state.due_basis, state.due) == ("2026-03-07", "calendar_days", "2026-03-07T15:59:59.999Z")

    county.do(AcknowledgeCase(case=CASE), "cadre/li", "cadre")
    county.later(hours=3)
    county.do(ContactResident(case=CASE, channel="phone", reached=True), "cadre/li", "cadre")
    county.do(AddCoHandler(case=CASE, unit="service_shangyun", cadre="cadre/zhao"), "cadre/li", "cadre")
    with pytest.raises(Refused, match="log an action first"):
        county.do(SubmitResolution(case=CASE, result="fixed"), "cadre/li", "cadre")
    county.do(LogAction(case=CASE, action="repair"), "cadre/zhao", "cadre")
    county.do(SubmitResolution(case=CASE, result="fixed", beneficiaries=12), "cadre/li", "cadre")
    with pytest.raises(Refused, match="may not decide"):
        county.do(ApproveResolution(case=CASE), "cadre/wang", "reviewer", for_="cadre/li")
    county.do(ApproveResolution(case=CASE), "cadre/wang", "reviewer")
    with pytest.raises(Refused, match="somebody of another unit"):
        county.do(RecordCallback(case=CASE, reached=True), "cadre/zhao", "caller")
    county.do(RecordCallback(case=CASE, reached=True, solved="yes", satisfaction=5), "cadre/chen", "caller")
    county.do(CloseCase(case=CASE), "cadre/chen", "dispatcher")
    state = county.state(CASE)
    assert (state.status, state.outcome, state.timeliness, state.beneficiaries) == ("closed", "solved", "on_time", 12)
    assert (state.resolve_seconds, state.contact_seconds) == (3 * 3600, 3 * 3600)
    assert (state.closer, state.closer_unit) == ("cadre/li", "service_menglang")
    assert holders(state) == ()

    county.do(ReopenCase(case=CASE, to="same_unit", reason="came_back"), "cadre/chen", "caller")
    state = county.state(CASE)
    assert (state.status, state.round, state.outcome, state.closed_on, state.timed) == ("dispatched", 2, "", "", 0)
    assert (state.closer, state.closer_unit) == ("", "")
    assert [holder.cadre for holder in holders(state)] == ["cadre/li", "cadre/zhao"]
    county.do(WithdrawCase(case=CASE, reason="settled"), "cadre/chen", "caller")
    with pytest.raises(Refused, match="may be reopened until"):
        county.do(ArchiveCase(case=CASE), "system/clock", "clock")
    county.later(days=31)
    county.do(ArchiveCase(case=CASE), "system/clock", "clock")
    assert county.do(ArchiveCase(case=CASE), "system/clock", "clock") == []
    late = county.do(
        LogAction(case=CASE, action="visit"), "cadre/li", "cadre", occurred="2026-03-02T02:00:00.000Z"
    )  # fmt: skip
    assert late == ["action-logged.v1"]
    logged: Any = county.history[CASE][-1].event
    assert (logged.late, logged.round, logged.held_by) == (True, 1, "cadre/li")
    county.do(LogAction(case=CASE, action="visit"), "cadre/li", "cadre", occurred="2026-03-02T05:00:00.000Z")
    after_its_end: Any = county.history[CASE][-1].event
    assert (after_its_end.round, after_its_end.held_by, after_its_end.held_unit) == (2, "", "")
    assert county.state(CASE).status == "archived"


def test_a_residents_no_blocks_closing_as_solved(county: County):
    in_callback(county)
    county.do(RecordCallback(case=CASE, reached=True, solved="no"), "cadre/chen", "caller")
    with pytest.raises(Refused, match="not solved"):
        county.do(CloseCase(case=CASE), "cadre/chen", "dispatcher")
    with pytest.raises(Refused, match="only a supervisor"):
        county.do(CloseCase(case=CASE, override="seen_on_site"), "cadre/chen", "dispatcher")
    county.do(CloseCase(case=CASE, override="seen_on_site"), "cadre/chen", "supervisor")
    assert county.state(CASE).outcome == "solved"


def test_merging_is_undone_by_unmerging(county: County):
    dispatched(county)
    dispatched(county, OTHER)
    before = county.state(CASE)
    assert county.do(MergeCase(case=CASE, into=OTHER), "cadre/chen", "dispatcher") == [
        "case-merged.v1",
        "case-absorbed.v1",
    ]
    assert county.do(MergeCase(case=CASE, into=OTHER), "cadre/chen", "dispatcher") == []
    with pytest.raises(Refused, match="merged into an open one"):
        county.do(MergeCase(case=OTHER, into=CASE), "cadre/chen", "dispatcher")
    assert (county.state(CASE).outcome, holders(county.state(CASE))) == ("merged", ())
    county.do(UnmergeCase(case=CASE, out_of=OTHER), "cadre/chen", "dispatcher")
    assert facts_of(county.state(CASE)) == facts_of(before)
    assert county.state(OTHER).absorbed == ()


def test_a_correction_of_the_place_also_corrects_what_followed(county: County):
    dispatched(county)
    fix = CorrectRecord(case=CASE, rev=0, member="area", value="shangyun_3", reason="wrong_place")
    assert county.do(fix, "cadre/chen", "supervisor") == ["record-corrected.v1"] * 2
    state = county.state(CASE)
    assert (state.area, state.township, state.corrections) == ("shangyun_3", "shangyun", 1)
    again = CorrectRecord(case=CASE, rev=3, member="value", value="menglang", reason="typing_error")
    county.do(again, "cadre/chen", "supervisor")
    assert (county.state(CASE).area, county.state(CASE).township) == ("menglang", "menglang")
    with pytest.raises(Refused, match="nothing to correct"):
        county.do(again, "cadre/chen", "supervisor")


def test_a_case_done_on_the_spot_waits_for_review(county: County):
    command = RecordHandled(case=CASE, category="water", area="menglang_1", action="repair")
    assert len(county.do(command, "cadre/li", "cadre")) == 6
    state = county.state(CASE)
    assert (state.status, state.on_the_spot, state.unit, state.lead) == ("resolved", 1, "service_menglang", "cadre/li")
    assert county.history[CASE][0].event.claims() == (("number", "530828-2026-000001"),)


def test_ledger_times_are_kept_as_stated(county: County):
    ref = "boston311:101"
    opened, closed = "2026-03-01T10:00:00.000Z", "2026-03-01T09:00:00.000Z"
    row = RecordLedgerCase(case=CASE, external_ref=ref, row_hash="a", due="2026-03-01T12:00:00.000Z")
    county.do(row, "system/import", "importer", occurred=opened)
    assert county.do(row, "system/import", "importer", occurred=opened) == []
    county.do(RecordLedgerClosing(case=CASE), "system/import", "importer", occurred=closed)
    assert county.do(RecordLedgerClosing(case=CASE), "system/import", "importer", occurred=closed) == []
    state = county.state(CASE)
    assert (state.status, state.outcome, state.timeliness, state.resolve_seconds) == (
        "closed",
        "unstated",
        "on_time",
        -3600,
    )


@pytest.mark.parametrize(
    ("command", "role", "code"),
    [
        (RegisterCase(case=OTHER, area="nowhere"), "caller", "unknown-area"),
        (RegisterCase(case=OTHER), "caller", "place-missing"),
        (RegisterCase(case=CASE, area="menglang_1"), "caller", "case-exists"),
        (AcceptCase(case=OTHER), "dispatcher", "no-such-case"),
        (AcceptCase(case=CASE), "dispatcher", "not-in-this-state"),
        (ReopenCase(case=CASE, to="dispatch", reason="other"), "auditor", "role-not-allowed"),
        (AcknowledgeCase(case=CASE), "cadre", "not-your-unit"),
    ],
)
def test_an_unlawful_command_is_refused_by_its_code(county: County, command: Any, role: str, code: str):
    dispatched(county)
    with pytest.raises(Refused) as refused:
        county.do(command, "cadre/chen", role)
    assert refused.value.code == code
