"""Checks shared by the commands of needs surveys."""

from __future__ import annotations

from collections.abc import Iterable

from casework.law.cases import names as called
from casework.law.context import Context
from casework.law.surveys.refusals import refused
from casework.law.surveys.state import SurveyState


def run_by(state: SurveyState, stream: str, context: Context) -> SurveyState:
    """The survey, which must be there and be run by the unit of whoever asks; supervisors watch over all."""
    if state.rev < 0:
        raise refused("no-such-survey", stream=stream)
    check_runs(state.units, context)
    return state


def check_runs(units: tuple[str, ...], context: Context) -> None:
    """Refuse those of no unit that runs it."""
    if context.role != "supervisor" and context.unit not in units:
        run, own = called.several(called.unit(unit, context) for unit in units), called.unit(context.unit, context)
        raise refused("not-your-unit", units=run, own_unit=own)


def taking(state: SurveyState, stream: str, context: Context) -> SurveyState:
    """The survey, which must still take answers."""
    if run_by(state, stream, context).closed:
        raise refused("survey-closed", title=state.title)
    return state


def check_once(what: str, codes: Iterable[str]) -> None:
    """Refuse a code that stands there twice; WHAT is called so, or of what they are the choices."""
    seen = set[str]()
    for code in codes:
        if code in seen:
            raise refused("given-twice", code=called.value(code), what=what)
        seen.add(code)
