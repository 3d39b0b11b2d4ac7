"""What do people ask for, by category, and what became of it?"""

from casework.projection import Example, Tally, case, happened, stock

tally = Tally(
    version=1,
    over=case,
    by=[case.category, case.kind],
    measures={
        "requests": stock(case.exists),
        "problems": stock(case.exists & (case.outcome != "merged")),
        "open": stock(case.is_open),
        "closed": stock(case.is_closed),
        "solved": stock(case.outcome == "solved"),
        "rejected": stock(case.outcome == "rejected"),
        "withdrawn": stock(case.outcome == "withdrawn"),
    },
    titles={"zh": "各事项类别诉求", "en": "Requests by category"},
    definitions={
        "requests": ("收到的诉求件数，并单的也计，登记有误的不计", "Requests received, merged ones too, errors not"),
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
    examples=[
        # the same problem brought twice: two requests, one problem, one open case
        Example(
            [
                happened("case-registered.v1", n, on="2026-03-02", number=str(n), kind="difficulty", category="road")
                for n in (1, 2)
            ]
            + [happened("case-merged.v1", 2, on="2026-03-03", into="case/1")],
            [{"category": "road", "requests": 2, "problems": 1, "open": 1, "closed": 0}],
        )
    ],
)
