"""An error as one sentence: what happened and what to do next, never a traceback and never a stored value."""

from __future__ import annotations

from pathlib import Path

from casework.application.problem import Problem, database_sentence
from casework.case.context import Refused
from casework.cli.texts import Text


def sentence(error: BaseException, language: str) -> str:
    """What ERROR means, in LANGUAGE."""
    if isinstance(error, Problem):
        return Text(error.zh, error.en).on(language)
    if isinstance(error, Refused):
        near = Text("；相近的有：", "; nearest: ").on(language) + ", ".join(error.nearest) if error.nearest else ""
        known = any(name in error.message for name in error.nearest)
        return Text("不予办理：", "refused: ").on(language) + error.message + ("" if known else near)
    if type(error).__module__.startswith("casework."):
        return str(error)
    if said := database_sentence(error):
        return Text("数据库：", "the database says: ").on(language) + said
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or ''}: {error.strerror}".removeprefix(": ")
    # An error nobody foresaw: its own text might quote what was typed, so only its kind and place are told.
    return Text("程序出错（请报告）：", "a fault in casework, please report: ").on(language) + _place(error)


def _place(error: BaseException) -> str:
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f" at {Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else ""
    return f"{type(error).__name__}{where}"
