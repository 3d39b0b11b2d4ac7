"""Which units close in time, which late, and which had no due date?"""

from casework.projection import Example, Tally, case, count, happened, stock

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
        "backdated": count((case.type == "resolution-submitted.v1") & (case.days_late_recorded > 0)),
        "in_error": stock(case.outcome == "registered_in_error"),
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
        "backdated": ("办结补录次数：录入日期晚于所称日期", "Resolutions entered on a later day than claimed"),
        "in_error": ("登记有误的件数，仅计于此", "Registered in error, late ones too: counted nowhere but here"),
    },
    examples=[
        # one on its due day, one after it, one without due date: the rate is of two
        Example(
            [
                happened(
                    "ledger-case-recorded.v1", n, on="2026-03-02", number=str(n), external_ref=f"l:{n}", unit="roads",
                    due_on=due, due_basis="ledger",
                )
                for n, due in ((1, "2026-03-05"), (2, "2026-03-04"), (3, ""))
            ]
            + [happened("ledger-closing-recorded.v1", n, on="2026-03-05") for n in (1, 2, 3)],
            [
                {
                    "unit": "roads",
                    "on_time": 1,
                    "late": 1,
                    "no_due": 1,
                    "open": 0,
                    "on_time_rate": {"numerator": 1, "denominator": 2, "rate": 0.5},
                }
            ],
        )
    ],
)  # fmt: skip
