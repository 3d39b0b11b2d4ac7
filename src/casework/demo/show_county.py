"""Loads the simulated county, prints its figures, suggests what to try, and serves it."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from time import monotonic

import msgspec

from casework.application.figures.upkeep import follow
from casework.application.operations import init as opening
from casework.demo.county.figures import Figure, figures
from casework.demo.county.load import LOG, Loaded, Progress, is_loaded, load
from casework.demo.county.visitors import Visitor, visitors
from casework.demo.refusals import refused
from casework.demo.terminal import Terminal, move_to, suggest

_STAGES = {
    "roster": ("花名册", "roster"),
    "year": ("一年中的天数", "days of the year"),
    "counting": ("统计", "counting"),
}


def show_county(terminal: Terminal, folder: Path, share: Fraction, *, serve: bool) -> None:
    """Load the county into FOLDER unless it is there, print its figures, and with SERVE serve it until stopped."""
    move_to(terminal, folder, LOG)
    began = monotonic()
    loaded = _loaded(terminal, folder, share)
    if loaded is None:
        terminal.say(f"{folder}/ 里已有这个县，直接使用", f"{folder}/ holds the county already")
        follow(terminal.runtime, LOG)
    found = list(figures(terminal.runtime))
    if terminal.as_json:
        terminal.show(found)
        return
    size = terminal.runtime.store.head(LOG).size
    if loaded is not None:
        seconds = monotonic() - began
        terminal.say(
            f"{loaded.acts} 个命令（拒绝 {loaded.refused} 个）→ {size} 条记录，用时 {seconds:.0f} 秒",
            f"{loaded.acts} commands ({loaded.refused} refused) → {size} entries, {seconds:.0f} s",
        )
        for line in loaded.refusals:
            terminal.note(line, line)
    _print(terminal, found)
    if loaded is not None:
        _check(terminal, loaded, found)
    if serve:
        _serve(terminal, visitors(terminal.runtime, made_by=terminal.operator), folder)
    else:
        _go_on(terminal, folder)


def _loaded(terminal: Terminal, folder: Path, share: Fraction) -> Loaded | None:
    """Result of loading; None if the county was loaded before."""
    opening.prepare_place(terminal.settings)  # migrates a folder of an earlier version
    there = is_loaded(terminal.runtime)
    terminal.close()
    if there:
        return None
    terminal.say(
        f"澜沧县的一年（模拟）正在写入 {folder}/ …",
        f"a simulated year of the county of Lancang goes into {folder}/ …",
    )
    last = date.today() - timedelta(days=1)  # noqa: DTZ011 — any recent day will do
    with _telling(terminal) as tell:
        return load(
            terminal.settings,
            terminal.open_runtime,
            last=last,
            share=share,
            operator=terminal.operator,
            progress=tell,
        )


@contextmanager
def _telling(terminal: Terminal) -> Iterator[Progress]:
    """Progress as a bar in a terminal, as a line per tenth in a pipe."""
    told: set[tuple[str, int]] = set()

    def line(stage: str, done: int, total: int) -> None:
        tenth = done * 10 // total if total else 0
        if (stage, tenth) not in told:
            told.add((stage, tenth))
            zh, en = _STAGES[stage]
            of = f" {done}/{total}" if total else ""
            terminal.note(f"  {zh}{of}", f"  {en}{of}")

    if not sys.stderr.isatty():
        yield line
        return
    with terminal.progress("演绎一年", "a year goes by") as tick:
        yield lambda stage, done, total: tick(done, total or None)


def _print(terminal: Terminal, found: Sequence[Figure]) -> None:
    columns = [
        terminal.text("数字", "figure"),
        terminal.text("从账里数出", "counted from the log"),
        terminal.text("统计", "projection"),
    ]
    rows = [[terminal.text(one.zh, one.en), terminal.legible(one.value), one.projection] for one in found]
    terminal.table(columns, rows, right=frozenset({1}))


def _check(terminal: Terminal, loaded: Loaded, found: Sequence[Figure]) -> None:
    expected = loaded.expected
    if (found[0].value, found[1].value) != (expected.matters_completed, expected.difficulties_solved):
        raise refused(
            "not-as-planned",
            matters_completed=expected.matters_completed,
            difficulties_solved=expected.difficulties_solved,
        )


def _go_on(terminal: Terminal, folder: Path) -> None:
    terminal.say("接着可以：", "go on with:")
    suggest(
        terminal,
        folder,
        "ask livelihood_figures --by township",
        f"ask livelihood_figures --by township --as-of {terminal.runtime.county(LOG).today[:4]}-01-01",
        "ask cases --queue to_dispatch",
        "serve",
        log=LOG,
    )


def _serve(terminal: Terminal, welcome: Sequence[Visitor], folder: Path) -> None:
    """Serve, on a free port if the configured one is in use."""
    settings = terminal.settings
    terminal.close()

    def say(where: str) -> None:
        terminal.say(f"服务地址：{where}（Ctrl+C 停止）", f"serving at {where} (Ctrl+C stops)")
        for visitor in welcome:
            terminal.say(f"\n{visitor.zh}", f"\n{visitor.en}")
            curl = f"  curl -s -H 'Authorization: Bearer {visitor.token}' '{where}{visitor.path}'"
            terminal.say(curl, curl)
        terminal.say(
            f"\n也可以用浏览器打开 {where}/ ，用上面 Bearer 之后的令牌登录；或在另一个终端里：",
            f"\nor open {where}/ in a browser, and sign in with what follows Bearer above; or in another terminal:",
        )
        suggest(terminal, folder, "ask livelihood_figures --by township", log=LOG)

    try:
        terminal.serve(settings, say)
    except OSError as why:
        if why.errno != errno.EADDRINUSE:
            raise
        free = msgspec.structs.replace(settings.server, port=0)
        terminal.serve(msgspec.structs.replace(settings, server=free), say)
