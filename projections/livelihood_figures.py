"""How many livelihood matters are completed, for how many people, and how many difficulties solved?"""

from casework.projection import Example, Tally, case, happened, stock

_MATTER = (case.kind == "matter") & (case.outcome == "solved")
_DIFFICULTY = (case.kind == "difficulty") & (case.outcome == "solved")

tally = Tally(
    version=1,
    over=case,
    by=[case.township],
    measures={
        "matters_completed": stock(_MATTER),
        "people_helped": stock(_MATTER, sum=case.beneficiaries),
        "matters_open": stock((case.kind == "matter") & case.is_open),
        "difficulties_solved": stock(_DIFFICULTY),
        "difficulties_open": stock((case.kind == "difficulty") & case.is_open),
    },
    titles={"zh": "办实事解难题", "en": "Livelihood figures"},
    definitions={
        "matters_completed": ("办结且已解决的民生实事件数", "Planned matters that stand solved"),
        "people_helped": ("上述实事的实际受益人数之和", "Actual beneficiaries of those matters"),
        "matters_open": ("未办结的民生实事件数", "Planned matters still open"),
        "difficulties_solved": (
            "已解决的困难问题件数；与实事件数不相加",
            "Single requests that stand solved; never added to matters",
        ),
        "difficulties_open": ("未办结的困难问题件数", "Single requests still open"),
    },
    examples=[
        # one matter for forty people, one difficulty: two figures, no sum
        Example(
            [
                happened("case-registered.v1", 1, on="2026-03-02", number="1", kind="matter", township="pine"),
                happened("case-registered.v1", 2, on="2026-03-02", number="2", kind="difficulty", township="pine"),
                happened("case-dispatched.v1", 1, on="2026-03-02", unit="roads"),
                happened("case-acknowledged.v1", 1, on="2026-03-02"),
                happened(
                    "resolution-submitted.v1", 1, on="2026-03-09", result="done", outcome="solved", beneficiaries=40
                ),
                happened("case-closed.v1", 1, on="2026-03-10", outcome="solved", basis="waived"),
                happened("case-closed.v1", 2, on="2026-03-10", outcome="solved", basis="waived"),
            ],
            [{"township": "pine", "matters_completed": 1, "people_helped": 40, "difficulties_solved": 1}],
        )
    ],
)
