"""Pages of a survey's answers, with sealed words for those who may read them."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, Struct
from sqlalchemy import not_, select

from casework.application.access.actor import Actor
from casework.application.access.reading_note import open_noted
from casework.application.access.visibility import visibility_of
from casework.application.cases.open_case import Sealing, sealing
from casework.application.runtime.paging import cursor, place
from casework.application.runtime.runtime import Runtime
from casework.application.surveys.refusals import refused
from casework.application.surveys.surveys import seen, state_of
from casework.change.tables import case_now, survey_change
from casework.database.engine import reading
from casework.law.surveys.events import SurveyAnswered
from casework.log import codec, schema
from casework.log.entry import decode

MOST = 200


class Answer(Struct, frozen=True, kw_only=True):
    """One person's answer.

    replies  question → codes chosen, or the number; null where words answer it, which are sealed
    cases    question → stream of the case that the need became; '' for the answer as a whole
    sealed   words and contact, or why there are none
    """

    rev: int
    respondent: str
    version: int
    occurred_on: str
    recorded_on: str
    by: str
    replies: dict[str, list[str] | int | None]
    cases: dict[str, str]
    sealed: tuple[Sealing, ...] = ()


class Answers(Struct, frozen=True, kw_only=True):
    """A page of answers, in the order of the log; `next` fetches the one after, '' is the end."""

    log: str
    survey: str
    rows: list[Answer]
    next: str


def answers(
    runtime: Runtime, log: str, stream: str, who: Actor | None = None, *, limit: int = 50, after: str = ""
) -> Answers:
    """A page of answers; sealed parts are opened where WHO may read them, never for the operator (None)."""
    if not 1 <= limit <= MOST:
        raise refused("page-length", most=MOST)
    state = seen(runtime, log, stream, who)
    asked = ["answers", stream, *((who.actor, who.role, who.area) if who else ())]
    start = place(asked, after, [int])
    of, entry = survey_change.c, schema.entry.c
    query = (
        select(entry.bytes)
        .join(survey_change, (of.log == entry.log) & (of.seq == entry.seq) & (of.line == 0))
        .where(of.log == log, of.stream == stream, of.type == SurveyAnswered.name, of.rev > (start[0] if start else -1))
        .order_by(of.rev)
        .limit(limit + 1)
    )
    with reading(runtime.engine) as db:
        found = [decode(stored) for stored in db.scalars(query)]
    page = found[:limit]
    county = runtime.county(log)
    reads = who is not None and visibility_of(county, who).unseals
    texts = open_noted(runtime, county, who, "answers", page) if reads and who is not None else {}
    cases: dict[str, dict[str, str]] = {}
    untold = _untold(runtime, log, stream, who)
    for (respondent, question), case in state.needs.items():
        if case not in untold:
            cases.setdefault(respondent, {})[question] = case
    numbers = frozenset(question.code for question in state.questions if question.kind == "number")
    rows = [_shown(one, texts.get(one.seq) if reads else None, cases, numbers) for one in page]
    return Answers(
        log=log, survey=stream, rows=rows, next=cursor(asked, [page[-1].rev] if len(found) > limit else None)
    )


def respondent_of(runtime: Runtime, log: str, stream: str, name: str) -> str:
    """Who answered under an id that begins like NAME, where only one does."""
    wanted = f"resident/{name.removeprefix('resident/')}"
    found = sorted(one for one in state_of(runtime, log, stream).respondents if one.startswith(wanted))
    if len(found) != 1:
        raise refused("no-such-answer", name=name, count=len(found), nearest=tuple(found[:3]))
    return found[0]


def _untold(runtime: Runtime, log: str, stream: str, who: Actor | None) -> frozenset[str]:
    """Of the cases that a survey led to those of which WHO must not learn that there are any."""
    if who is None:
        return frozenset()
    of = case_now.c
    untold = select(of.stream).where(
        of.log == log, of.survey == stream, not_(visibility_of(runtime.county(log), who).told_of())
    )
    with reading(runtime.engine) as db:
        return frozenset(db.scalars(untold))


def _shown(
    entry: Any, texts: dict[str, Any] | None, cases: dict[str, dict[str, str]], numbers: frozenset[str]
) -> Answer:
    recorded = codec.recorded(entry)
    event: Any = recorded.event
    return Answer(
        rev=recorded.rev,
        respondent=event.respondent,
        version=event.version,
        occurred_on=recorded.occurred_on,
        recorded_on=recorded.recorded_on,
        by=recorded.counts_for,
        replies={
            reply.question: reply.number if reply.question in numbers else list(reply.choices) or None
            for reply in event.replies
        },
        cases=cases.get(event.respondent, {}),
        sealed=() if entry.sealed is UNSET else tuple(sealing(part.member, texts) for part in entry.sealed),
    )
