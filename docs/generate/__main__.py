"""Write docs/reference/ from the code: commands, command line, settings, projections, law, tables, facts, policy."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import rich_click as click

from casework.application.commands.handle import made_here
from casework.cli.root import main as program
from casework.law.docstrings import Member, explain
from casework.law.kinds import COMMANDS
from casework.law.law import GROUPS
from casework.projection import shelf
from casework.projection.describe import page as describe_projection
from casework.settings import FILE, SECTIONS, Settings
from docs.generate import http, law, refusals
from docs.generate import permissions as reference_permissions
from docs.generate import tables as stored

#: of an installed casework, the checkout it was installed from
FOLDER = Path(__file__).parents[2] / "docs" / "reference"
_MADE = "<!-- Made by `make docs` from the code; a test keeps it true. -->"


def pages() -> dict[str, str]:
    """Every generated page: file name → text."""
    made: dict[str, Callable[[], str]] = {
        "commands.md": commands,
        "cli.md": command_line,
        "settings.md": settings,
        "projections.md": projections,
        "lifecycle.md": law.lifecycle_page,
        "events.md": law.events_page,
        "tables.md": lambda: _made(stored.tables()),
        "facts.md": lambda: _made(stored.facts_and_measures()),
        "http.md": lambda: _made(http.page()),
        "policy.md": lambda: _made(stored.policy()),
        "permissions.md": lambda: _made(permissions()),
        "refusals.md": lambda: _made(refusals.page()),
    }
    return {name: make().rstrip() + "\n" for name, make in made.items()}


def commands() -> str:
    """Every command of the law."""
    parts = [
        "# Commands 命令",
        _MADE,
        "What can be asked of the law, by the name it has at every door: `casework do NAME key=value…` and the API. "
        "**\\*** must be given (a new thing's id is made where it is left out). "
        "🔒 is sealed: it never enters the log, lies encrypted beside it and can be erased.",
    ]
    for group, names in GROUPS.items():
        parts.append(f"## {group.en} {group.zh}")
        for name in names:
            told = explain(COMMANDS[name])
            parts += [f"### `{name}` {told.term}".rstrip(), told.sentence, _members(name, told.members)]
    return _page(parts)


def command_line() -> str:
    """The program and everything below it."""
    parts = [
        "# Command line 命令行",
        _MADE,
        "Errors are one sentence on stderr. Exit status: 0 done, 1 refused or not well, 2 asked wrongly.",
    ]
    with click.Context(program, info_name="casework") as context:
        for path, command in _walk(program, context, ("casework",)):
            parts.append(f"## `{' '.join(path)}`")
            parts.append(_prose(command.help or ""))
            usage = " ".join(command.collect_usage_pieces(context))
            parts.append(f"```\n{' '.join(path)} {usage}\n```")
            rows = [row for parameter in command.params if (row := _option(parameter))]
            if rows:
                parts.append(_table(("option", "default", "meaning"), rows))
    parts.append("`casework do COMMAND` takes every command of [commands.md](commands.md), with the same options each.")
    return _page(parts)


def permissions() -> list[str]:
    """Who may do what, at every door."""
    with click.Context(program, info_name="casework") as context:
        doors = [
            (path, command)
            for path, command in _walk(program, context, ("casework",))
            if not isinstance(command, click.Group) or command.name == "do"
        ]
    return reference_permissions.page(doors)


def settings() -> str:
    """Every setting."""
    parts = [
        "# Settings 设置",
        _MADE,
        f"Read from `{FILE}` in the working folder (or the file named in `CASEWORK_SETTINGS`); the variable beside "
        "each stands above the file. A name that does not exist is refused, with the nearest that does.",
    ]
    places = {kind: f.name for f in msgspec.structs.fields(Settings) for kind in SECTIONS if f.type is kind}
    for kind in SECTIONS:
        told = explain(kind)
        place = places.get(kind, "")
        parts += [f"## {f'`[{place}]`' if place else 'Top level'}", told.sentence]
        rows = [
            (f"`{m.name}`", m.zh, m.meaning, _default(kind, m.name), f"`{_variable(place, m.name)}`")
            for m in told.members
            if m.name not in places.values() or place
        ]
        parts.append(_table(("setting", "中文", "meaning", "default", "variable"), rows))
    parts.append(
        "`CASEWORK_WRAPPING_KEY` holds the wrapping key itself (64 hex digits) where it does not lie in a file; "
        "it stands above `key_file`."
    )
    return _page(parts)


def projections() -> str:
    """Every question of the shelf."""
    parts = [
        "# Projections 统计",
        _MADE,
        "One file in `projections/` is one question. `casework ask NAME` answers it; `--by` groups by its columns.",
    ]
    for projection in shelf.shipped():
        parts.append(describe_projection(projection))
    return _page(parts)


def _walk(
    command: click.Command, context: click.Context, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group) and command.name != "do":
        for name in sorted(command.list_commands(context)):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                yield from _walk(child, context, (*path, name))


def _option(parameter: click.Parameter) -> tuple[str, str, str] | None:
    if not isinstance(parameter, click.Option) or "--help" in parameter.opts:
        return None
    name = f"`{', '.join(parameter.opts)}`" + ("" if parameter.is_flag else f" {_metavar(parameter)}")
    default = parameter.default
    shown = (
        "" if default in (None, "", False, ()) or callable(default) or repr(default) == "Sentinel.UNSET" else default
    )
    return name, "required" if parameter.required else f"{shown}", parameter.help or ""


def _metavar(option: click.Option) -> str:
    if option.metavar:
        return option.metavar
    if isinstance(option.type, click.Choice):
        return " \\| ".join(str(choice) for choice in option.type.choices)
    return option.type.name.upper()


def _members(command: str, members: Sequence[Member]) -> str:
    if not members:
        return ""
    rows = [
        (
            f"`{m.name}`"
            + ("\\*" if m.required and m.name not in made_here(command) else "")
            + (" 🔒" if m.sealed else ""),
            m.zh,
            m.meaning.removesuffix(" (sealed)"),
            m.type,
        )
        for m in members
    ]
    return _table(("member", "中文", "meaning", "type"), rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)


def _cell(text: Any) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", str(text)).replace("\n", " ")


def _default(kind: Any, name: str) -> str:
    field = next(f for f in msgspec.structs.fields(kind) if f.name == name)
    return f"`{field.default!r}`" if field.default not in ("", ()) else ""


def _variable(place: str, name: str) -> str:
    return "CASEWORK_" + "__".join(part.upper() for part in (place, name) if part)


def _prose(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\b", "").strip().splitlines())


def _made(parts: Sequence[str]) -> str:
    """A page whose second line says that it is made from the code."""
    return _page([parts[0], _MADE, *parts[1:]])


def _page(parts: Sequence[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def write(folder: Path = FOLDER) -> None:
    """Write every page; the folder's other pages are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write()
    sys.stdout.write(f"{', '.join(pages())}\n")
