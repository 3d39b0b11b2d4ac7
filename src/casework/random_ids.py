"""Random bytes for keys, nonces, salts and ids, drawn from the system by the page.

Whoever asks the system gives up its turn, and where many callers wait for theirs, getting it back costs more than the
sealing of a note. No byte is handed out twice: not to two threads, and not to a forked process and its parent.
"""

from __future__ import annotations

import os
import threading

_PAGE = 4_096


class _Drawn:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._page = b""
        self._at = 0

    def take(self, size: int) -> bytes:
        if size > _PAGE:
            return os.urandom(size)
        with self._lock:
            if self._at + size > len(self._page):
                self._page, self._at = os.urandom(_PAGE), 0
            self._at += size
            return self._page[self._at - size : self._at]

    def forget(self) -> None:
        """In a process just forked: the page is its parent's, and a thread left behind may have held the lock."""
        self.__init__()


_drawn = _Drawn()
os.register_at_fork(after_in_child=_drawn.forget)


def fresh(size: int) -> bytes:
    """SIZE random bytes that nobody else has been given."""
    return _drawn.take(size)
