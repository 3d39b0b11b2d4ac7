"""Change lines of needs surveys and of the answers to them."""

from __future__ import annotations

from casework.change.case_lines import Tail, days_between
from casework.law.event import Recorded
from casework.law.surveys.events import NeedRaised, SurveyAnswered, SurveyClosed, SurveyOpened
from casework.law.surveys.state import SurveyState

#: question, choice, replies, picks, number: of a line that tells of no reply
_NO_REPLY: Tail = ("", "", 0, 0, 0)


def survey_tails(r: Recorded, before: SurveyState, after: SurveyState) -> tuple[Tail, ...]:
    """First the line that every entry has; after an answer's, its replies: `replies` is 1 once for each question."""
    event = r.event
    start: Tail = (r.seq, r.stream, r.rev, event.name, r.actor, r.role, r.unit, r.counts_for, r.occurred_on)
    start += (after.effective_on, after.group, after.area, after.township, after.unit, _joined(after.units))
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
    lines = [(*start, *_NO_REPLY, *own)]
    for reply in event.replies if isinstance(event, SurveyAnswered) else ():
        for place, choice in enumerate(reply.choices or ("",)):
            told: Tail = (reply.question, choice, int(place == 0), 1, reply.number)
            lines.append((*start, *told, *nothing))
    return tuple(lines)


def _joined(units: tuple[str, ...]) -> str:
    """All units between blanks, so that one of them can be looked for: ' roads water '."""
    return f" {' '.join(units)} "
