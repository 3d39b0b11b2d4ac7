"""`docs/reference/cli.md`: every command of the terminal with its options."""

from __future__ import annotations

from collections.abc import Iterator

import rich_click as click

from casework.cli.root import main as program
from docs.generate.markdown import page, table

Path = tuple[str, ...]


def command_line() -> str:
    """The page."""
    return page(
        "Command line 命令行",
        "Errors are one sentence on stderr. Exit status: 0 done, 1 refused or not well, 2 asked wrongly.",
        *(part for path, command in walk() for part in _section(path, command)),
        "`casework do COMMAND` takes every command of [commands.md](commands.md), with the same options each.",
    )


def walk() -> Iterator[tuple[Path, click.Command]]:
    """The program and every command below it, each with its path; `casework do` stands for all commands of the law."""
    with click.Context(program, info_name="casework") as context:
        yield from _walk(program, context, ("casework",))


def _walk(command: click.Command, context: click.Context, path: Path) -> Iterator[tuple[Path, click.Command]]:
    yield path, command
    if isinstance(command, click.Group) and command.name != "do":
        for name in sorted(command.list_commands(context)):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                yield from _walk(child, context, (*path, name))


def _section(path: Path, command: click.Command) -> Iterator[str]:
    yield f"## `{' '.join(path)}`"
    yield "\n".join(line.strip() for line in (command.help or "").replace("\b", "").strip().splitlines())
    usage = command.collect_usage_pieces(click.Context(command))
    yield f"```\n{' '.join((*path, *usage))}\n```"
    yield table(("option", "default", "meaning"), [row for one in command.params if (row := _option(one))])


def _option(parameter: click.Parameter) -> tuple[str, str, str] | None:
    if not isinstance(parameter, click.Option) or "--help" in parameter.opts:
        return None
    name = f"`{', '.join(parameter.opts)}`" + ("" if parameter.is_flag else f" {_metavar(parameter)}")
    default = parameter.default
    unset = default in (None, "", False, ()) or callable(default) or repr(default) == "Sentinel.UNSET"
    return name, "required" if parameter.required else "" if unset else f"{default}", parameter.help or ""


def _metavar(option: click.Option) -> str:
    if option.metavar:
        return option.metavar
    if isinstance(option.type, click.Choice):
        return " | ".join(str(choice) for choice in option.type.choices)
    return option.type.name.upper()
