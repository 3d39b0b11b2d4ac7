"""Registers, for each kind of stream, its change tables and what makes their lines.

Change tables are derived from the log and can be dropped: `rebuild` makes them again equal, row for row. Every sum over
them is Σ weight × measure. Each file `*_lines` holds a table and what fills it, `columns` what all of them share.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Table

from casework.change.activity_lines import activity_change, activity_lines
from casework.change.case_lines import case_change, case_lines, case_now, hold_change, hold_lines
from casework.change.columns import Lines
from casework.change.finding_lines import finding_change, finding_lines
from casework.change.roster_lines import roster_change, roster_lines
from casework.change.survey_lines import survey_change, survey_lines
from casework.law.event import Recorded
from casework.law.kinds import ROSTER_KINDS

#: the lines of one entry, from the states around it
MakeLines = Callable[[Recorded, Any, Any], Lines]
#: kind of stream → its change tables and how their lines are made; kinds that are not here have none
CHANGES: dict[str, tuple[tuple[Table, MakeLines], ...]] = {
    "case": ((case_change, case_lines), (hold_change, hold_lines)),
    "activity": ((activity_change, activity_lines),),
    "survey": ((survey_change, survey_lines),),
    "finding": ((finding_change, finding_lines),),
    **dict.fromkeys(ROSTER_KINDS, ((roster_change, roster_lines),)),
}
#: tables whose rows are keyed by their place in the log
SEQUENCED: tuple[Table, ...] = tuple(dict.fromkeys(table for tables in CHANGES.values() for table, _ in tables))
#: everything here that follows from the log, in the order in which it is written
DERIVED: tuple[Table, ...] = (*SEQUENCED, case_now)
