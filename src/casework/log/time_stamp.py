"""Times of an entry: checks the clock, and the time claimed for an act."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from casework.clock import instant, local_date, moment_of, shifted
from casework.law.context import Refused
from casework.law.county.events import ClockAccepted
from casework.log.errors import ClockRefused
from casework.log.refusals import sentence
from casework.log.submission import Submission
from casework.text import Text, term

BEHIND = timedelta(days=1)
AHEAD = timedelta(days=365)
_TERMS = {"occurred": "发生时间", "device.captured": "设备采集时间", "device.sent": "设备发送时间"}
_INSTANT = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z\Z")


class Claimed(NamedTuple):
    """Claimed time of an act, other than its recording: instant and local date, or a local date alone; '' if none."""

    occurred: str = ""
    occurred_on: str = ""


NOT_CLAIMED = Claimed()


def check_clock(now: str, head_at: str, accepted: ClockAccepted | None) -> None:
    """Refuse a clock more than a day behind the log's last entry, or a year ahead of it."""
    if now[:10] == head_at[:10] or not head_at:
        return
    since = head_at
    if accepted is not None and head_at <= accepted.head_at:
        since = min(head_at, accepted.clock_at)  # bridged since an operator confirmed the earlier clock
    step = moment_of(now) - moment_of(since)
    if step < -BEHIND:
        raise ClockRefused(now, since, Text(f"慢了 {(-step).days} 天多", f"{_days(-step)} behind"))
    if step > AHEAD:
        raise ClockRefused(now, since, Text(f"快了 {step.days} 天多", f"{_days(step)} ahead of"))


def claimed(submission: Submission, at: str, zone: str) -> Claimed:
    """The time that the submission claims for its act; NOT_CLAIMED without one. Raises Refused for a malformed one.

    A stated time or date is taken as it is. Otherwise the device counts: it knows the span from act to sending even if
    its clock is wrong, so the act occurred at AT less that span.
    """
    if submission.occurred:
        occurred = _checked("occurred", submission.occurred)
    elif submission.occurred_on:
        return Claimed("", _checked_date(submission.occurred_on))
    elif submission.device is not None:
        captured = _checked("device.captured", submission.device.captured)
        sent = _checked("device.sent", submission.device.sent)
        try:
            occurred = shifted(captured, moment_of(at) - moment_of(sent))
        except OverflowError:
            raise _beyond(captured) from None
    else:
        return NOT_CLAIMED
    if occurred == at:
        return NOT_CLAIMED
    try:
        return Claimed(occurred, local_date(occurred, zone))
    except ValueError:
        raise _beyond(occurred) from None


def _beyond(text: str) -> Refused:
    return Refused("malformed-instant", *sentence("malformed-instant/beyond", text=text))


def _checked(member: str, text: str) -> str:
    try:
        if _INSTANT.match(text) and instant(text) == text:
            return text
    except ValueError:
        pass
    raise Refused("malformed-instant", *sentence("malformed-instant", member=term(_TERMS, member), text=text))


def _checked_date(text: str) -> str:
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise Refused("malformed-date", *sentence("malformed-date", text=text))


def _days(span: timedelta) -> str:
    return f"{span.days} days" if span.days != 1 else "a day"
