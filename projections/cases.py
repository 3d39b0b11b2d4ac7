"""Which cases are there, in which queue, and in what state?"""

from casework.projection import Example, Register, happened

register = Register(
    version=1,
    columns=[
        "status", "outcome", "kind", "category", "topic", "township", "area", "unit", "lead", "urgency", "due_on",
        "registered_on", "closed_on", "round", "parked", "supervised", "confidentiality", "external_ref",
    ],
    queues={
        "to_accept": {"status": ["registered"]},
        "to_dispatch": {"status": ["accepted"]},
        "to_sign": {"status": ["dispatched"]},
        "in_progress": {"status": ["in_progress"]},
        "parked": {"status": ["parked"]},
        "to_review": {"status": ["resolved"]},
        "to_call_back": {"status": ["callback"]},
        "supervised": {"supervised": [1]},
        "open": {"outcome": [""]},
    },
    titles={"zh": "案件清单", "en": "Cases"},
    definitions={
        "to_accept": ("待受理", "Waiting to be accepted"),
        "to_dispatch": ("待派单", "Waiting to be dispatched"),
        "to_sign": ("待签收", "Waiting for the unit to sign"),
        "in_progress": ("办理中", "Being handled"),
        "parked": ("挂账", "Parked"),
        "to_review": ("待审核", "Waiting to be reviewed"),
        "to_call_back": ("待回访", "Waiting for a callback"),
        "supervised": ("督办中", "Under supervision"),
        "open": ("全部未结", "Everything still open"),
    },
    examples=[
        Example(
            [
                happened("case-registered.v1", 1, on="2026-03-02", number="1", kind="difficulty"),
                happened("case-registered.v1", 2, on="2026-03-03", number="2", kind="difficulty"),
                happened("case-accepted.v1", 1, on="2026-03-03", category="road"),
            ],
            [{"number": "1", "status": "accepted", "category": "road"}],
            queue="to_dispatch",
        )
    ],
)  # fmt: skip
