"""The tally of requests and what became of them, by any fact of the case."""

from __future__ import annotations

from collections.abc import Mapping

from casework.projection.example import Example, happened
from casework.projection.measures import stock
from casework.projection.source import CaseSource, Term
from casework.projection.tally import Tally


def requests(case: CaseSource, by: Term, titles: Mapping[str, str], code: str) -> Tally:
    """Requests by one fact and by kind; CODE is a value of the fact, for the example."""
    # the same problem brought twice: two requests, one problem, one open case
    given = [
        happened("case-registered.v1", n, on="2026-03-02", number=str(n), kind="difficulty", **{by.name: code})
        for n in (1, 2)
    ]
    given.append(happened("case-merged.v1", 2, on="2026-03-03", into="case/1"))
    return Tally(
        version=1,
        over=case,
        by=[by, case.kind],
        measures={
            "requests": stock(case.exists),
            "problems": stock(case.exists & (case.outcome != "merged")),
            "open": stock(case.is_open),
            "closed": stock(case.is_closed),
            "solved": stock(case.outcome == "solved"),
            "rejected": stock(case.outcome == "rejected"),
            "withdrawn": stock(case.outcome == "withdrawn"),
        },
        titles=titles,
        definitions={
            "requests": (
                "收到的诉求件数，并单的也计，登记有误的不计",
                "Requests received, merged ones too, errors not",
            ),
            "problems": (
                "不同问题的件数：并入他案的不计",
                "Distinct problems: requests merged into another are not counted",
            ),
            "open": ("尚未办结的件数", "Still to be worked on"),
            "closed": ("现为已办结的件数", "Standing closed"),
            "solved": ("结果为已解决的件数", "Standing solved"),
            "rejected": ("不予受理的件数", "Rejected"),
            "withdrawn": ("撤单的件数", "Withdrawn by the resident"),
        },
        examples=[Example(given, [{by.name: code, "requests": 2, "problems": 1, "open": 1, "closed": 0}])],
    )
