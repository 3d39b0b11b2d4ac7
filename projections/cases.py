"""Which cases are there, in which queue, and in what state?"""

from casework.projection import QUEUES, Example, Register, happened

register = Register(
    version=1,
    columns=[
        "status", "outcome", "kind", "category", "topic", "township", "area", "unit", "lead", "urgency", "due_on",
        "registered_on", "closed_on", "round", "parked", "supervised", "confidentiality", "external_ref",
    ],
    queues={name: queue.facts for name, queue in QUEUES.items()},
    titles={"zh": "办件清单", "en": "Cases"},
    definitions={name: (queue.zh, queue.en) for name, queue in QUEUES.items()},
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
