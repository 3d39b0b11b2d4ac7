"""Write the pages of `docs/reference/` that are made from the code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from docs.generate.cli import command_line
from docs.generate.http import http
from docs.generate.law import commands, events, policy
from docs.generate.lifecycle import lifecycle
from docs.generate.permissions import permissions, permissions_in_chinese
from docs.generate.projections import projections
from docs.generate.refusals import refusals
from docs.generate.settings import settings
from docs.generate.tables import facts, tables

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "cli.md": command_line,
    "settings.md": settings,
    "projections.md": projections,
    "lifecycle.md": lifecycle,
    "events.md": events,
    "tables.md": tables,
    "facts.md": facts,
    "http.md": http,
    "policy.md": policy,
    "permissions.md": permissions,
    "permissions.zh-CN.md": permissions_in_chinese,
    "refusals.md": refusals,
}


def pages() -> dict[str, str]:
    """Every generated page: file name → text."""
    return {name: make() for name, make in PAGES.items()}


def write(folder: Path = FOLDER) -> None:
    """Write every page; the folder's other pages are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write()
    sys.stdout.write(f"{', '.join(PAGES)}\n")
