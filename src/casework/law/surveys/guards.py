"""What the law asks first of whoever acts on a needs survey, and of codes that must not stand twice."""

from __future__ import annotations

from collections.abc import Iterable

from casework.law.cases import names as called
from casework.law.cases.guards import refuse
from casework.law.context import Context
from casework.law.surveys.state import SurveyState


def run_by(state: SurveyState, stream: str, context: Context) -> SurveyState:
    """The survey, which must be there and be run by the unit of whoever asks; supervisors watch over all."""
    if state.rev < 0:
        refuse(
            "no-such-survey",
            f"没有需求调查 {stream}：请先【发起需求调查】。",
            f"There is no survey {stream}: open it first (open-survey).",
        )
    check_runs(state.units, context)
    return state


def check_runs(units: tuple[str, ...], context: Context) -> None:
    """Refuse those of no unit that runs it."""
    if context.role != "supervisor" and context.unit not in units:
        run, own = called.several(called.unit(unit, context) for unit in units), called.unit(context.unit, context)
        refuse(
            "not-your-unit",
            f"这项调查由{run.zh}开展，您所在的单位是{own.zh}：须由开展单位的人员办理。",
            f"The survey is run by {run.en}, and you act for {own.en}: somebody of these units must do this.",
        )


def taking(state: SurveyState, stream: str, context: Context) -> SurveyState:
    """The survey, which must still take answers."""
    if run_by(state, stream, context).closed:
        refuse(
            "survey-closed",
            f"调查“{state.title}”已经结束：请另行【发起需求调查】。",
            f"The survey “{state.title}” is closed: open another one (open-survey).",
        )
    return state


def check_once(what: str, codes: Iterable[str]) -> None:
    """Refuse a code that stands there twice; WHAT is called so, or of what they are the choices."""
    seen = set[str]()
    for code in codes:
        if code in seen:
            refuse(
                "given-twice",
                f"代码{called.value(code).zh}重复：请换用另一代码。",
                f"The code {called.value(code).en} stands there twice ({what}): give one another code.",
            )
        seen.add(code)
