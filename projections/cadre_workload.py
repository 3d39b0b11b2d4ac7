"""How much does each cadre have on the desk, and how much has each done?"""

from casework.projection import Example, Tally, case, count, distinct, happened, hold, stock

tally = Tally(
    version=1,
    over=case,
    by=[case.counts_for.named("cadre")],
    measures={
        "held": stock(hold.hold_role == "lead", cadre=hold.holder),
        "co_held": stock(hold.hold_role == "co", cadre=hold.holder),
        "actions": count(case.is_action == 1),
        "touched": distinct((case.is_action == 1) | (case.is_contact == 1)),
        "solved": stock(case.outcome == "solved", cadre=case.closer),
        "closed": stock(case.is_closed, cadre=case.closer),
    },
    titles={"zh": "干部工作量", "en": "Workload of each cadre"},
    definitions={
        "held": ("手上主办的未办结件数", "Open cases that the cadre leads"),
        "co_held": ("手上协办的未办结件数", "Open cases that the cadre handles together with the lead"),
        "actions": (
            "办理记录条数；代录的算在办理人名下",
            "Actions, counted for whose act it was, not for who typed it",
        ),
        "touched": ("办理或联系过的不同办件数", "Different cases acted on, or whose resident was contacted"),
        "solved": ("由其提交办结且现为已解决的件数", "Cases that stand solved on this cadre's submission"),
        "closed": ("由其提交办结且现为已办结的件数", "Cases that stand closed on this cadre's submission"),
    },
    examples=[
        # an action entered by heron for frog counts for frog; two actions on one case are one case touched
        Example(
            [
                happened("case-registered.v1", on="2026-03-02", number="1", kind="difficulty"),
                happened("case-dispatched.v1", on="2026-03-02", unit="roads", lead="cadre/frog"),
                happened(
                    "action-logged.v1", on="2026-03-03", action="visit", by="cadre/heron", counts_for="cadre/frog"
                ),
                happened("action-logged.v1", on="2026-03-04", action="repair", by="cadre/frog"),
            ],
            [{"cadre": "cadre/frog", "held": 1, "actions": 2, "touched": 1}],
            where={"cadre": "cadre/frog"},
        )
    ],
)
