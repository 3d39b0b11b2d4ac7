"""The kit for projections/: count a question live, again, and as of any past day."""

from casework.change.case_lines import HOLD_FACTS
from casework.change.finding_lines import FINDING_FACTS
from casework.change.roster_lines import ROSTER_FACTS
from casework.change.tables import (
    activity_change,
    case_change,
    finding_change,
    hold_change,
    roster_change,
    survey_change,
)
from casework.law.cases.facts import FACTS
from casework.law.cases.queues import QUEUES
from casework.projection.example import Example, happened
from casework.projection.measures import Measure, count, distinct, distribution, stock
from casework.projection.register import Register
from casework.projection.requests import requests
from casework.projection.source import CaseSource, NotCountable, Source, Term
from casework.projection.tally import Tally

#: what each entry changed of a case: facts with two sides, and the entry's own measures
case = CaseSource("case", case_change, facts=FACTS)
#: whose stake in a case moved
hold = Source("hold", hold_change, stock="step", facts_like=HOLD_FACTS)
#: acts without a case
activity = Source("activity", activity_change)
#: needs surveys: whom they ask, who answered what
survey = Source("survey", survey_change)
#: what auditors found, and how it stands: a stock of each day, overdue ones too
finding = Source("finding", finding_change, stock="step", facts_like=FINDING_FACTS, ahead=True)
#: what holds of places, units, people and responsibilities: a stock of each day, those ahead too
roster = Source("roster", roster_change, stock="step", facts_like=ROSTER_FACTS, ahead=True)

entered = case.entered

__all__ = [
    "QUEUES",
    "Example",
    "Measure",
    "NotCountable",
    "Register",
    "Source",
    "Tally",
    "Term",
    "activity",
    "case",
    "count",
    "distinct",
    "distribution",
    "entered",
    "finding",
    "happened",
    "hold",
    "requests",
    "roster",
    "stock",
    "survey",
]
