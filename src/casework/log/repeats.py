"""Answers a repeated command with its first answer."""

from __future__ import annotations

import msgspec

from casework.law.event import Recorded
from casework.log.codec import recorded_from_bytes
from casework.log.errors import CommandReused
from casework.log.store import Remembered
from casework.log.submission import NUMBER, Answer, Submission
from casework.text import Text

_answer = msgspec.json.Decoder(Answer).decode


def first_answer(submission: Submission, before: Remembered) -> Answer:
    """The first answer; raises CommandReused when actor or content differ from the first time."""
    if before.actor != submission.actor:
        raise CommandReused(
            submission.command_id,
            Text(
                f"已由 {before.actor} 用过，不是 {submission.actor}",
                f"by {before.actor}, not by {submission.actor}",
            ),
        )
    if before.digest and before.digest != submission.digest:
        raise CommandReused(submission.command_id, Text("已用于另一内容", "with other content"))
    if before.answer:
        answer = _answer(before.answer)
        answer.repeated = True
        return answer
    return _from_entries(submission, [recorded_from_bytes(stored) for stored in before.entries])


def _from_entries(submission: Submission, stored: list[Recorded]) -> Answer:
    own = submission.streams[0]
    claims = [claim for line in stored for claim in line.event.claims()]
    return Answer(
        log=submission.log,
        command=submission.command_id,
        stream=own,
        rev=max((line.rev for line in stored if line.stream == own), default=-1),
        seq=stored[0].seq,
        events=tuple(line.event.name for line in stored),
        number=next((key for kind, key in claims if kind == NUMBER), ""),
        size=stored[-1].seq + 1,
        at=stored[-1].at,
        repeated=True,
    )
