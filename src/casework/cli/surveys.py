"""`casework survey`: opens surveys, enters answers, raises needs as cases, shows figures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import rich_click as click

from casework.application.access.actor import resolve
from casework.application.cases.labels import TERMS
from casework.application.surveys import import_answers
from casework.application.surveys import surveys as use
from casework.application.surveys.answers import answers as read_page
from casework.application.surveys.answers import respondent_of
from casework.cli.acting import act, acting, follow
from casework.cli.session import Session, with_session
from casework.cli.values import members
from casework.exchange.questionnaire import read_form
from casework.law.surveys.commands import RaiseNeed
from casework.law.surveys.events import QUESTION_KINDS, SURVEY_GROUPS

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def survey() -> None:
    """需求调查：问一群人缺什么，答卷入账，需求转为办件。 Needs surveys: ask a group what it lacks.

    A survey is called by its id, or by its title where only one has it.
    """


@survey.command()
@click.argument("form", type=_FILE)
@click.option(
    "--command-id", default="", help="自编的命令编号。 Your id of this command: sent twice, it is stored once."
)
@acting()
def open(session: Session, form: Path, command_id: str, actor: str, role: str) -> None:
    """发起调查：问卷写在 TOML 文件里。 Open a survey from a form in TOML.

    title, group, units, area, starts, ends, asked; then each question as [[question]] with code, label, kind
    (choice, multi, number, yes_no, text) and choices = { code = "label" }.
    """
    answer = act(session, "open-survey", read_form(form), actor, role, command_id)
    session.say(f"{answer.stream}：已发起", f"{answer.stream}: open")


@survey.command()
@click.argument("name", metavar="SURVEY")
@click.argument("form", type=_FILE)
@acting()
def revise(session: Session, name: str, form: Path, actor: str, role: str) -> None:
    """修订问卷：已有的答卷不改变含义。 Ask otherwise from here on; what was answered keeps its meaning.

    FORM is the whole form; whom it asks and where stay as they were opened.
    """
    given = {key: value for key, value in read_form(form).items() if key not in ("group", "area")}
    answer = act(session, "revise-survey", {**given, "survey": _named(session, name)}, actor, role)
    if answer.events:
        session.say(f"{answer.stream}：已修订", f"{answer.stream}: revised")
    else:
        session.say(f"{answer.stream}：没有变化", f"{answer.stream}: nothing changes")


@survey.command()
@click.argument("name", metavar="SURVEY")
@acting()
def close(session: Session, name: str, actor: str, role: str) -> None:
    """结束调查：不再收答卷，需求仍可转办。 Take no more answers; needs may still be raised."""
    answer = act(session, "close-survey", {"survey": _named(session, name)}, actor, role)
    session.say(f"{answer.stream}：已结束", f"{answer.stream}: closed")


@survey.command()
@click.argument("name", metavar="SURVEY")
@click.argument("file", type=_FILE)
@click.option("--dry-run", is_flag=True, help="只检查，不入账。 Read and check, store nothing.")
@click.option(
    "--rejects", type=click.Path(dir_okay=False, path_type=Path), help="被拒行存于何处。 Where rejected rows go."
)
@acting()
def answers(
    session: Session, name: str, file: Path, dry_run: bool, rejects: Path | None, actor: str, role: str
) -> None:
    """录入答卷：Excel 或 CSV，一人一行，重复导入不会重复。 Enter answers from .xlsx or CSV: one row for each person.

    A column for each question, called by its code or its label; a column 编号 (id) by which rows are known when the
    file is read again; 日期 (date), 姓名 (name) and 电话 (phone) where there are any. Rows that cannot be understood go
    to a rejects file with line, column, reason and value; the rest goes in, and the exit status is 1.
    """
    runtime, log = session.runtime, session.log
    stream = _named(session, name)
    who = resolve(runtime.county(log, fresh=True), actor, role)
    with session.progress("录入", "entering") as tick:
        report = import_answers.run(
            runtime,
            log,
            stream,
            file,
            who=who,
            operator=session.operator,
            dry_run=dry_run,
            rejects=rejects,
            progress=lambda rows: tick(rows, None),
        )
    if not dry_run:
        follow(session)
    if not session.shown_as_json(report):
        session.say(
            f"{report.rows} 行：{report.answered} 份答卷入账，{report.repeated} 份早已入账，"
            f"{len(report.changed)} 份与上次不同（未改动），{report.rejected} 行被拒",
            f"{report.rows} rows: {report.answered} answers, {report.repeated} known already, "
            f"{len(report.changed)} differ from before and were left alone, {report.rejected} rejected",
        )
        if report.changed:
            lines = ", ".join(map(str, report.changed[:20])) + (" …" if len(report.changed) > 20 else "")
            session.say(f"与上次不同的行：{lines}", f"lines that differ: {lines}")
        if report.rejects_file:
            session.say(f"被拒行见 {report.rejects_file}", f"rejected rows are in {report.rejects_file}")
    if report.rejected:
        sys.exit(1)


@survey.command("raise")
@click.argument("name", metavar="SURVEY")
@click.argument("respondent")
@click.argument("words", nargs=-1, metavar="[key=value]...")
@acting()
def raise_(session: Session, name: str, respondent: str, words: tuple[str, ...], actor: str, role: str) -> None:
    """需求转办：把一份答卷提出的需求登记为办件。 Make a case of a need that RESPONDENT stated.

    RESPONDENT is an id as `casework survey replies` shows it, or how it begins. Members as in
    `casework do raise-need --help`; the same question of the same answer becomes a case once.
    """
    stream = _named(session, name)
    given = members(words, RaiseNeed)
    given |= {"survey": stream, "respondent": respondent_of(session.runtime, session.log, stream, respondent)}
    answer = act(session, "raise-need", given, actor, role)
    session.say(f"{answer.number}：已登记", f"{answer.number}: registered")


@survey.command()
@click.argument("name", metavar="SURVEY")
@click.option("--limit", type=click.IntRange(1, 200), default=50, help="最多几份。 How many at most.")
@click.option("--after", default="", help="上一页给出的 next。 `next` of the page before.")
@acting()
def replies(session: Session, name: str, limit: int, after: str, actor: str, role: str) -> None:
    """答卷逐份：所答与已转办的办件。 What each person answered, and which needs became cases."""
    runtime, log = session.runtime, session.log
    who = resolve(runtime.county(log, fresh=True), actor, role)
    page = read_page(runtime, log, _named(session, name), who, limit=limit, after=after)
    if session.shown_as_json(page):
        return
    for row in page.rows:
        click.echo(click.style(f"{row.respondent}  {row.occurred_on}", bold=True))
        for question, said in row.replies.items():
            shown = "、".join(said) if isinstance(said, list) else "" if said is None else said
            click.echo(f"  {question:<20} {shown}" + (f"  → {row.cases[question]}" if question in row.cases else ""))
        for part in row.sealed:
            click.echo(f"  {part.member:<20} {part.value if part.state == 'open' else f'({part.state})'}")
    if page.next:
        session.say(f"还有：--after {page.next}", f"more: --after {page.next}")


@survey.command()
@click.argument("name", metavar="SURVEY")
@with_session
def show(session: Session, name: str) -> None:
    """一项调查：问了多少、答了多少、转办与解决多少。 How a survey stands: asked, answered, raised, solved."""
    found = use.survey(session.runtime, session.log, _named(session, name))
    if session.shown_as_json(found):
        return
    needs = found.needs
    click.echo(click.style(found.title, bold=True))
    group = SURVEY_GROUPS.get(found.group, found.group) if session.language != "en" else found.group
    click.echo(f"{found.survey}  {group}  {found.starts} – {found.ends}  {', '.join(found.units)}")
    session.say(
        f"应调查 {needs.asked} 人，收到答卷 {needs.answered} 份；转办需求 {needs.raised} 件，"
        f"未办结 {needs.open} 件，已解决 {needs.solved} 件",
        f"asked {needs.asked}, answered {needs.answered}; raised {needs.raised}, open {needs.open},"
        f" solved {needs.solved}",
    )
    for question in found.questions:
        kind = QUESTION_KINDS[question.kind] if session.language != "en" else question.kind
        people = session.text(f"{question.replies} 人作答", f"{question.replies} answered")
        click.echo(f"{question.label}（{question.code}，{kind}）  {people}")
        for choice in question.choices:
            click.echo(f"  {choice.picks:>6}  {choice.label}")
        if question.kind == "number" and question.replies:
            mean = f"{question.total / question.replies:.1f}"
            session.say(f"  平均 {mean}", f"  mean {mean}")
    for case in found.cases:
        status = TERMS["status"].get(case["status"], "") if session.language != "en" else case["status"]
        click.echo(f"{case['number']}  {status}")


@survey.command("list")
@with_session
def list_(session: Session) -> None:
    """全部调查。 Every survey, the latest first."""
    found = use.surveys(session.runtime, session.log)
    needs: dict[str, Any] = {
        name: lambda one, name=name: getattr(one.needs, name) for name in ("asked", "answered", "raised", "solved")
    }
    session.listing(found, ("survey", "title", "starts", "ends", *needs), **needs)


def _named(session: Session, name: str) -> str:
    return use.find_survey(session.runtime, session.log, name)


COMMANDS = (survey,)
