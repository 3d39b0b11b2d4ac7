"""How many cases has each township solved, and how many does it still owe?"""

from casework.projection import Example, Tally, case, count, happened, stock

tally = Tally(
    version=2,
    over=case,
    by=[case.township, case.kind],
    measures={
        "registered": stock(case.exists),
        "closings": count(case.closing),
        "reopenings": count(case.type == "case-reopened.v1"),
        "closed": stock(case.is_closed),
        "solved": stock(case.outcome == "solved"),
        "open": stock(case.is_open),
    },
    titles={"zh": "各乡镇办结情况", "en": "Solved by township"},
    definitions={
        "registered": ("登记在册的件数，登记有误的不计", "Cases on the books; those registered in error are not"),
        "closings": (
            "办结次数；重办后再办结计两次，作废（登记有误）不是办结",
            "Times a case was closed; closed again after reopening counts twice, registered in error is no closing",
        ),
        "reopenings": ("重办次数", "Times a case was reopened"),
        "closed": ("现为已办结的件数，一件只计一次", "Cases that stand closed, each once"),
        "solved": ("结果为已解决的件数；重办后不再计入，再次解决只计一件", "Cases that stand solved, each once"),
        "open": ("尚未办结的件数，挂账的计在内", "Cases still to be worked on, parked ones included"),
    },
    examples=[
        # solved, reopened, solved again: two closings, one solved case
        Example(
            [
                happened("case-registered.v1", on="2026-03-02", number="1", kind="difficulty", township="pine"),
                happened("case-dispatched.v1", on="2026-03-02", unit="roads"),
                happened("case-closed.v1", on="2026-03-05", outcome="solved", basis="waived"),
                happened("case-reopened.v1", on="2026-03-09", to="same_unit", reason="came_back", round=2),
                happened("case-closed.v1", on="2026-03-12", outcome="solved", basis="waived"),
            ],
            [{"township": "pine", "registered": 1, "closings": 2, "reopenings": 1, "solved": 1, "open": 0}],
        ),
        # one stays open in a month in which nobody touches it; one is registered in error: off the books, no closing
        Example(
            [
                happened("case-registered.v1", on="2026-01-05", number="1", kind="difficulty", township="pine"),
                happened("case-registered.v1", 2, on="2026-01-06", number="2", kind="difficulty", township="pine"),
                happened("case-registered-in-error.v1", 2, on="2026-01-07", reason="typed_twice"),
                happened("case-closed.v1", on="2026-03-02", outcome="solved", basis="waived"),
            ],
            [
                {"month": "2026-01", "registered": 1, "open": 1, "closings": 0},
                {"month": "2026-02", "registered": 1, "open": 1, "closings": 0},
                {"month": "2026-03", "registered": 1, "open": 0, "closings": 1, "solved": 1},
            ],
            by=["month"],
        ),
    ],
)
