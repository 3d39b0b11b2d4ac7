"""`docs/reference/settings.md`: every setting with its default and its variable."""

from __future__ import annotations

import inspect

from msgspec import Struct
from msgspec.structs import fields

from casework.settings import FILE, SECTIONS, Settings
from casework.text import meaning_of
from docs.generate.markdown import page, table


def settings() -> str:
    """The page."""
    places = {field.type: field.name for field in fields(Settings) if field.type in SECTIONS}
    return page(
        "Settings 设置",
        f"Read from `{FILE}` in the working folder (or the file named in `CASEWORK_SETTINGS`); the variable beside"
        " each stands above the file. A name that does not exist is refused, with the nearest that does.",
        *(part for kind in SECTIONS for part in _section(kind, places.get(kind, ""))),
        "`CASEWORK_WRAPPING_KEY` holds the wrapping key itself (64 hex digits) where it does not lie in a file;"
        " it stands above `key_file`.",
    )


def _section(kind: type[Struct], place: str) -> tuple[str, str, str]:
    return (
        f"## `[{place}]`" if place else "## Top level",
        inspect.getdoc(kind) or "",
        table(
            ("setting", "中文", "meaning", "default", "variable"),
            [
                (
                    f"`{field.name}`",
                    *meaning_of(field.type),
                    f"`{field.default!r}`" if field.default not in ("", ()) else "",
                    "`CASEWORK_" + "__".join(part.upper() for part in (place, field.name) if part) + "`",
                )
                for field in fields(kind)
                if field.type not in SECTIONS
            ],
        ),
    )
