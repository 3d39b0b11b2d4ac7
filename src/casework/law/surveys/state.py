"""What is known of a needs survey, and what each entry makes of it."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from casework.law import members as m
from casework.law.event import Recorded, shared
from casework.law.surveys.events import NeedRaised, Question, SurveyAnswered, SurveyClosed, SurveyOpened, SurveyRevised
from casework.text import meaning


class SurveyState(Struct, frozen=True, kw_only=True, gc=False):
    """A survey as it stands after an entry; members as in `SurveyOpened` unless said here."""

    rev: m.Rev[int] = -1
    effective_on: m.EffectiveOn[str] = ""
    title: str = ""
    group: str = ""
    units: tuple[str, ...] = ()
    area: str = ""
    township: str = ""
    starts: str = ""
    ends: str = ""
    asked: int = 0
    questions: tuple[Question, ...] = ()
    version: m.Version[int] = 0
    respondents: Annotated[frozenset[str], meaning("受访人代号", "who has answered")] = frozenset()
    needs: Annotated[dict[tuple[str, str], str], meaning("已转办需求", "(respondent, question) → case")] = {}
    closed: Annotated[bool, meaning("已结束", "no more answers are taken")] = False
    confidentiality: Annotated[str, meaning("知悉范围", "seen as a case is by default")] = "internal"

    @property
    def unit(self) -> str:
        """The unit that leads."""
        return self.units[0] if self.units else ""

    def question(self, code: str) -> Question | None:
        """The question of that code."""
        return next((one for one in self.questions if one.code == code), None)


def evolve_survey(state: SurveyState, recorded: Recorded) -> SurveyState:
    """The state after one more entry of its stream."""
    state = replace(state, rev=recorded.rev, effective_on=max(state.effective_on, recorded.occurred_on))
    match recorded.event:
        case SurveyOpened() | SurveyRevised() as event:
            return replace(state, **shared(event, SurveyState), version=state.version + 1)
        case SurveyAnswered() as event:
            return replace(state, respondents=state.respondents | {event.respondent})
        case NeedRaised() as event:
            return replace(state, needs={**state.needs, (event.respondent, event.question): event.case})
        case SurveyClosed():
            return replace(state, closed=True)
        case other:
            raise TypeError(f"{other.name} is nothing that happens to a survey ({recorded.stream})")
