"""The program `casework`: the command line, with the runtime loaded when it is first needed."""

from __future__ import annotations

from types import ModuleType

from casework.cli import main as command_line
from casework.cli.session import Wiring


def _bootstrap() -> ModuleType:
    """The composition root; imported late, since that takes longer than most commands."""
    from casework import bootstrap  # noqa: PLC0415

    return bootstrap


WIRING = Wiring(
    open_runtime=lambda settings, clock=None: _bootstrap().open_runtime(settings, clock),
    serve=lambda settings, say: _bootstrap().serve(settings, say),
    demo=lambda session, folder, **how: _bootstrap().demo(session, folder, **how),
)


def main() -> None:
    """The program `casework`."""
    command_line(obj=WIRING)


if __name__ == "__main__":
    main()
