"""Who answers for which place, and who did on any day?"""

from casework.projection import Example, Tally, count, happened, roster, stock

held = roster.thing == "responsibility"
given = [
    happened(
        "responsibility-assigned.v1", on="2026-01-05", stream="responsibility/1",
        cadre="cadre/frog", area="pine-1a", from_="2026-01-01",
    ),
    happened("responsibility-ended.v1", on="2026-06-20", stream="responsibility/1", from_="2026-07-01", reason="moved"),
    happened(
        "responsibility-assigned.v1", on="2026-06-20", stream="responsibility/2",
        cadre="cadre/otter", area="pine-1a", from_="2026-07-01",
    ),
]  # fmt: skip

tally = Tally(
    version=1,
    over=roster,
    by=[roster.cadre, roster.area, roster.duty],
    measures={
        "responsible": stock(held),
        "begun": count(held & (roster.began == 1)),
        "ended": count(held & (roster.ended == 1)),
    },
    titles={"zh": "包保责任", "en": "Who answers for which place"},
    definitions={
        "responsible": (
            "当日有效的责任（按生效日期），往日可查",
            "Responsibilities that hold, by the days for which they were given: of any day",
        ),
        "begun": ("登记的责任项数，按登记日期；撤回的减去", "Responsibilities recorded, less those taken back"),
        "ended": ("登记的解除项数，按登记日期", "Ends recorded"),
    },
    examples=[
        # the effective date decides who is responsible, not the date of the declaration
        Example(
            given,
            [
                {"cadre": "cadre/frog", "responsible": 1},
                {"cadre": "cadre/otter", "responsible": 0},
            ],
            by=["cadre"],
            as_of="2026-06-30",
        ),
        Example(
            given, [{"cadre": "cadre/otter", "responsible": 1}], where={"cadre": "cadre/otter"}, as_of="2026-07-01"
        ),
    ],
)
