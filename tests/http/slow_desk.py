"""The program, with one question that takes long to answer: `python -m tests.http.slow_desk serve`."""

import time
from typing import Any

from casework.__main__ import main
from casework.http.api import cases

#: seconds
LONG = 30


def _desk(*_: Any, **__: Any) -> Any:
    time.sleep(LONG)


if __name__ == "__main__":  # only in its own process: the desks of other tests stay fast
    cases.desk = _desk
    main()
