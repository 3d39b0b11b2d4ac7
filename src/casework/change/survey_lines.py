"""Change table and lines of needs surveys and of the answers to them."""

from __future__ import annotations

from sqlalchemy import Index

from casework.change.columns import FOR_SCOPE, LATE, Lines, Tail, change_table, days_between
from casework.database.metadata import texts, wholes
from casework.law.event import Recorded
from casework.law.surveys.events import NeedRaised, SurveyAnswered, SurveyClosed, SurveyOpened
from casework.law.surveys.state import SurveyState

survey_change = change_table(
    "survey_change",
    texts(
        asked_group="whom it asks: couriers, riders, truckers, …",
        area="where it asks",
        township="township of that place; '' above townships",
        unit="unit that leads",
        units="all units that run it, between blanks",
        confidentiality=FOR_SCOPE,
        question="of a reply: code of the question; '' on the entry's own line",
        choice="of a reply: code chosen; '' of a number or words",
    ),
    wholes(
        replies="of a reply: 1 once for each question answered",
        picks="of a reply: 1 for each choice",
        number="of a reply: the number given",
        is_survey="1 for the opening of a survey",
        asked="people to be asked: what the entry added",
        answered="1 for a person's answer",
        needs="1 for a need that became a case",
        closed="1 for the end of the survey",
        days_late_recorded=LATE,
    ),
    Index(None, "log", "stream"),
    comment="Needs surveys: whom they ask, who answered what, which needs became cases.",
)

#: question, choice, replies, picks, number: of a line that tells of no reply
_NO_REPLY: Tail = ("", "", 0, 0, 0)


def survey_lines(r: Recorded, before: SurveyState, after: SurveyState) -> Lines:
    """First the line that every entry has; after an answer's, its replies: `replies` is 1 once for each question."""
    event = r.event
    start: Tail = (after.effective_on,)
    start += (after.group, after.area, after.township, after.unit, _joined(after.units))
    start += (after.confidentiality,)
    own: Tail = (
        int(isinstance(event, SurveyOpened)),
        after.asked - before.asked,
        int(isinstance(event, SurveyAnswered)),
        int(isinstance(event, NeedRaised)),
        int(isinstance(event, SurveyClosed)),
        days_between(r.occurred_on, r.recorded_on),
    )
    nothing: Tail = (0,) * len(own)
    lines: list[tuple[int, Tail]] = [(1, (*start, *_NO_REPLY, *own))]
    for reply in event.replies if isinstance(event, SurveyAnswered) else ():
        for place, choice in enumerate(reply.choices or ("",)):
            told: Tail = (reply.question, choice, int(place == 0), 1, reply.number)
            lines.append((1, (*start, *told, *nothing)))
    return lines


def _joined(units: tuple[str, ...]) -> str:
    """All units between blanks, so that one of them can be looked for: ' roads water '."""
    return f" {' '.join(units)} "
