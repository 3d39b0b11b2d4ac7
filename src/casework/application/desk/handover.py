"""Lists what a leaving cadre leaves behind: open cases and places answered for."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, func, or_, select

from casework.application.access.actor import Actor
from casework.application.access.permissions import check_may
from casework.application.access.reading_note import note
from casework.application.access.visibility import Visibility, visibility_of
from casework.application.cases import rows as case_rows
from casework.application.desk.refusals import refused
from casework.application.runtime.runtime import Runtime
from casework.change.tables import case_now
from casework.database.engine import reading
from casework.law.cases.facts import OPEN_STATUSES

#: nobody in particular: the machine's operator
_HERE = Actor("system/operator", "administrator")
MOST = 500


class Duty(Struct, frozen=True, kw_only=True):
    """A place that the cadre answers for: `end-responsibility` with its id, and a new one for the successor."""

    responsibility: str
    area: str
    label: str
    duty: str
    since: str


class Handover(Struct, frozen=True, kw_only=True):
    """What has to go to somebody else.

    units   units they are of today; none where they have left
    leads   open cases that they lead: the bulk reassignment takes these
    shares  open cases that they handle together with the lead
    duties  places that they answer for
    totals  how many of leads and shares there are; of each, at most 500 are listed
    """

    cadre: str
    on: str
    units: tuple[str, ...]
    leads: list[dict[str, Any]]
    shares: list[dict[str, Any]]
    duties: list[Duty]
    totals: dict[str, int]


def handover(runtime: Runtime, log: str, cadre: str, who: Actor | None = None) -> Handover:
    """What CADRE would leave behind today, of what WHO sees; the machine's operator, who is nobody, sees everything."""
    county = runtime.county(log, fresh=True)
    roster, on = county.roster, county.today
    if who is not None:
        check_may(who.role, "roster.handover")
    if roster.timeline(cadre).rev < 0:
        close = roster.nearest("cadre", cadre)
        raise refused("unknown-cadre", cadre=cadre, nearest=close)
    scope = Visibility(_HERE, ({},)) if who is None else visibility_of(county, who)
    post, case = roster.cadre(cadre, on), case_now.c
    shared = and_(case.co_handlers != "", case.co_handlers.contains(f" {cadre} ", autoescape=True))
    leads, led = _cases(runtime, log, scope, case.lead == cadre)
    shares, with_others = _cases(runtime, log, scope, shared)
    if who is not None and (told := sum(bool(row.get("summary")) for row in [*leads, *shares])):
        note(runtime, county, who, "handover", shown=told)
    names = roster.labels("area", on)
    duties = [
        Duty(responsibility=id, area=said.area, label=names.get(said.area, ""), duty=said.duty, since=said.from_)
        for id, said in sorted(roster.responsibilities(on, cadre=cadre).items())
    ]
    return Handover(
        cadre=cadre,
        on=on,
        units=post.units if post else (),
        leads=leads,
        shares=shares,
        duties=duties,
        totals={"leads": led, "shares": with_others, "duties": len(duties)},
    )


def _cases(
    runtime: Runtime, log: str, scope: Visibility, whose: ColumnElement[bool]
) -> tuple[list[dict[str, Any]], int]:
    case = case_now.c
    where = (case.log == log, case.status.in_(OPEN_STATUSES), whose, or_(scope.listed(), scope.owned()))
    with reading(runtime.engine) as db:
        total = db.scalar(select(func.count()).select_from(case_now).where(*where)) or 0
        rows = db.execute(case_rows.columns().where(*where).order_by(case.number).limit(MOST)).all()
        return case_rows.shown(runtime, db, log, rows, scope), total
