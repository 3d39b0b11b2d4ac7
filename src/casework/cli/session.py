"""What the commands share: settings, the runtime, the language, and output."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import msgspec
import rich_click as click

from casework.cli.usage_errors import Usage
from casework.settings import Settings
from casework.text import Text

# for annotations only: the runtime and rich are imported when needed
if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from rich.console import Console

    from casework.application.commands.handle import Via
    from casework.application.runtime.runtime import OpenRuntime, Runtime

#: serves until stopped; calls back with the address once it listens
Serve = Callable[[Settings, Callable[[str], None]], None]


NOT_STARTED = Text(
    "请以 `casework` 或 `python -m casework` 启动程序：它带着数据库",
    "start the program by `casework` or `python -m casework`: it brings its database",
)


class Demo(Protocol):
    """Shows in FOLDER the simulated county, or as much of it as SHARE says; or with LEDGER a real ledger."""

    def __call__(self, session: Session, folder: Path, *, ledger: bool, share: Fraction, serve: bool) -> None: ...


class Wiring(NamedTuple):
    """What the composition root hands to the command line."""

    open_runtime: OpenRuntime
    serve: Serve
    demo: Demo


class Tick(Protocol):
    """Moves a bar: how much is done, of how much (None: unknown), and the current step."""

    def __call__(self, done: int, total: int | None, what: str | None = None) -> None: ...


@dataclass
class Session:
    """One run of the program."""

    wiring: Wiring
    settings: Settings
    as_json: bool = False
    _runtime: Runtime | None = field(default=None, repr=False)

    @property
    def open_runtime(self) -> OpenRuntime:
        """Opens a runtime; the session has one of its own."""
        return self.wiring.open_runtime

    @property
    def serve(self) -> Serve:
        """Serves the API."""
        return self.wiring.serve

    @property
    def language(self) -> str:
        """zh-CN or en."""
        return self.settings.language

    @property
    def runtime(self) -> Runtime:
        """The open runtime; opened when first asked for."""
        if self._runtime is None:
            self._runtime = self.open_runtime(self.settings)
        return self._runtime

    @property
    def log(self) -> str:
        """The county's log that is meant: named, or the only one there is."""
        return self.runtime.which_log(self.settings.log)

    @property
    def operator(self) -> str:
        """The login on this machine, stamped into what is entered here."""
        try:
            return getpass.getuser()
        except (KeyError, OSError, ImportError):
            return "unknown"

    @property
    def via(self) -> Via:
        """How commands come in that are entered here."""
        from casework.application.commands.handle import Via  # noqa: PLC0415

        return Via("cli", self.operator)

    def close(self) -> None:
        """Close the runtime, if it was opened."""
        if self._runtime is not None:
            self._runtime.close()
            self._runtime = None

    def text(self, zh: str, en: str) -> str:
        """ZH or EN, by the language of the session."""
        return Text(zh, en).on(self.language)

    def say(self, zh: str, en: str) -> None:
        """A line for a person; silent where a script reads JSON."""
        if not self.as_json:
            click.echo(self.text(zh, en))

    def note(self, zh: str, en: str) -> None:
        """A remark beside the output, on stderr."""
        click.echo(self.text(zh, en), err=True)

    def note_behind(self, behind: Mapping[str, str]) -> None:
        """Note each projection that could not follow the log: name → why."""
        for name, why in behind.items():
            self.note(f"统计 {name} 未能跟上：{why}", f"projection {name} could not follow: {why}")

    def show(self, value: Any) -> None:
        """VALUE as one JSON document."""
        click.echo(
            json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2 if sys.stdout.isatty() else None)
        )

    def shown_as_json(self, value: Any) -> bool:
        """Show VALUE where `--json` was given; returns whether it was."""
        if self.as_json:
            self.show(value)
        return self.as_json

    def answer(self, value: Any, zh: str, en: str) -> None:
        """VALUE where `--json` was given, else a line for a person."""
        if not self.shown_as_json(value):
            self.say(zh, en)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[Any]], right: frozenset[int] = frozenset()) -> None:
        """ROWS under COLUMNS; numbers to the right."""
        from rich.table import Table  # noqa: PLC0415

        table = Table(box=None, pad_edge=False, header_style="bold")
        for index, column in enumerate(columns):
            table.add_column(column, justify="right" if index in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row), style=None)
        self.console().print(table)

    def listing(
        self, found: Any, columns: Sequence[str], rows: Sequence[Any] | None = None, **told: Callable[[Any], Any]
    ) -> None:
        """FOUND as JSON where `--json` was given, else its ROWS (FOUND itself) as `records` shows them."""
        if not self.shown_as_json(found):
            self.records(found if rows is None else rows, columns, **told)

    def records(self, rows: Sequence[Any], columns: Sequence[str], **told: Callable[[Any], Any]) -> None:
        """ROWS, structs or mappings, as a table of these columns, numbers to the right; TOLD makes a column's cells."""
        if not rows:
            self.say("（没有记录）", "(nothing)")
            return
        cells = [[told.get(name, _member(name))(row) for name in columns] for row in rows]
        self.table(columns, cells, frozenset(at for at, cell in enumerate(cells[0]) if isinstance(cell, int | float)))

    @staticmethod
    def legible(value: Any) -> Any:
        """A figure as a person reads it: a rate with what it divides, a quantile to the unit, nothing as a dash."""
        if isinstance(value, dict):
            of = f"{value['numerator']}/{value['denominator']}"
            return f"– ({of})" if value["rate"] is None else f"{value['rate']:.1%} ({of})"
        if isinstance(value, float):
            return round(value)
        return "–" if value is None else value

    @staticmethod
    def console() -> Console:
        """Where tables go: as wide as the terminal, and wide enough for a pipe."""
        from rich.console import Console  # noqa: PLC0415

        width = None if sys.stdout.isatty() else 200
        return Console(file=sys.stdout, width=width, highlight=False, markup=False, soft_wrap=False)

    @contextmanager
    def progress(self, zh: str, en: str) -> Iterator[Tick]:
        """A bar on stderr while something long goes on: call the result with done and total; none in a pipe."""
        if not sys.stderr.isatty():
            yield lambda done, total, what=None: None
            return
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import (  # noqa: PLC0415
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeRemainingColumn,
        )

        console = Console(stderr=True)
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
            task = bar.add_task(self.text(zh, en), total=None)

            def tick(done: int, total: int | None, what: str | None = None) -> None:
                bar.update(task, completed=done, total=total, description=what)

            yield tick


def _member(name: str) -> Callable[[Any], Any]:
    return lambda row: row[name] if isinstance(row, Mapping) else getattr(row, name)


pass_session = click.make_pass_decorator(Session)


def session_of(context: click.Context | None) -> Session:
    """The session that CONTEXT belongs to."""
    found = context.find_object(Session) if context else None
    if found is None:
        raise Usage(*NOT_STARTED)
    return found


def _set_log(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value:
        session = session_of(context)
        session.settings = msgspec.structs.replace(session.settings, log=value)


def _set_json(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        session_of(context).as_json = True


#: `--log` of a command: which county, where there is more than one
log_option = click.option(
    "--log",
    metavar="CODE",
    expose_value=False,
    callback=_set_log,
    help="县账代码；只有一本账时可省。 The county's log; may be left out where there is one.",
)
#: `--json` of a command: for scripts
json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    expose_value=False,
    callback=_set_json,
    help="以 JSON 输出，供脚本使用。 Write JSON, for scripts.",
)


def with_session(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--log` and `--json`, and the session as first argument."""
    return log_option(json_option(pass_session(function)))
