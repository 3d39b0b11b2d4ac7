"""Views of the survey pages: the list, and one with its figures."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from casework.application.access.actor import Actor
from casework.application.runtime.runtime import Runtime
from casework.application.surveys import surveys
from casework.application.surveys.figures import Answered, Needs
from casework.application.surveys.surveys import Shown, find_survey
from casework.http.pages.views import Frame, frame, term
from casework.http.pages.words import Words
from casework.law.surveys.events import QUESTION_KINDS, SURVEY_GROUPS, YES_NO


class SurveyLine(Struct, frozen=True, kw_only=True):
    """A survey in the list."""

    href: str
    title: str
    told: str
    closed: bool
    figures: list[tuple[str, str]]


class SurveysPage(Frame, frozen=True, kw_only=True):
    """Every survey that the reader may see."""

    surveys: list[SurveyLine]


class Bar(Struct, frozen=True):
    """A choice: how many chose it, and its share of those who answered, in hundredths."""

    label: str
    picks: int
    share: float


class QuestionView(Struct, frozen=True, kw_only=True):
    """A question with how it was answered."""

    label: str
    kind: str
    replies: int
    bars: list[Bar]
    mean: str


class NeedLine(Struct, frozen=True, kw_only=True):
    """A need that became a case."""

    number: str
    href: str
    summary: str
    status: str
    told: str


class SurveyPage(Frame, frozen=True, kw_only=True):
    """A survey."""

    found: Shown
    facts: list[tuple[str, str]]
    figures: list[tuple[str, str]]
    questions: list[QuestionView]
    needs: list[NeedLine]


def surveys_page(runtime: Runtime, log: str, who: Actor, w: Words) -> SurveysPage:
    """The list."""
    return SurveysPage(
        **frame(runtime, log, who, w),
        surveys=[
            SurveyLine(
                href=f"/{log}/surveys/{one.survey.partition('/')[2]}",
                title=one.title,
                told=f"{_group(w, one.group)} · {one.starts} – {one.ends}",
                closed=one.closed,
                figures=_figures(w, one.needs),
            )
            for one in surveys.surveys(runtime, log, who)
        ],
    )


def survey_page(runtime: Runtime, log: str, who: Actor, w: Words, name: str) -> SurveyPage:
    """One of them."""
    found = surveys.survey(runtime, log, find_survey(runtime, log, name), who)
    roster = runtime.county(log).roster
    units, areas = roster.labels("unit"), roster.labels("area")
    categories = {"category": roster.labels("category")}
    return SurveyPage(
        **frame(runtime, log, who, w),
        found=found,
        facts=[
            (w.asked_group, _group(w, found.group)),
            (w.run_by, "、".join(units.get(unit, unit) for unit in found.units)),
            (w.asked_where, areas.get(found.area, found.area)),
            (w.asked_when, f"{found.starts} – {found.ends}"),
        ],
        figures=_figures(w, found.needs),
        questions=[_question(w, question) for question in found.questions],
        needs=[_need(log, w, case, categories) for case in found.cases],
    )


def _group(w: Words, group: str) -> str:
    return group.replace("_", " ") if w.language == "en" else SURVEY_GROUPS.get(group, group)


def _figures(w: Words, needs: Needs) -> list[tuple[str, str]]:
    return [
        (w.asked, f"{needs.asked:,}"),
        (w.answered, f"{needs.answered:,}"),
        (w.raised, f"{needs.raised:,}"),
        (w.still_open, f"{needs.open:,}"),
        (w.solved, f"{needs.solved:,}"),
    ]


def _question(w: Words, asked: Answered) -> QuestionView:
    def label(code: str, given: str) -> str:
        return code if w.language == "en" and asked.kind == "yes_no" and code in YES_NO else given

    return QuestionView(
        label=asked.label,
        kind=asked.kind.replace("_", "/") if w.language == "en" else QUESTION_KINDS[asked.kind],
        replies=asked.replies,
        bars=[
            Bar(
                label(choice.code, choice.label),
                choice.picks,
                round(100 * choice.picks / asked.replies, 1) if asked.replies else 0.0,
            )
            for choice in asked.choices
        ],
        mean=f"{asked.total / asked.replies:.1f}" if asked.kind == "number" and asked.replies else "",
    )


def _need(log: str, w: Words, case: Mapping[str, str], names: Mapping[str, Mapping[str, str]]) -> NeedLine:
    told = (term(w, fact, case[fact], names) for fact in ("category", "outcome") if case[fact])
    return NeedLine(
        number=case["number"],
        href=f"/{log}/cases/{case['number']}",
        summary=case.get("summary", ""),
        status=term(w, "status", case["status"], {}),
        told=" · ".join(told),
    )
