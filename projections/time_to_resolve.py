"""How long does it take to resolve a case?"""

from casework.projection import Tally, case, distribution, stock

tally = Tally(
    version=1,
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
        "seconds": ("从登记到提交办结的秒数；取中位数与九成位", "Seconds from registration to the closing submission"),
    },
)
