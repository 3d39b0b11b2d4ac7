"""How long does it take to resolve a case?"""

from casework.projection import Example, Tally, case, distribution, happened, stock

tally = Tally(
    version=2,
    over=case,
    by=[case.township, case.unit, case.category],
    measures={
        "closed": stock(case.is_closed),
        "untimed": stock(case.is_closed & (case.timed == 0)),
        "negative": stock(case.is_closed & (case.timed == 1) & (case.resolve_seconds < 0)),
        "seconds": distribution(case.resolve_seconds, where=case.is_closed & (case.timed == 1)),
    },
    titles={"zh": "办理时长", "en": "Time to resolve"},
    definitions={
        "closed": ("现为已办结的件数", "Cases that stand closed"),
        "untimed": ("只知日期、算不出时长的件数", "Of these, known to the day only: no hours are derived"),
        "negative": (
            "办结早于登记的件数：照录不改，单独列出",
            "Of these, closed before they were opened: kept, marked",
        ),
        "seconds": (
            "从登记到提交办结的秒数；取中位数与90%分位数",
            "Seconds from registration to the closing submission",
        ),
    },
    examples=[
        # two hours between two instants
        Example(
            [
                happened(
                    "ledger-case-recorded.v1", on="2026-03-02 09:00", number="1", external_ref="l:1", unit="roads"
                ),
                happened("ledger-closing-recorded.v1", on="2026-03-02 11:00"),
            ],
            [{"unit": "roads", "closed": 1, "untimed": 0, "negative": 0, "seconds_n": 1, "seconds_p50": 7200}],
            exact=True,
        )
    ],
)
