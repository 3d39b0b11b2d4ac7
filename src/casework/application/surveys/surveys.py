"""Lists and opens needs surveys with their figures and the cases raised."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, func, select, true

from casework.application.access.actor import Actor
from casework.application.access.reading_note import note
from casework.application.access.visibility import outside, visibility_of
from casework.application.cases import rows as case_rows
from casework.application.cases.survey_forms import forms_of
from casework.application.runtime.runtime import Runtime
from casework.application.surveys.figures import Answered, Needs, answered, counted
from casework.application.surveys.refusals import refused
from casework.change.tables import case_now, survey_change
from casework.database.engine import reading
from casework.law.kinds import fold
from casework.law.surveys.state import SurveyState
from casework.log import codec

_UUID = re.compile(r"(?:survey/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\Z")
#: needs listed with a survey; a list of cases, filtered by the survey, goes on from there
NEEDS = 200


#: members of a survey as shown that its state has under the same name
_FROM_STATE = ("rev", "title", "group", "units", "area", "township", "starts", "ends", "version", "closed")


class Line(Struct, frozen=True, kw_only=True):
    """A survey in a list."""

    survey: str
    title: str
    group: str
    units: tuple[str, ...]
    area: str
    starts: str
    ends: str
    closed: bool
    needs: Needs


class Shown(Struct, frozen=True, kw_only=True):
    """A survey with its figures, at a size of the log.

    cases   needs raised that the reader may see, the latest first
    hidden  needs raised that the reader may not see
    """

    log: str
    size: int
    rev: int
    survey: str
    title: str
    group: str
    units: tuple[str, ...]
    area: str
    township: str
    starts: str
    ends: str
    version: int
    closed: bool
    needs: Needs
    questions: tuple[Answered, ...]
    cases: list[dict[str, Any]]
    hidden: int


def find_survey(runtime: Runtime, log: str, name: str) -> str:
    """The stream of the survey called NAME: its id, or its title where only one has it."""
    if (match := _UUID.match(name.strip())) and runtime.store.first(log, f"survey/{match[1]}"):
        return f"survey/{match[1]}"
    with reading(runtime.engine) as db:
        titled = [stream for stream, form in forms_of(db, log, _all(db, log)).items() if form.title == name.strip()]
    if len(titled) == 1:
        return titled[0]
    if titled:
        raise refused("which-survey", count=len(titled), name=name, example=titled[0], nearest=tuple(titled[:3]))
    raise refused("no-such-survey", name=name)


def state_of(runtime: Runtime, log: str, stream: str) -> SurveyState:
    """A survey as it stands."""
    return fold([codec.recorded(entry) for entry in runtime.store.read_stream(log, stream)])


def seen(runtime: Runtime, log: str, stream: str, who: Actor | None) -> SurveyState:
    """The state of a survey; Problem where WHO may not open it. The machine's operator (None) may."""
    state = state_of(runtime, log, stream)
    if who is not None and not visibility_of(runtime.county(log), who).sees_thing("survey", state):
        raise outside(who, "survey", state)
    return state


def surveys(runtime: Runtime, log: str, who: Actor | None = None) -> list[Line]:
    """Every survey that WHO may see, the latest first."""
    of = survey_change.c
    opened = select(of.stream).where(of.log == log, of.is_survey == 1).order_by(of.seq.desc())
    county = runtime.county(log)
    with reading(runtime.engine) as db:
        if who is None:
            streams = list(db.scalars(opened))
        else:
            # by whom a survey is run may have changed since it was opened
            listed = visibility_of(county, who).listed_things("survey")
            ever = {*db.scalars(select(of.stream).distinct().where(of.log == log, listed))}
            streams = [stream for stream in db.scalars(opened) if stream in ever]
        forms = forms_of(db, log, streams)
        places = _places(db, log, streams)
        figures = counted(db, log, streams, _told_of(runtime, log, who))
    found: list[Line] = []
    for stream in streams:
        form, (group, area, township, closed) = forms[stream], places[stream]
        state = SurveyState(units=form.units, area=area, township=township)
        if who is None or visibility_of(county, who).sees_thing("survey", state):
            found.append(
                Line(
                    survey=stream,
                    title=form.title,
                    group=group,
                    units=form.units,
                    area=area,
                    starts=form.starts,
                    ends=form.ends,
                    closed=closed,
                    needs=figures[stream],
                )
            )
    return found


def survey(runtime: Runtime, log: str, stream: str, who: Actor | None = None) -> Shown:
    """One survey: its form, what was answered to each question, and what became of the needs raised."""
    state = seen(runtime, log, stream, who)
    with reading(runtime.engine) as db:
        needs = counted(db, log, [stream], _told_of(runtime, log, who))[stream]
        questions = answered(db, log, stream, state.questions)
        cases = _cases(runtime, db, log, stream, who)
        size = runtime.store.head(log).size
    if who is not None and (told := sum(bool(row["summary"]) for row in cases)):
        note(runtime, runtime.county(log), who, "survey", shown=told)
    return Shown(
        log=log,
        size=size,
        survey=stream,
        **{name: getattr(state, name) for name in _FROM_STATE},
        needs=needs,
        questions=questions,
        cases=cases,
        hidden=max(0, needs.raised - len(cases)) if len(cases) < NEEDS else 0,
    )


def _all(db: Connection, log: str) -> list[str]:
    of = survey_change.c
    return list(db.scalars(select(of.stream).where(of.log == log, of.is_survey == 1).order_by(of.seq)))


def _places(db: Connection, log: str, streams: list[str]) -> dict[str, tuple[str, str, str, bool]]:
    """Whom each asks, where, and whether it has ended."""
    of = survey_change.c
    query = (
        select(of.stream, func.max(of.asked_group), func.max(of.area), func.max(of.township), func.max(of.closed))
        .where(of.log == log, of.stream.in_(streams))
        .group_by(of.stream)
    )
    found = db.execute(query)
    return {stream: (group, area, town, bool(closed)) for stream, group, area, town, closed in found}


def _told_of(runtime: Runtime, log: str, who: Actor | None) -> ColumnElement[bool]:
    return true() if who is None else visibility_of(runtime.county(log), who).told_of()


def _cases(runtime: Runtime, db: Connection, log: str, stream: str, who: Actor | None) -> list[dict[str, Any]]:
    raised = case_rows.columns().where(
        case_now.c.log == log, case_now.c.survey == stream, case_now.c.outcome != "registered_in_error"
    )
    if who is None:
        rows = db.execute(raised.order_by(case_now.c.number.desc()).limit(NEEDS)).all()
        return [dict(zip(case_rows.COLUMNS, row, strict=True)) for row in rows]
    scope = visibility_of(runtime.county(log), who)
    rows = db.execute(
        raised.where(scope.listed() | scope.owned()).order_by(case_now.c.number.desc()).limit(NEEDS)
    ).all()
    return case_rows.shown(runtime, db, log, rows, scope)
