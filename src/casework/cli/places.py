"""`casework roster merge`, `split`, `findings` and `casework handover`: changes of townships and posts."""

from __future__ import annotations

from typing import Any

import rich_click as click

from casework.application.access.actor import OPERATOR, Actor
from casework.application.desk.handover import handover as leaves_behind
from casework.application.figures.upkeep import follow
from casework.application.roster import gaps as what_is_open
from casework.application.roster import merge_township as merge
from casework.application.roster import split_township as splitting
from casework.application.roster.redraw import go_through
from casework.cli.roster import roster
from casework.cli.session import Session, with_session
from casework.cli.usage_errors import Usage

_CASES = ("number", "status", "township", "unit", "lead", "due_on")


@roster.command("merge-township")
@click.argument("township")
@click.argument("into")
@click.option("--from", "from_", required=True, metavar="DATE", help="自何日起并入。 First day of the merger.")
@click.option(
    "--unit", "units", multiple=True, metavar="OLD=NEW", help="单位也并入，可多次。 Unit that goes into another."
)
@click.option("--go", is_flag=True, help="登记入账；不写则只预览。 Go through with it; without, it is only shown.")
@with_session
def merge_township(session: Session, township: str, into: str, from_: str, units: tuple[str, ...], go: bool) -> None:
    """乡镇合并：先预览，再登记。 Merge TOWNSHIP into INTO: first a look, then the declarations.

    What happened stays under the old name; `casework ask … --tree today` counts it under the township of today.
    Interrupted, the same command finishes it. Done as `system/operator`, like a first roster.
    """
    pairs = dict(_pair(word) for word in units)
    plan = merge.plan(session.runtime, session.log, township, into, from_, pairs)
    if not _shown(session, plan, go):
        return
    session.say(
        f"{len(plan.steps)} 项登记；{township} 现有未办结 {plan.open_cases} 件，合并后仍记在其名下，{into} 可见、可办",
        f"{len(plan.steps)} declarations; {plan.open_cases} open cases of {township} keep its name; {into} sees them",
    )
    for unit, number in sorted(plan.handed_on.items()):
        session.say(
            f"{unit} 有未办结 {number} 件：由接办单位改派",
            f"{number} open cases of {unit}: the unit after it assigns them",
        )
    if not go:
        session.say("仅预览，未入账；加 --go 登记", "only shown, nothing was stored; --go goes through with it")


@roster.command("split-township")
@click.argument("township")
@click.argument("new")
@click.option("--label", required=True, help="新乡镇名称。 Name of the new township.")
@click.option("--from", "from_", required=True, metavar="DATE", help="自何日起。 First day of the new township.")
@click.option(
    "--area", "areas", multiple=True, required=True, metavar="CODE", help="划入的村，可多次。 Village that goes over."
)
@click.option(
    "--unit", "units", multiple=True, metavar="CODE", help="随之划入的单位，可多次。 Unit that goes with them."
)
@click.option("--go", is_flag=True, help="登记入账；不写则只预览。 Go through with it; without, it is only shown.")
@with_session
def split_township(session: Session, township: str, go: bool, **wish: Any) -> None:
    """乡镇拆分：先预览，再登记。 Take the township NEW out of TOWNSHIP: first a look, then the declarations.

    What happened stays with TOWNSHIP; open cases stay with their units. Interrupted, the same command finishes it.
    Done as `system/operator`, like a first roster.
    """
    plan = splitting.plan(session.runtime, session.log, township, **wish)
    if not _shown(session, plan, go):
        return
    session.say(
        f"{len(plan.steps)} 项登记；划走的村现有未办结 {plan.open_cases} 件，仍记在 {township} 名下",
        f"{len(plan.steps)} declarations; {plan.open_cases} open cases of these villages keep the name of {township}",
    )
    for unit, number in sorted(plan.held_by.items()):
        stays = unit in plan.left
        session.say(
            f"{unit} 未办结 {number} 件" + ("：该单位不随迁，需要的请逐件移交" if stays else ""),
            f"{unit} has {number} of them in hand" + (", and does not go over: transfer those that should" * stays),
        )
    if not go:
        session.say("仅预览，未入账；加 --go 登记", "only shown, nothing was stored; --go goes through with it")


def _shown(session: Session, plan: merge.Merger | splitting.Split, go: bool) -> bool:
    """Go through with the plan where that was asked for; False where it was shown as JSON."""
    if go:
        go_through(session.runtime, session.log, Actor(OPERATOR, "administrator"), plan.steps, session.via)
        follow(session.runtime, session.log)
    if session.shown_as_json(plan):
        return False
    for step in plan.steps:
        told = " ".join(f"{name}={value}" for name, value in step.members.items() if value not in ("", [], ()))
        click.echo(f"  {step.command} {told}")
    return True


@roster.command("findings")
@click.option("--on", default="", metavar="DATE", help="按哪一天的花名册；默认今天。 By the roster of which day.")
@with_session
def findings(session: Session, on: str) -> None:
    """花名册待办：无人包保的组、撤并单位的未办结办件等。 Groups that nobody answers for, work of cadres who left."""
    found = what_is_open.findings(session.runtime, session.log, on=on)
    if session.shown_as_json(found):
        return
    if found:
        columns = ("finding", "what", "label", "unit", "cases", "now")
        session.records(found, columns, finding=lambda one: session.text(one.zh, one.en))
    session.note(f"共 {len(found)} 项", f"{len(found)} in all")


@click.command()
@click.argument("cadre")
@with_session
def handover(session: Session, cadre: str) -> None:
    """交接清单：干部的未办结办件和包保责任。 What a cadre who leaves hands over: open cases, places answered for."""
    found = leaves_behind(session.runtime, session.log, cadre)
    if session.shown_as_json(found):
        return
    for zh, en, rows in (("主办", "leads", found.leads), ("协办", "shares", found.shares)):
        session.say(f"{zh} {found.totals[en]} 件", f"{en} {found.totals[en]}")
        if rows:
            session.records(rows, _CASES)
    session.say(f"包保 {len(found.duties)} 处", f"answers for {len(found.duties)} places")
    if found.duties:
        session.records(found.duties, ("area", "label", "duty", "since", "id"), id=lambda one: one.responsibility)


def _pair(word: str) -> tuple[str, str]:
    old, equals, new = word.partition("=")
    if not equals or not old or not new:
        raise Usage(f"--unit {word!r} 应写成 旧=新", f"--unit {word!r} is not OLD=NEW")
    return old, new


COMMANDS = (roster, handover)  # the whole group, with the commands added here
