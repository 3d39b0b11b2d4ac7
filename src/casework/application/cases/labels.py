"""Names of the codes in an answer: places, units, categories, closed lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from casework.application.cases.common_codes import CHANNELS, DUTIES, TOPICS
from casework.application.cases.filters import DECLARED
from casework.application.cases.survey_forms import titles
from casework.application.runtime.runtime import County, Runtime
from casework.law.cases import facts
from casework.law.described import members_of
from casework.law.findings.events import FINDING_KINDS

#: fact → Chinese terms of its codes
TERMS: dict[str, Mapping[str, str]] = {
    "status": facts.STATUSES,
    "outcome": facts.OUTCOMES,
    "kind": facts.KINDS,
    "urgency": facts.URGENCIES,
    "confidentiality": facts.CONFIDENTIALITIES,
    "timeliness": facts.TIMELINESS,
    "reporter": facts.REPORTERS,
    "channel": CHANNELS,
    "duty": DUTIES,
    "topic": TOPICS,
    "finding_kind": FINDING_KINDS,
}


@cache
def fact_names() -> dict[str, tuple[str, str]]:
    """The name of each fact in Chinese and English."""
    return {name: (member.text.zh, name.replace("_", " ")) for name, member in members_of(facts.Facts).items()}


def labels(
    runtime: Runtime, county: County, columns: Iterable[str], rows: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, str]]:
    """Column → code → its name, of the codes that stand in these rows."""
    rows = list(rows)
    known: dict[str, Mapping[str, str]] = {}
    found: dict[str, dict[str, str]] = {}
    for column in columns:
        thing = DECLARED.get(column, "")
        if thing and thing != "cadre":
            names = known.setdefault(thing, county.roster.labels(thing))
        elif column in TERMS:
            names = TERMS[column]
        elif column == "survey":
            names = titles(runtime, county.log, {row[column] for row in rows if row.get(column)})
        else:
            continue
        codes = {row[column] for row in rows if row.get(column)}
        found[column] = {code: names[code] for code in sorted(codes) if code in names}
    return found
