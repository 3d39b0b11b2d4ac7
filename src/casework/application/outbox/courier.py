"""Thread that creates outbox messages from new entries and sends those due."""

from __future__ import annotations

import threading

from casework.application.outbox import outbox
from casework.application.outbox.channels import Channel
from casework.application.outbox.send import send_due
from casework.application.runtime.problem import database_sentence
from casework.application.runtime.runtime import Runtime

#: seconds between two looks
EVERY = 1.0


class Courier:
    """One for all processes is enough, and more do no harm: each message is claimed by one.

    last_error  why the last round came to nothing; '' where it did not
    """

    def __init__(self, runtime: Runtime, channel: Channel, every: float = EVERY) -> None:
        self.last_error = ""
        self._runtime = runtime
        self._channel = channel
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="casework-courier", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> None:
        """Stop after the current message, or after `stop_seconds`."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(self._runtime.settings.server.stop_seconds)

    def round(self) -> None:
        """Look once at every log; a message at a time, so that an end waits for one only."""
        for log in self._runtime.logs():
            outbox.make(self._runtime, log)
            while not self._stop.is_set() and send_due(self._runtime, log, self._channel, most=1):
                pass

    def _work(self) -> None:
        while not self._stop.wait(self._every):
            try:
                self.round()
            except Exception as why:  # the database is away: the next round tries again
                self.last_error = database_sentence(why) or type(why).__name__
            else:
                self.last_error = ""
