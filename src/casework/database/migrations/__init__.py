"""Migration steps of the tables, run by `casework migrate`.

A step is only ever added, never changed: databases that have run it exist. Steps lie in `versions/` and are named in
their order (`0001_…`, `0002_…`); each says what its columns are by itself, since the tables in the code go on changing.
"""

from __future__ import annotations

#: steps from before 0001, which made the same tables piece by piece; the last of them shares its id with 0001
RETIRED = frozenset(
    "0001 access_tokens whose_case attachments cases_by_place needs_surveys accounts roster_change access_ledger"
    " attachment_bringers kept_keys outbox receipts account_links acting_units".split()
)
