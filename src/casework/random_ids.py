"""Random bytes for keys, nonces, salts and ids, buffered by page.

`os.urandom` releases the GIL; under load, getting it back costs more than sealing a note, so 4 KiB are drawn at a time.
No byte is used twice: neither by two threads, nor by a forked process and its parent.
"""

from __future__ import annotations

import os
import threading

_PAGE = 4_096


class _Pool:
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
        """Start anew in a forked process: the page is its parent's, and a thread of the parent may hold the lock."""
        self.__init__()


_pool = _Pool()
os.register_at_fork(after_in_child=_pool.forget)


def fresh(size: int) -> bytes:
    """SIZE random bytes that no other call returns."""
    return _pool.take(size)
