"""The command group `casework`: loads commands when asked for, and prints errors as sentences."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import msgspec
import rich_click as click
from click.exceptions import Exit

from casework import __version__
from casework.application.runtime.problem import near
from casework.cli.commands import MODULE_OF, SUMMARY_OF
from casework.cli.session import NOT_STARTED, Session, Wiring
from casework.cli.usage_errors import Usage, sentence_of
from casework.settings import LANGUAGES, SettingsRefused, load

REFUSED, USAGE, INTERRUPTED = 1, 2, 130


class OneSentence(click.RichGroup):
    """A group whose errors are one sentence on stderr: exit status 2 when asked wrongly, 1 when refused."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, loaded or not."""
        return sorted(MODULE_OF)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called CMD_NAME, loaded with the others of its module."""
        if cmd_name not in self.commands and cmd_name in MODULE_OF:
            for command in import_module(f"casework.cli.{MODULE_OF[cmd_name]}").COMMANDS:
                self.add_command(command)
        return super().get_command(ctx, cmd_name)

    def format_help(self, ctx: click.RichContext, formatter: click.RichHelpFormatter) -> None:
        """Write the help of the program without loading a command."""
        loaded = self.commands
        self.commands = {name: click.RichCommand(name=name, help=line) for name, line in SUMMARY_OF.items()}
        try:
            super().format_help(ctx, formatter)
        finally:
            self.commands = loaded

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; any error becomes a sentence in the language that was set."""
        try:
            return super().invoke(ctx)
        except click.UsageError as why:
            why.ctx = why.ctx or ctx  # to find the language
            raise
        except (click.ClickException, Exit, click.Abort, SettingsRefused, BrokenPipeError):
            raise
        except Exception as why:
            from casework.cli.sentences import sentence  # noqa: PLC0415 — imports the law, which is slow

            language = ctx.obj.language if isinstance(ctx.obj, Session) else "zh-CN"
            raise click.ClickException(sentence(why, language)) from why

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        """Find what is meant, or name the nearest."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in MODULE_OF:
            close = near(name, MODULE_OF)
            zh = f"；是否为 {'、'.join(close)}？" if close else f"；可用的有：{'、'.join(MODULE_OF)}"
            en = f"; did you mean {' or '.join(close)}?" if close else f"; there are {', '.join(MODULE_OF)}"
            raise Usage(f"没有命令 {name!r}{zh}", f"there is no command {name!r}{en}", ctx)
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the program and exit with a status."""
        rest: dict[str, Any] = {"windows_expand_args": windows_expand_args, **extra}
        try:
            status = super().main(args, prog_name or "casework", complete_var, standalone_mode=False, **rest)
            sys.exit(status if isinstance(status, int) else 0)
        except SettingsRefused as why:
            _fail(str(why), USAGE)
        except click.ClickException as why:
            _fail(sentence_of(why, _language_of(why)), why.exit_code)
        except (click.Abort, KeyboardInterrupt):
            _fail("interrupted", INTERRUPTED)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(REFUSED)


def _language_of(error: click.ClickException) -> str:
    """The language of the run that ERROR ended; of the settings, where it ended before it began."""
    context = getattr(error, "ctx", None)
    session = context.find_object(Session) if context is not None else None
    if session is not None:
        return session.language
    try:
        return load().language
    except SettingsRefused:
        return LANGUAGES[0]


def _fail(message: str, status: int) -> None:
    click.echo(f"casework: {' '.join(message.split())}", err=True)
    sys.exit(status)


@click.group(name="casework", cls=OneSentence, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--log",
    default="",
    metavar="CODE",
    help="县账代码；只有一本账时可省。 The county's log; may be left out where there is one.",
)
@click.option("--language", type=click.Choice(LANGUAGES), help="界面语言。 Language of what is printed.")
@click.version_option(__version__, prog_name="casework", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context, log: str, language: str | None) -> None:
    """为民办事：每一件诉求、每一次办理都入账，每一个数字都能重算。

    Every request and every action is an entry in the county's log; every count follows from it and can be recounted.

    Begin with `casework init`; `casework do` lists what can be done, `casework ask` what can be asked.
    """
    if not isinstance(context.obj, Wiring):
        raise Usage(*NOT_STARTED)
    settings = load()
    changes = {name: value for name, value in (("log", log), ("language", language)) if value}
    session = Session(context.obj, msgspec.structs.replace(settings, **changes))
    context.obj = session
    context.call_on_close(session.close)
