"""The program: `casework`, or `python -m casework`. The terminal first; it sends for the runtime once it needs it."""

from __future__ import annotations

from types import ModuleType

from casework.cli import main as command_line
from casework.cli.session import Roof


def _everybody() -> ModuleType:
    """The roof itself; loaded late, since it takes longer than much of what the program is asked for."""
    from casework import bootstrap  # noqa: PLC0415

    return bootstrap


ROOF = Roof(
    open_runtime=lambda settings, clock=None: _everybody().open_runtime(settings, clock),
    serve=lambda settings, say: _everybody().serve(settings, say),
)


def main() -> None:
    """The program `casework`."""
    command_line(obj=ROOF)


if __name__ == "__main__":
    main()
