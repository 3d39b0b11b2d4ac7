"""`casework ask`: what the shelf can answer, now, for a range of days, or as it stood on a day."""

from __future__ import annotations

from typing import Any

import msgspec
import rich_click as click

from casework.application.ask import AXES
from casework.application.ask import ask as question
from casework.cli.session import Session, json_option, log_option, pass_session


@click.command()
@click.argument("name", required=False)
@click.option("--by", multiple=True, metavar="COLUMN", help="按哪些列分组，可多次。 Columns to count by.")
@click.option("--where", multiple=True, metavar="COLUMN=VALUE", help="只看这些行，可多次。 Rows to count.")
@click.option("--since", default="", metavar="DATE", help="自何日起。 First day of a range.")
@click.option("--until", default="", metavar="DATE", help="至何日止。 Last day of a range.")
@click.option(
    "--axis",
    type=click.Choice(AXES),
    default="occurred",
    show_default=True,
    help="按发生日期或记录日期。 Days on which things happened, or were recorded.",
)
@click.option("--as-of", default="", metavar="DATE|SIZE", help="回看：当时所知。 As it was known then.")
@click.option("--at-least", type=int, metavar="SIZE", help="至少算到第几条。 Wait until that many entries are counted.")
@log_option
@json_option
@pass_session
def ask(
    session: Session,
    name: str | None,
    by: tuple[str, ...],
    where: tuple[str, ...],
    since: str,
    until: str,
    axis: str,
    as_of: str,
    at_least: int | None,
) -> None:
    """查数：向统计提问，不带名称时列出全部。 Ask a projection; alone, it lists what can be asked.

    `casework ask resolved_by_township --by township --until 2026-06-30`
    """
    house, log = session.house, session.log
    if name is None:
        _list(session)
        return
    found = question(
        house,
        log,
        name,
        by=by or None,
        where=_where(where),
        since=since,
        until=until,
        axis=axis,
        as_of=as_of,
        at_least=at_least,
    )
    if session.as_json:
        session.show(_plain(found))
        return
    projection = house.projection(name)
    click.echo(click.style(projection.titles["en" if session.language == "en" else "zh"], bold=True))
    rows = [dict(row) for row in found.rows]
    if rows:
        session.records(rows)
    else:
        session.say("（没有记录）", "(nothing)")
    exact = session.text("精确" if found.exact else "近似（≤1%）", "exact" if found.exact else "approximate (≤ 1 %)")
    session.note(
        f"据账上前 {found.size} 条，落后 {found.lag} 条，{exact}",
        f"counted from the first {found.size} entries, {found.lag} behind, {exact}",
    )


def _list(session: Session) -> None:
    house = session.house
    if session.as_json:
        session.show([{"name": p.name, "question": p.question, "titles": dict(p.titles)} for p in house.shelf])
        return
    language = "en" if session.language == "en" else "zh"
    rows = [(p.name, p.titles[language], p.question) for p in house.shelf]
    session.table([session.text("名称", "name"), session.text("标题", "title"), session.text("问题", "question")], rows)


def _where(words: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        column, equals, value = word.partition("=")
        if not equals or not column:
            raise click.UsageError(f"--where {word!r} is not COLUMN=VALUE")
        found[column] = value
    return found


def _plain(answer: Any) -> dict[str, Any]:
    rows = [dict(row) for row in answer.rows]
    told = {"rows": rows, "columns": list(answer.columns), "size": answer.size, "lag": answer.lag}
    return msgspec.to_builtins({**told, "exact": answer.exact})


COMMANDS = (ask,)
