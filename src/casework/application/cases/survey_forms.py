"""The form in force of each survey, and its title."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, select

from casework.application.runtime.runtime import Runtime
from casework.change.tables import survey_change
from casework.database.engine import reading
from casework.law.surveys.events import SurveyOpened, SurveyRevised
from casework.log import codec, schema
from casework.log.entry import decode

_FORMS = (SurveyOpened.name, SurveyRevised.name)


def titles(runtime: Runtime, log: str, streams: Iterable[str]) -> dict[str, str]:
    """Stream → title, of the surveys among these."""
    with reading(runtime.engine) as db:
        return {stream: form.title for stream, form in forms_of(db, log, list(streams)).items()}


def forms_of(db: Connection, log: str, streams: list[str]) -> dict[str, SurveyOpened | SurveyRevised]:
    """The form that is in force of each."""
    of, entry = survey_change.c, schema.entry.c
    newest = (
        select(of.stream, func.max(of.rev).label("rev"))
        .where(of.log == log, of.stream.in_(streams), of.type.in_(_FORMS))
        .group_by(of.stream)
        .subquery()
    )
    found: dict[str, Any] = {}
    if not streams:
        return found
    stored = select(entry.bytes).where(
        entry.log == log, entry.stream == newest.c.stream, entry.rev == newest.c.rev
    )  # fmt: skip
    for one in db.scalars(stored):
        read = decode(one)
        found[read.stream] = codec.recorded(read).event
    return found
