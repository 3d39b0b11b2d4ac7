"""Which village groups does somebody answer for, and which does nobody, over time?"""

from casework.projection import Example, Tally, happened, roster, stock

responsible = (roster.thing == "responsibility") & roster.duty.among(("contract", "grid"))
given = [
    *(
        happened(
            "area-declared.v1", on="2026-01-05", stream=f"area/{code}",
            level="group", label="组", parent="pine-1", from_="2026-01-01",
        )
        for code in ("pine-1a", "pine-1b")
    ),
    happened(
        "responsibility-assigned.v1", on="2026-01-05", stream="responsibility/1",
        cadre="cadre/frog", area="pine-1a", from_="2026-02-01",
    ),
]  # fmt: skip

tally = Tally(
    version=1,
    over=roster,
    by=[roster.area],
    measures={
        "groups": stock((roster.thing == "area") & (roster.level == "group")),
        "answering": stock(responsible),
        "beside": stock((roster.thing == "responsibility") & roster.duty.among(("co", "link"))),
    },
    titles={"zh": "村组包保覆盖", "en": "Coverage of village groups"},
    definitions={
        "groups": (
            "当日在册的村民小组；为 1 而 answering 为 0 的，无人直接包保",
            "Village groups of that day; 1 with `answering` 0 is not covered",
        ),
        "answering": ("直接包保该区域的责任（包保、网格员）", "Duties for that very area (contract, grid)"),
        "beside": ("协办、挂联，不算包保", "Co-handlers and links, who do not answer for it"),
    },
    examples=[
        Example(
            given,
            [
                {"month": "2026-01", "area": "pine-1a", "groups": 1, "answering": 0},
                {"month": "2026-01", "area": "pine-1b", "groups": 1, "answering": 0},
                {"month": "2026-02", "area": "pine-1a", "groups": 1, "answering": 1},
                {"month": "2026-02", "area": "pine-1b", "groups": 1, "answering": 0},
            ],
            by=["month", "area"],
        )
    ],
)
