"""One batch, one log, one transaction: lock the head, draft, write, commit; try again where that may help."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TypeAlias

from casework.clock import Clock
from casework.log.cache import STATES, LogCache
from casework.log.draft import NUMBER, Draft
from casework.log.errors import LogDamaged, OutcomeUnknown, StoreUnavailable
from casework.log.store import Append, LogStore
from casework.log.submission import Answer, Hook, Law, Submission

Outcome: TypeAlias = Answer | Exception

#: waits before trying again what another process, or the database, stood in the way of
PAUSES = (0.01, 0.05, 0.2, 0.5)


class Batches:
    """Appends batches to logs. One thread at a time: the writer sees to that."""

    def __init__(
        self, store: LogStore, law: Law, clock: Clock, after_append: Sequence[Hook] = (), states: int = STATES
    ) -> None:
        self.store = store
        self.law = law
        self.clock = clock
        self.after_append = tuple(after_append)
        self.states = states
        #: log → its size after the last entry of its roster that was appended here
        self.roster_size: dict[str, int] = {}
        self._known: dict[str, LogCache] = {}

    def append(self, log: str, submissions: Sequence[Submission]) -> list[Outcome]:
        """The outcome of each submission, all of one log, in order; what is answered is stored."""
        try:
            return self._persist(log, submissions)
        except (OutcomeUnknown, StoreUnavailable, LogDamaged) as error:
            return [error] * len(submissions)
        except Exception as error:  # nothing was stored: let only the one fail whose fault it is
            if len(submissions) == 1:
                return [error]
            return [self.append(log, [one])[0] for one in submissions]

    def _persist(self, log: str, submissions: Sequence[Submission]) -> list[Outcome]:
        for pause in PAUSES:
            try:
                return self._once(log, submissions)
            except Exception as error:
                self._known.pop(log, None)
                if isinstance(error, OutcomeUnknown) or not self.store.is_passing(error):
                    raise
            time.sleep(pause)
        try:
            return self._once(log, submissions)
        except Exception as error:
            self._known.pop(log, None)
            if isinstance(error, OutcomeUnknown) or not self.store.is_passing(error):
                raise
            first_line = str(error).partition("\n")[0]
            raise StoreUnavailable(
                f"数据库试了 {len(PAUSES) + 1} 次仍未接受（{first_line}），没有入账：请重发同一命令",
                f"the database did not take it after {len(PAUSES) + 1} attempts ({first_line}): nothing was stored, "
                f"send the same command again",
            ) from error

    def _once(self, log: str, submissions: Sequence[Submission]) -> list[Outcome]:
        known = self._known.get(log)
        if known is None:
            known = self._known[log] = LogCache(self.law, log, self.states)
        transaction = self.store.append(log)
        try:
            known.catch_up(transaction)
            draft, outcomes = self._draft(transaction, known, submissions)
            if not draft.appended:
                transaction.rollback()
                return outcomes
            self._write(transaction, draft)
        except BaseException:
            transaction.rollback()
            raise
        try:
            transaction.commit()
        except Exception as error:
            first_line = str(error).partition("\n")[0]
            transaction.rollback()
            raise OutcomeUnknown(
                f"提交失败（{first_line}），是否入账尚不清楚：请用同一命令编号重发，即可得知",
                f"COMMIT failed ({first_line}): send the same command again, "
                f"with the same id, to learn whether it was stored",
            ) from error
        known.head, known.county = draft.head, draft.county
        known.directory.settle()
        known.keep(draft.states)
        if draft.roster_size:
            self.roster_size[log] = draft.roster_size
        return outcomes

    def _draft(
        self, transaction: Append, known: LogCache, submissions: Sequence[Submission]
    ) -> tuple[Draft, list[Outcome]]:
        """Decide all; once more where a claim turns out to be taken, which is rarely so."""
        mark = known.directory.mark()
        taken: dict[tuple[str, str], str] = {}
        while True:
            draft = Draft(transaction, known, self.clock, taken)
            draft.prefetch(submissions)
            outcomes: list[Outcome] = []
            for one in submissions:
                try:
                    outcomes.append(draft.take(one))
                except Exception as error:
                    if self.store.is_passing(error):
                        raise
                    outcomes.append(error)
            claims = [claim for claim in draft.claims if claim[0] != NUMBER and claim not in taken]
            found = transaction.claimed(claims) if claims else {}
            if not found:
                return draft, outcomes
            taken |= found
            known.directory.rollback(mark)

    def _write(self, transaction: Append, draft: Draft) -> None:
        rows, log = draft.rows, draft.log
        rows.claims = [(log, kind, key, stream) for (kind, key), stream in draft.claims.items()]
        last = {one.recorded.stream: one.recorded for one in draft.appended}
        rows.streams = [(log, stream, line.rev, line.seq) for stream, line in last.items()]
        transaction.write(rows)
        for hook in self.after_append:
            hook(transaction.connection, log, draft.appended)
        transaction.move_head(draft.head)
