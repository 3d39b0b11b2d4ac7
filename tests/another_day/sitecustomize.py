"""Replaces `time.sleep` where faketime breaks it.

faketime moves the deadline that Python gives to clock_nanosleep although it leaves the monotonic clock alone.
"""

import select
import time
from typing import Any


def _sleep(seconds: Any, /) -> None:
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select((), (), (), seconds)


time.sleep = _sleep
