"""How long does it take to resolve a case?"""

from casework.projection import Example, Tally, case, distribution, happened, stock

#: on the spot a case is closed in the minute in which it is registered: such zeros would halve every median
_timed = case.is_closed & (case.on_the_spot == 0) & (case.timed == 1)

tally = Tally(
    version=3,
    over=case,
    by=[case.township, case.unit, case.category],
    measures={
        "closed": stock(case.is_closed),
        "on_the_spot": stock(case.is_closed & (case.on_the_spot == 1)),
        "untimed": stock(case.is_closed & (case.on_the_spot == 0) & (case.timed == 0)),
        "negative": stock(_timed & (case.resolve_seconds < 0)),
        "seconds": distribution(case.resolve_seconds, where=_timed),
    },
    titles={"zh": "办理时长", "en": "Time to resolve"},
    definitions={
        "closed": ("现为已办结的件数", "Cases that stand closed"),
        "on_the_spot": ("其中即办的件数，不进时长", "Of these, done on the spot: not part of the time"),
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
        # two hours between two instants; done on the spot takes no time, and lowers no median
        Example(
            [
                happened(
                    "ledger-case-recorded.v1", on="2026-03-02 09:00", number="1", external_ref="l:1", unit="roads"
                ),
                happened("ledger-closing-recorded.v1", on="2026-03-02 11:00"),
                happened("case-registered.v1", 2, on="2026-03-02 12:00", number="2", kind="matter", on_the_spot=True),
                happened("case-dispatched.v1", 2, on="2026-03-02 12:00", unit="roads"),
                happened("case-closed.v1", 2, on="2026-03-02 12:00", outcome="solved", basis="waived"),
            ],
            [
                {
                    "unit": "roads",
                    "closed": 2,
                    "on_the_spot": 1,
                    "untimed": 0,
                    "negative": 0,
                    "seconds_n": 1,
                    "seconds_p50": 7200,
                }
            ],
            exact=True,
        )
    ],
)
