"""Which units close in time, which late, and which had no due date?"""

from casework.projection import Tally, case, stock

tally = Tally(
    version=1,
    over=case,
    by=[case.unit],
    measures={
        "on_time": stock(case.is_closed & (case.timeliness == "on_time")),
        "late": stock(case.is_closed & (case.timeliness == "late")),
        "no_due": stock(case.is_closed & (case.timeliness == "no_due")),
        "open": stock(case.is_open),
        "extended": stock(case.is_closed & (case.extensions > 0)),
    },
    rates={"on_time_rate": ("on_time", ("on_time", "late"))},
    titles={"zh": "各单位按时办结", "en": "Timeliness by unit"},
    definitions={
        "on_time": (
            "提交办结不晚于当时期限的已办结件数",
            "Closed; submitted no later than the due instant then in force",
        ),
        "late": ("提交办结晚于当时期限的已办结件数", "Closed; submitted after the due instant then in force"),
        "no_due": ("没有期限的已办结件数，不进按时率", "Closed without a due date; not part of the rate"),
        "open": ("尚未办结的件数；不进按时率，须并列看", "Still open; not part of the rate, to be read beside it"),
        "extended": ("已办结且获准过延期的件数", "Closed after at least one granted extension"),
    },
)
