"""The county's figures from the projections, the two published ones first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from casework.application.figures.ask import list_cases
from casework.application.runtime.runtime import Runtime
from casework.demo.county.load import LOG
from casework.projection.ask import ask
from casework.projection.question import Answer, Question


class Figure(Struct, frozen=True):
    """Name (zh, en), value, and the projection that counts it."""

    zh: str
    en: str
    value: Any
    projection: str


def figures(runtime: Runtime) -> Iterator[Figure]:
    """The county's figures as of now."""

    def of(name: str, **question: Any) -> Answer:
        return ask(runtime.engine, runtime.projection(name), LOG, Question(**question))

    (livelihood,) = of("livelihood_figures", by=[]).rows
    for zh, en, measure in (
        ("办结民生实事（件）", "matters completed", "matters_completed"),
        ("解决困难问题（件）", "difficulties solved", "difficulties_solved"),
        ("实事惠及群众（人）", "people helped by the matters", "people_helped"),
        ("未办结民生实事", "matters still open", "matters_open"),
        ("未办结困难问题", "difficulties still open", "difficulties_open"),
    ):
        yield Figure(zh, en, livelihood[measure], "livelihood_figures")
    (closed,) = of("resolved_by_township", by=[]).rows
    yield Figure("重办次数", "reopenings", closed["reopenings"], "resolved_by_township")
    for zh, en, queue in (("挂账", "parked", "parked"), ("待回访", "waiting for a callback", "to_call_back")):
        found = list_cases(runtime, LOG, "cases", Question(queue=queue, limit=1))
        yield Figure(zh, en, found.total, "cases")
    (due,) = of("timeliness_by_unit", by=[]).rows
    yield Figure("按时办结率", "closed in time", due["on_time_rate"], "timeliness_by_unit")
    (hours,) = of("time_to_resolve", by=[]).rows
    median = round(hours["seconds_p50"] / 3600, 1)
    yield Figure("办理时长中位数（小时）", "median hours to close", median, "time_to_resolve")
    acted = [row["cadre"] for row in of("cadre_workload", by=["cadre"]).rows if row["actions"] > 0]
    yield Figure("参与办理的乡镇干部", "township cadres who acted", _of_townships(runtime, acted), "cadre_workload")
    (days,) = of("actions_by_day", by=[]).rows
    for zh, en, measure in (
        ("办理记录", "actions", "actions"),
        ("隔日补录", "entered on a later day", "late_entries"),
        ("日常服务", "acts without a case", "activities"),
        ("走访户次", "households visited", "households"),
    ):
        yield Figure(zh, en, days[measure], "actions_by_day")


def _of_townships(runtime: Runtime, cadres: Sequence[str]) -> int:
    """How many of them work in a township, not in a department of the county."""
    county = runtime.county(LOG, fresh=True)
    roster, on = county.roster, county.today
    posts = [roster.cadre(cadre, on) for cadre in cadres]
    units = [roster.unit(post.unit, on) for post in posts if post]
    return sum(unit is not None and unit.level == "township" for unit in units)
