"""Tests what must hold of every case after any sequence of commands."""

from random import Random

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace

from casework.law import kinds as law
from casework.law.cases.accepting import CaseAccepted
from casework.law.cases.acting import ActionLogged, ResidentContacted
from casework.law.cases.co_handling import CoHandlerRemoved
from casework.law.cases.confidentiality import ConfidentialityChanged
from casework.law.cases.corrections import RecordCorrected
from casework.law.cases.dispatching import CaseAcknowledged, CaseDispatched
from casework.law.cases.extending import ExtensionGranted
from casework.law.cases.facts import OPEN_STATUSES, OUTCOMES, STATUSES, Facts
from casework.law.cases.ledger import LedgerActionRecorded, LedgerCaseRecorded
from casework.law.cases.merging import ON_THE_OTHER, CaseMerged, CaseUnmerged
from casework.law.cases.parking import CaseUnparked
from casework.law.cases.pausing import ClockResumed
from casework.law.cases.registering import CaseRegistered
from casework.law.cases.reopening import CaseReopened
from casework.law.cases.residents import (
    DataRequestAnswered,
    DataRequestMade,
    InformationAdded,
    MessagesChosen,
    ReceiptIssued,
)
from casework.law.cases.returning import ReturnApproved
from casework.law.cases.rules import RESTORED
from casework.law.cases.state import holders
from casework.law.cases.transferring import OfficerAssigned, TransferAccepted
from casework.law.context import Refused
from casework.law.lifecycle import LIFECYCLE
from casework.testing import do
from tests.case.random_history import Wanderer

HELD = ("dispatched", "in_progress", "parked", "resolved", "callback")
COUNTERS = ("round", "returns", "extensions", "reopenings", "corrections", "reminders", "level")
#: by these a co-handler's part may be over: removed, handed back, dispatched anew, or leading from now on
PART_ENDS = (
    CoHandlerRemoved, ReturnApproved, CaseDispatched, CaseReopened, TransferAccepted, OfficerAssigned,
    CaseAcknowledged,
)  # fmt: skip
#: by these a due instant is set anew; by the later ones it only ever moves on
DUE_SET = (CaseRegistered, LedgerCaseRecorded, CaseAccepted, CaseDispatched, CaseReopened)
DUE_MOVES_ON = (ExtensionGranted, ClockResumed, CaseUnparked)
FROM_THE_FIELD = (ActionLogged, ResidentContacted, LedgerActionRecorded)
#: what may still happen to a case in the archive
IN_THE_ARCHIVE = (
    *FROM_THE_FIELD, RecordCorrected, ConfidentialityChanged, InformationAdded, DataRequestMade,
    DataRequestAnswered, ReceiptIssued, MessagesChosen,
)  # fmt: skip
#: event → (states from which, states to which) the table of the law knows it
TABLE: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _row in LIFECYCLE.values():
    _states = _row.states
    for _effect in _row.effects:
        TABLE.setdefault(_effect.event, []).append((_states, _effect.to))
        if len(_row.effects) > 2:  # entered in one step: each effect starts where the one before it led
            _states = (_effect.to,) if _effect.to else _states
for _event, _states in ON_THE_OTHER.items():
    TABLE.setdefault(_event, []).append((_states, ""))


def cases_of(story):
    return {stream: state for stream, state in story.states.items() if stream.startswith("case/")}


class EverySequence(RuleBasedStateMachine):
    """A county to which somebody puts one command after another."""

    def __init__(self):
        super().__init__()
        self.wanderer = Wanderer(Random(0), cases=3)
        self.story = self.wanderer.story
        self.before_merge = {}

    @rule(seed=st.integers(0, 2**32 - 1))
    def somebody_asks_for_something(self, seed):
        self.wanderer.random = Random(seed)
        self.story.tell(self.wanderer.pause())
        self.put(self.wanderer.next())

    @rule(seed=st.integers(0, 2**32 - 1), name=st.sampled_from(sorted(LIFECYCLE)))
    def somebody_asks_out_of_turn(self, seed, name):
        self.wanderer.random = Random(seed)
        self.put(self.wanderer.asked(name, self.wanderer.random.choice(self.wanderer.cases)))

    def put(self, asked):
        states, size, now = dict(self.story.states), len(self.story.log), self.story.now
        first = []
        try:
            first = self.story.decide(asked)
        except Refused as refusal:
            said = refusal
        else:
            said = None
        if said is not None:
            assert said.code
            assert said.en.endswith("."), said.en
            assert (self.story.states, len(self.story.log), self.story.now) == (states, size, now)
            return
        assert self.story.decide(asked) == first, "the same question, another answer"
        entries = self.story.ask(asked)
        assert [(entry.stream, entry.event) for entry in entries] == first
        if len(entries) > 6:
            raise AssertionError(f"{len(entries)} entries at once")
        self.follow(entries, states)
        for stream in {entry.stream for entry in entries}:
            if any(isinstance(entry.event, RecordCorrected) for entry in entries):
                self.corrected(states[stream], self.story.state(stream))

    def follow(self, entries, states):
        """Step by step from the states before to those after."""
        for entry in entries:
            if not entry.stream.startswith("case/") or isinstance(entry.event, RecordCorrected):
                continue
            before = states.get(entry.stream) or law.initial(entry.stream)
            after = law.evolve(before, entry)
            states[entry.stream] = after
            self.moved(before, entry.event, after)

    def moved(self, before, event, after):
        for counter in COUNTERS:
            assert getattr(after, counter) >= getattr(before, counter), counter
        assert after.effective_on >= before.effective_on
        self.by_the_table(before, event, after)
        self.co_handlers_kept(before, event, after)
        self.due_kept(before, event, after)
        self.merged_and_unmerged(before, event, after)
        if isinstance(event, FROM_THE_FIELD):
            assert (after.status, after.outcome, after.unit, after.lead) == (
                before.status, before.outcome, before.unit, before.lead,
            )  # fmt: skip
        if before.status == "archived":
            assert isinstance(event, IN_THE_ARCHIVE), event
            assert after.status == "archived"

    def by_the_table(self, before, event, after):
        lawful = TABLE[event.name]
        for states, to in lawful:
            ends = OPEN_STATUSES if to == RESTORED else (to or before.status,)
            if before.status in states and after.status in ends:
                return
        raise AssertionError(f"{event.name}: {before.status} → {after.status}, and the table says {lawful}")

    def co_handlers_kept(self, before, event, after):
        had = {(h.unit, h.cadre) for h in before.co_handlers}
        lost = had - {(h.unit, h.cadre) for h in after.co_handlers}
        if not lost:
            return
        assert isinstance(event, PART_ENDS), f"{lost} lost by {event.name}"
        match event:
            case CoHandlerRemoved():
                assert lost == {(event.unit, event.cadre)}
            case TransferAccepted() | OfficerAssigned() | CaseAcknowledged():
                assert {unit for unit, _ in lost} == {after.unit}, "only who leads from now on is no co-handler"
            case CaseReopened():
                assert event.to == "dispatch"

    def due_kept(self, before, event, after):
        if isinstance(event, DUE_MOVES_ON):
            assert after.due >= before.due, f"due {before.due} ran back to {after.due}"
        elif not isinstance(event, DUE_SET):
            assert (after.due, after.due_on) == (before.due, before.due_on), event.name

    def merged_and_unmerged(self, before, event, after):
        if isinstance(event, CaseMerged):
            self.before_merge[after.number] = before
        elif isinstance(event, CaseUnmerged):
            was = self.before_merge[after.number]
            kept = ("status", "outcome", "unit", "lead", "parked", "round", "due_on", "pending")
            assert [getattr(after, name) for name in kept] == [getattr(was, name) for name in kept]
            assert {(h.unit, h.cadre) for h in after.co_handlers} == {(h.unit, h.cadre) for h in was.co_handlers}

    def corrected(self, before, after):
        if getattr(after, "status", "") == "merged":  # unmerging gives back the due date as corrected meanwhile
            was = self.before_merge[after.number]
            self.before_merge[after.number] = replace(was, due=after.due, due_on=after.due_on)
        kept = ("status", "round", "returns", "extensions", "reopenings", "parked", "supervised", "lead")
        for name in kept:
            assert getattr(after, name, None) == getattr(before, name, None), f"a correction moved {name}"
        assert after.corrections > before.corrections

    @invariant()
    def every_case_is_somewhere(self):
        for stream, state in cases_of(self.story).items():
            assert state.status in STATUSES, stream
            assert (state.status in OPEN_STATUSES) == (state.outcome == "")
            assert bool(state.closed_on) == bool(state.outcome)
            assert state.outcome in ("", *OUTCOMES)
            assert bool(state.timeliness) <= bool(state.closed_on)
            assert state.parked == (state.status == "parked")
            assert state.registered_on

    @invariant()
    def every_round_but_the_first_began_with_a_reopening(self):
        for state in cases_of(self.story).values():
            assert state.round == 1 + state.reopenings == len(state.rounds)

    @invariant()
    def one_unit_leads_what_is_being_handled_and_nobody_what_is_not(self):
        for stream, state in cases_of(self.story).items():
            leads = [h for h in holders(state) if h.role == "lead"]
            if state.status in HELD:
                assert len(leads) == 1, stream
                assert leads[0].unit
            elif state.status not in OPEN_STATUSES:
                assert holders(state) == (), stream
            elif not state.external_ref:
                assert leads == [], stream
            desks = [(h.unit, h.cadre) for h in holders(state)]
            assert len(desks) == len(set(desks)), "on one desk twice"

    @invariant()
    def merging_has_no_circle_and_both_sides_know(self):
        states = cases_of(self.story)
        for stream, state in states.items():
            assert bool(state.merged_into) == (state.status == "merged")
            seen, here = {stream}, state
            while here.merged_into:
                assert here.merged_into not in seen, "a circle"
                seen.add(here.merged_into)
                here = states[here.merged_into]
            if state.merged_into:
                assert stream in states[state.merged_into].absorbed
            for other in state.absorbed:
                assert states[other].merged_into == stream
            assert len(set(state.absorbed)) == len(state.absorbed)

    @invariant()
    def facts_are_never_missing(self):
        for state in cases_of(self.story).values():
            for name in Facts.__struct_fields__:
                assert type(getattr(state, name)) is type(getattr(Facts(), name)), name

    def teardown(self):
        """From what is stored alone, the same states; numbers without a gap."""
        numbers = [number for r in self.story.log if (number := getattr(r.event, "number", ""))]
        by_year = {}
        for number in numbers:
            _, year, count = number.split("-")
            by_year.setdefault(year, []).append(int(count))
        for counts in by_year.values():
            assert counts == list(range(1, len(counts) + 1))
        for stream, state in self.story.states.items():
            history = self.story.stream(stream)
            assert law.fold(history) == state, stream
            assert [entry.rev for entry in history] == list(range(len(history)))
            if not any(isinstance(entry.event, RecordCorrected) for entry in history):
                plain = law.initial(stream)
                for entry in history:
                    plain = law.evolve(plain, entry)
                assert plain == state, stream
        assert [entry.seq for entry in self.story.log] == list(range(len(self.story.log)))
        assert [entry.at for entry in self.story.log] == sorted(entry.at for entry in self.story.log)


TestEverySequence = EverySequence.TestCase
TestEverySequence.settings = settings(
    max_examples=60,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_repeating_any_command_never_breaks_a_case():
    """A command repeated at once is refused, or changes nothing, or happens a second time: it never fails."""
    wanderer = Wanderer(Random(11), cases=3)
    for _ in range(400):
        wanderer.story.tell(wanderer.pause())
        asked = wanderer.next()
        again = do(asked.command, role=asked.role, actor=asked.actor, for_=asked.for_)
        for one in (asked, again, again):
            try:
                wanderer.story.ask(one)
            except Refused:
                continue
