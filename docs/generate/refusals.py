"""`docs/reference/refusals.md`: codes of refusals, their HTTP statuses and sentences."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import casework
from casework.http.problem_words import STATUS_OF
from casework.http.problems import OF_THE_LOG
from casework.text import Refusals, Sentences
from docs.generate.markdown import page, table

_INTRO = (
    "Why something was not done, at every door: `code` in a problem of the API, and the sentence in the language of"
    " whoever asked. `{…}` is a fact of the moment. A code that has several sentences is followed by `/` and a name"
    " for each; the API gives the code alone."
)


_BENEATH = (
    "What the log, the seal, the counts and the reading of files say. The API gives the code of the kind of error:"
    " `not-sealed` (422), `not-answerable` (422), and for the log "
    + ", ".join(f"`{code}` ({status})" for code, status in sorted(OF_THE_LOG.values()))
    + "."
)


def refusals() -> str:
    """The page."""
    rows = sorted(
        (key, _status(key, room), room, row.zh, row.en)
        for room, found in _tables()
        if isinstance(found, Refusals)
        for key, row in found.sentences.rows.items()
    )
    heads = ("code 代码", "HTTP", "decided in 出处", "中文", "English")
    shown = table(heads, [(f"`{key}`", *more) for key, *more in rows])
    others = sorted(
        (key, room, row.zh, row.en)
        for room, found in _tables()
        if isinstance(found, Sentences)
        for key, row in found.rows.items()
    )
    beneath = table(("key 键", *heads[2:]), [(f"`{key}`", *more) for key, *more in others])
    return page(
        "Refusals 不予办理的原因",
        _INTRO,
        "## Codes 代码",
        shown,
        "## Sentences without a code 没有代码的",
        _BENEATH,
        beneath,
    )


def _status(key: str, room: str) -> str:
    return str(STATUS_OF.get(key.partition("/")[0], 409 if room.startswith("law/") else 422))


def _tables() -> Iterator[tuple[str, Refusals | Sentences]]:
    """Room and table of every module called `refusals`."""
    for module in pkgutil.walk_packages(casework.__path__, "casework."):
        if module.name.endswith(".refusals"):
            room = module.name.removeprefix("casework.").removesuffix(".refusals").replace(".", "/")
            for each in vars(import_module(module.name)).values():
                if isinstance(each, (Refusals, Sentences)):
                    yield room, each
