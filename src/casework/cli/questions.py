"""`casework ask`: answers from projections, for now, a range of days, or a past day."""

from __future__ import annotations

import json
from typing import Any

import rich_click as click

from casework.application.figures.answers import CountyQuestion
from casework.application.figures.area_tree import TREES
from casework.application.figures.ask import ask as ask_counts
from casework.application.figures.ask import list_cases
from casework.application.figures.upkeep import follow
from casework.cli.projections import list_shelf
from casework.cli.session import Session, with_session
from casework.cli.usage_errors import Usage
from casework.projection.question import AXES, Question


@click.command()
@click.argument("name", required=False)
@click.option(
    "--by", multiple=True, metavar="COLUMN", help="按哪些列分组，可多次。 Column to count by; may be repeated."
)
@click.option(
    "--where",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="只看这些行，可多次。 Count only rows with this value; may be repeated.",
)
@click.option("--since", default="", metavar="DATE", help="自何日起（含）。 First day of a range.")
@click.option("--until", default="", metavar="DATE", help="至何日止（不含）。 First day after the range.")
@click.option(
    "--axis",
    type=click.Choice(AXES),
    default="occurred",
    show_default=True,
    help="按发生日期或记录日期。 Days on which things happened, or were recorded.",
)
@click.option(
    "--as-of",
    default="",
    metavar="DATE|SIZE",
    help="回看：那天结束时、或前若干条。 As it stood at the end of a day, or after so many entries.",
)
@click.option("--at-least", type=int, metavar="SIZE", help="至少算到第几条。 Wait until that many entries are counted.")
@click.option("--exact", is_flag=True, help="分位数取精确值。 Exact quantiles, from the change rows.")
@click.option(
    "--tree",
    type=click.Choice(TREES),
    default="then",
    show_default=True,
    help="按当时的区划和单位，或按今天的。 Townships and units as they were then, or as they have become.",
)
@click.option("--queue", default="", help="清单：哪个队列。 Of a list: which queue.")
@click.option("--limit", default=50, show_default=True, help="清单：几行。 Of a list: how many rows.")
@click.option(
    "--after", default="", metavar="JSON", help="清单：上一页的 after。 Of a list: `after` of the page before."
)
@with_session
def ask(
    session: Session, name: str | None, where: tuple[str, ...], queue: str, limit: int, after: str, **given: Any
) -> None:
    """查数：向统计提问，不带名称时列出全部。 Ask a projection; alone, it lists what can be asked.

    `casework ask resolved_by_township --by township --as-of 2026-06-30`

    `casework ask cases --queue to_dispatch`
    """
    if name is None:
        list_shelf(session)
        return
    runtime = session.runtime
    if runtime.projection(name).is_register:
        listed = {"queue": queue, "limit": limit, "after": _after(after), "as_of": given["as_of"]}
        _list(session, name, Question(where=_where(where), **listed))
        return
    follow(runtime, session.log, [name])  # no server keeps the counts level for a terminal
    given["by"] = given["by"] or None
    found = ask_counts(runtime, session.log, name, CountyQuestion(where=_where(where), **given))
    if session.shown_as_json(found):
        return
    _title(session, name)
    session.records(
        [{column: session.legible(value) for column, value in row.items()} for row in found.rows], found.columns
    )
    session.note(
        f"数据截至第 {found.size} 条，账上还有 {found.lag} 条未计入",
        f"counted from the first {found.size} entries; the log has {found.lag} more",
    )
    if found.error:
        session.note(
            f"停在第 {found.failed_at} 条：{found.error}", f"stopped at entry {found.failed_at}: {found.error}"
        )


def _list(session: Session, name: str, question: Question) -> None:
    found = list_cases(session.runtime, session.log, name, question)
    if session.shown_as_json(found):
        return
    _title(session, name)
    # a terminal is narrow: columns that say nothing on this page are left out
    told = [c for c in found.columns if any(row[c] not in ("", 0) for row in found.rows)]
    session.records(found.rows, told)
    session.note(f"共 {found.total} 件", f"{found.total} in all")
    if found.after:
        more = json.dumps(found.after, ensure_ascii=False)
        session.note(f"下一页：--after '{more}'", f"next page: --after '{more}'")


def _title(session: Session, name: str) -> None:
    titles = session.runtime.projection(name).titles
    click.echo(click.style(session.text(titles["zh"], titles["en"]), bold=True))


def _after(text: str) -> list[object] | None:
    if not text:
        return None
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        found = None
    if not isinstance(found, list):
        raise Usage("--after 应为上一页给出的 JSON 列表", "--after is the JSON list that the page before gave")
    return found


def _where(words: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        column, equals, value = word.partition("=")
        if not equals or not column:
            raise Usage(f"--where {word!r} 应写成 列=值", f"--where {word!r} is not COLUMN=VALUE")
        found.setdefault(column, []).append(value)
    return found


COMMANDS = (ask,)
