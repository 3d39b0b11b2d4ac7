"""Tests that retention erases what is over, except what is on hold."""

import json
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from casework.application.access.actor import CLOCK, resolve
from casework.application.cases.open_case import open_case
from casework.application.commands.handle import Request, handle
from casework.application.privacy.retention import due, rule_for, run
from casework.application.runtime.runtime import Runtime
from casework.law.context import Refused
from casework.law.county.privacy_events import RetentionRule
from casework.log.entry import encode
from tests.operators.county import LOG, do, live, runtime_of, terminal_of

RULES = [{"days": 30, "counted_from": "closed"}, {"days": 400, "counted_from": "closed", "category": "water"}]


def ended(runtime, summary):
    """A case that was withdrawn: it is over."""
    number = live(runtime, summary)
    do(runtime, "withdraw-case", "cadre/finch", "caller", case=number, reason="no_longer_wanted")
    return number


def later(monkeypatch, days):
    """From here on the county's date lies so many days ahead."""
    now = Runtime.county

    def ahead(runtime, log, *, fresh=False):
        county = now(runtime, log, fresh=fresh)
        return replace(county, today=(date.fromisoformat(county.today) + timedelta(days=days)).isoformat())

    monkeypatch.setattr(Runtime, "county", ahead)


def states(runtime, number):
    crane = resolve(runtime.county(LOG, fresh=True), "cadre/crane", "cadre")
    shown = open_case(runtime, LOG, str(runtime.store.find(LOG, "number", number)), crane)
    return {part.state for step in shown.timeline for part in step.sealed}


def test_retention_erases_expired_cases_except_those_on_hold(county, monkeypatch):
    with runtime_of(county) as runtime:
        first, held, open_still = ended(runtime, "一"), ended(runtime, "二"), live(runtime, "三")
        assert due(runtime, LOG) == []
        do(runtime, "set-retention", "cadre/wren", "privacy_officer", rules=RULES, document="doc-1")
        stream = runtime.store.find(LOG, "number", held)
        hold = {"hold": "hold/00000000-0000-4000-8000-000000000001", "basis": "court", "until": "2999-01-01"}
        do(runtime, "place-hold", "cadre/wren", "privacy_officer", streams=[stream], **hold)
        assert due(runtime, LOG) == []
        later(monkeypatch, days=398)
        assert due(runtime, LOG) == []
        later(monkeypatch, days=3)
        assert [(one.number, bool(one.hold)) for one in due(runtime, LOG)] == [(first, False), (held, True)]

        done = run(runtime, LOG)

        assert (done.erased, done.held) == ([first], [held])
        assert states(runtime, first) == {"erased"}
        assert states(runtime, held) == states(runtime, open_still) == {"open"}
        assert run(runtime, LOG).erased == []
        told = runtime.store.read(LOG, limit=10_000)[-1]
        assert (told.actor, told.role, told.type) == (CLOCK, "clock", "personal-data-erased.v1")
        assert b"retention_over" in encode(told)


def test_the_clock_may_not_erase_for_a_reason_besides_retention(file_county):
    with runtime_of(file_county) as runtime:
        members = {"kids": ["0a0b"], "basis": "unlawful"}
        request = Request(
            log=LOG, command="erase-personal-data", members=members, actor=CLOCK, role="clock", source="timer"
        )
        with pytest.raises(Refused, match="privacy_officer"):
            handle(runtime, request)


def test_the_most_specific_retention_rule_applies():
    of = {
        ("", ""): RetentionRule(days=1), ("water", ""): RetentionRule(days=2, category="water"),
        ("", "secret"): RetentionRule(days=3, level="secret"),
        ("water", "secret"): RetentionRule(days=4, category="water", level="secret"),
    }  # fmt: skip

    assert [rule_for(list(of.values()), *case) for case in of] == list(of.values())
    assert rule_for([of["water", ""]], "road", "public") is None


def test_the_terminal_runs_retention_with_nothing_due(file_county):
    terminal = terminal_of(file_county)
    rules = json.dumps(RULES)
    terminal(
        "--log", LOG, "do", "set-retention", "--as", "cadre/wren", "--role", "privacy_officer", f"rules={rules}",
        "document=doc-1",
    )  # fmt: skip

    assert json.loads(terminal("--log", LOG, "privacy", "due", "--json")) == []
    assert "0 cases erased" in terminal("--log", LOG, "privacy", "run-retention")
