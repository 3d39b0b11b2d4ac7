"""`casework roster`: loads, imports and exports the roster, and writes an empty template."""

from __future__ import annotations

import sys
from pathlib import Path

import rich_click as click
from msgspec.structs import replace

from casework.application.access.actor import OPERATOR, Actor, Visit, resolve
from casework.application.roster import export as export_roster
from casework.application.roster import import_files as import_roster
from casework.application.roster import load as load_roster
from casework.cli.ledgers import follow
from casework.cli.new_file import write_new
from casework.cli.refusals import refused
from casework.cli.roster_preview import tell
from casework.cli.session import Session, log_option, pass_session, with_session
from casework.cli.usage_errors import Usage
from casework.exchange.rejects import write_of_roster
from casework.exchange.roster_files import Brought, brought
from casework.exchange.roster_rows import RosterError
from casework.exchange.roster_template import template as empty_book
from casework.law.context import ROLES

_OUT = click.Path(path_type=Path)
#: the operator of the machine
_HERE = Actor(OPERATOR, "administrator")


@click.group()
def roster() -> None:
    """花名册：区域、单位、干部、类别、包保。 The roster: areas, units, cadres, categories, responsibilities."""


@roster.command()
@click.argument("folder", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--example", metavar="NAME", help="随程序附带的花名册，如 lancang。 A roster that comes with the program."
)
@click.option(
    "--since", default="", metavar="DATE", help="未写生效日期的行自何日起生效。 From when rows without a date hold."
)
@click.option("--dry-run", is_flag=True, help="只检查，不入账。 Read and check, store nothing.")
@with_session
def load(session: Session, folder: Path | None, example: str | None, since: str, dry_run: bool) -> None:
    """从 CSV 登记花名册。 Load a roster from the CSV files of FOLDER, as events dated by their `from`.

    Done as `system/operator`: before the first roster nobody has a role, so any user who may run this program on this
    machine loads it, and the entries record the login.
    """
    if (folder is None) == (example is None):
        raise Usage("请写明文件夹或 --example，二者取一", "name a folder, or an --example: one of the two")
    place = folder or load_roster.example(example or "")
    with session.progress("登记", "loading") as tick:
        report = load_roster.run(
            session.runtime,
            session.log,
            place,
            since=since,
            dry_run=dry_run,
            operator=session.operator,
            progress=lambda done, total: tick(done, total or None),
        )
    if not dry_run:
        follow(session)
    if not session.shown_as_json(report):
        session.say(
            f"{report.rows} 行：{report.declared} 项登记，{report.unchanged} 项未变，{len(report.rejects)} 行被拒",
            f"{report.rows} rows: {report.declared} declared, {report.unchanged} unchanged, "
            f"{len(report.rejects)} rejected",
        )
        for reject in report.rejects:
            click.echo(f"  {reject.file}:{reject.line} {reject.column}  {reject.reason}", err=True)
    if report.rejects:
        sys.exit(1)


@roster.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--from",
    "since",
    default="",
    metavar="DAY",
    help="未写生效日期的行自何日起生效。 From when rows without a day hold.",
)
@click.option("--dry-run", is_flag=True, help="只预览，不入账。 Show the preview, store nothing.")
@click.option("--yes", is_flag=True, help="不再询问。 Do not ask again.")
@click.option(
    "--rejects", type=click.Path(dir_okay=False, path_type=Path), help="被拒行存于何处。 Where rejected rows go."
)
@with_session
def import_(
    session: Session, files: tuple[Path, ...], since: str, dry_run: bool, yes: bool, rejects: Path | None
) -> None:
    """从 Excel 或 CSV 导入花名册：先预览，再确认。 Import a roster from FILES: first a preview, then the change.

    FILES are workbooks (.xlsx), CSV files named after their sheets, or folders of them, read as one. The preview says
    what is new, changed and ended, and what it does to open cases; nothing is stored before it is confirmed. Rows that
    cannot be understood, or that the law refuses, go to a rejects file with line, column, reason and value; the rest
    goes in, and the exit status is 1. Importing again adds nothing. A row that is not there changes nothing: what ends
    has a day in `until`.

    Done as `system/operator`, as `roster load`.
    """
    runtime, log = session.runtime, session.log
    read = _read(files)
    found = import_roster.preview(runtime, log, _HERE, read, since=since)
    if not (session.as_json and not dry_run):
        tell(session, found)
    refused = found.rejected
    if not dry_run and found.changes:
        if not yes:
            click.confirm(session.text("照此登记？", "Declare this?"), abort=True, err=True)
        with session.progress("登记", "declaring") as tick:
            done = import_roster.run(
                runtime, log, _HERE, read,
                seen=found.edition, since=since, via=session.via, progress=tick,
            )  # fmt: skip
        follow(session)
        refused = done.rejected
        if session.as_json:
            session.show(done)
        session.say(
            f"{done.rows} 行：{done.declared} 项登记，{done.unchanged} 项未变，{len(done.rejected)} 行被拒",
            f"{done.rows} rows: {done.declared} declared, {done.unchanged} unchanged, {len(done.rejected)} rejected",
        )
    elif session.as_json and not dry_run:
        session.show(found)
    if refused:
        place = rejects or Path(f"{files[0].name}.rejects.csv")
        write_of_roster(place, [(one.file, one.line, one.column, one.zh, one.en, one.value) for one in refused])
        session.note(f"被拒行见 {place}", f"rejected rows are in {place}")
        sys.exit(1)


def _read(files: tuple[Path, ...]) -> list[Brought]:
    try:
        return brought(files)
    except RosterError as why:
        raise refused("not-a-roster", why=why) from None


@roster.command("export")
@click.argument("out", type=_OUT)
@click.option("--as", "kind", type=click.Choice(["xlsx", "csv"]), default="xlsx", help="格式。 Workbook, or CSV files.")
@click.option("--on", default="", metavar="DAY", help="何日的花名册；省略为今天。 The roster of which day.")
@click.option("--with-names", is_flag=True, help="连同姓名（须有权）。 With the names of cadres, where you may.")
@click.option("--by", "actor", default="", metavar="cadre/ID", help="何人导出。 Who exports; needed for names.")
@click.option("--role", type=click.Choice(list(ROLES)), metavar="ROLE", help="以何身份。 In which role.")
@log_option
@pass_session
def export(
    session: Session, out: Path, kind: export_roster.Kind, on: str, with_names: bool, actor: str, role: str | None
) -> None:
    """导出花名册，可原样再导入。 Export the roster as of a day to OUT: a new workbook, or a new folder of CSV files.

    Imported again, it changes nothing. Names of cadres are sealed, and come along only for an auditor or a privacy
    officer who asks for them: --with-names --by cadre/… --role auditor.
    """
    if bool(actor) != bool(role):
        raise Usage("--by 和 --role 要同时写", "--by and --role belong together")
    who = resolve(session.runtime.county(session.log, fresh=True), actor, role) if actor and role else None
    if who is not None:
        who = replace(who, visit=Visit(source="cli", operator=session.operator))
    found = export_roster.export(
        session.runtime, session.log, who, kind=kind, on=on, with_names=with_names, language=session.language
    )
    if kind == "csv":
        _write(out, found.files)
    else:
        write_new(out, *found.files.values())
    session.say(f"{found.on} 的花名册写入 {out}", f"the roster of {found.on} is written to {out}")


@roster.command()
@click.argument("out", type=_OUT)
@click.option(
    "--example", metavar="NAME", help="改为写出附带的花名册，如 lancang-county。 Write a roster that comes along."
)
@pass_session
def template(session: Session, out: Path, example: str | None) -> None:
    """空白的 Excel 花名册，带说明。 A workbook OUT to be filled in: headings, examples, words to choose from, notes.

    With --example, two filled ones in a new folder OUT: places.xlsx (areas, units, categories) and people.xlsx
    (cadres, responsibilities), as a county would bring them.
    """
    if example is None:
        write_new(out, empty_book(session.language))
        session.say(f"空白花名册写入 {out}", f"an empty roster is written to {out}")
        return
    files = export_roster.example(example, session.language)
    _write(out, files)
    session.say(f"{'、'.join(files)} 写入 {out}", f"{', '.join(files)} are written to {out}")


def _write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_new(folder / name, content)
