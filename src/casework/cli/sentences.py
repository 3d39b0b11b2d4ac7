"""Turns an error into one sentence, without a traceback or a stored value."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from casework.application.runtime.problem import database_sentence
from casework.law.context import Refused
from casework.law.kinds import COMMANDS
from casework.text import Spoken, Text

#: a command as the law's Chinese sentences name it
_COMMAND = re.compile("【([^】]+)】")


def sentence(error: BaseException, language: str) -> str:
    """What ERROR means, in LANGUAGE."""
    if isinstance(error, Refused):
        said = Text("不予办理：", "refused: ").on(language) + _typed(error.on(language))
        if not error.nearest or any(name in said for name in error.nearest):
            return said
        return said + Text("可选：", " Choose from: ").on(language) + ", ".join(error.nearest)
    if isinstance(error, Spoken):
        return _typed(error.on(language))
    if type(error).__module__.startswith("casework."):
        return str(error)
    if said := database_sentence(error):
        return Text("数据库：", "the database says: ").on(language) + said
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or ''}: {error.strerror}".removeprefix(": ")
    # An unexpected error: its text might quote what was typed, so only its kind and place are shown.
    return Text("程序出错（请报告）：", "a fault in casework, please report: ").on(language) + _place(error)


def _typed(said: str) -> str:
    """A sentence of the law, with the typed name beside every command in it."""
    return _COMMAND.sub(lambda found: found[0] + (f"（{code}）" if (code := _codes().get(found[1])) else ""), said)


@cache
def _codes() -> dict[str, str]:
    return {kind.term.zh: name for name, kind in COMMANDS.items()}


def _place(error: BaseException) -> str:
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f" at {Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else ""
    return f"{type(error).__name__}{where}"
