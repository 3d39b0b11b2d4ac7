"""Records the stored form of each event once, for `make golden`.

A file holds what lies in the log (`stored`, the exact bytes of the entry's `data`, every member filled in; `bare`,
nothing but what must be there) and what each means when read. Files are only ever added: an event that gains a member
gains a second file, `<name>.2.json`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
from msgspec import NODEFAULT
from msgspec.structs import fields

from casework.law.cases.co_handling import CoHandler
from casework.law.county.privacy_events import RetentionRule
from casework.law.event import Event
from casework.law.policy import Policy
from casework.law.roster.events import PostHeld
from casework.law.surveys.events import Choice, Question, Reply
from casework.log.codec import EVENTS
from casework.log.entry import encode_data

FOLDER = Path(__file__).parent / "events"

INSTANT, DAY = "2026-03-18T15:59:59.999Z", "2026-03-18"
CASE = "case/00000000-0000-4000-8000-000000000002"
#: a value for every member, never its default; by `<event>.<member>` where the name alone does not say it
SAMPLES: dict[str, Any] = {
    "action": "mediation",
    "activity": "household_visit",
    "actor": "cadre/frog",
    "along": True,
    "also": (PostHeld(unit="pine-water", post="deputy", roles=("unit_lead",)),),
    "area": "pine-1",
    "as_of": 4711,
    "asked": 60,
    "attempt": 2,
    "basis": "resident_asked",
    "before": "cadre/hedgehog",
    "before_registration": True,
    "beneficiaries": 37,
    "cadre": "cadre/otter",
    "case": CASE,
    "cases": (CASE,),
    "category": "road",
    "category_rev": 3,
    "channel": "hotline",
    "clock": "simulated",
    "clock_at": INSTANT,
    "co_handlers": (CoHandler(unit="pine-water", cadre="cadre/otter"),),
    "confidentiality": "confidential",
    "county": "云雀县",
    "day": DAY,
    "document": "doc-2026-7",
    "due": INSTANT,
    "due_basis": "stated",
    "due_before": "2026-03-11T15:59:59.999Z",
    "due_days": 5,
    "due_on": DAY,
    "duty": "grid",
    "ends": DAY,
    "hold": "hold/00000000-0000-4000-8000-000000000007",
    "evidence": ("ab" * 32,),
    "evidence_required": True,
    "external_ref": "census:row-7",
    "final": True,
    "follows": CASE,
    "from": "2026-01-01",
    "from_unit": "pine-office",
    "group": "couriers",
    "head_at": INSTANT,
    "held_by": "cadre/squirrel",
    "held_unit": "pine-office",
    "households": 12,
    "into": CASE,
    "kids": ("00112233445566778899aabbccddeeff",),
    "kind": "matter",
    "label": "松针村",
    "labels": {"topic": "Pothole 坑洼"},
    "late": True,
    "law": 2,
    "lead": "cadre/squirrel",
    "lead_area": "pine",
    "lead_basis": "responsibility",
    "level": "village",
    "member": "area",
    "merged": CASE,
    "milestone": "ground_broken",
    "number": "000000-2026-000001",
    "on_the_spot": True,
    "on_word_of": "told",
    "origin": "example.test/casework/000000",
    "out_of": CASE,
    "outcome": "explained",
    "override": "checked_on_site",
    "parent": "pine",
    "participants": 40,
    "paused_seconds": 86_400,
    "planned_beneficiaries": 120,
    "planned_on": DAY,
    "policy": Policy(**{field.name: field.default + 1 for field in fields(Policy)}),
    "post": "clerk",
    "published": "late",
    "projection": "requests_by_category",
    "question": "lacks",
    "questions": (
        Question(code="lacks", label="最缺什么", kind="multi", choices=(Choice(code="rest", label="歇脚的地方"),)),
        Question(code="hours", label="每天工作几小时", kind="number"),
    ),
    "reached": True,
    "reason": "other_reason",
    "released": CASE,
    "replies": (Reply(question="lacks", choices=("rest",)), Reply(question="hours", number=9)),
    "reply_due_on": DAY,
    "reporter": "courier",
    "resident": "resident/0f1e2d3c",
    "respondent": "resident/3c2d1e0f",
    "result": "filled",
    "results": {"filled": "solved"},
    "rev": 4,
    "review_on": DAY,
    "rows": 41,
    "rules": (RetentionRule(days=1095, counted_from="closed", category="water", level="secret"),),
    "sha256": "ef" * 32,
    "kept": ("0f0e0d0c",),
    "streams": (CASE,),
    "roles": ("unit_lead", "cadre"),
    "round": 2,
    "row_hash": "cd" * 16,
    "satisfaction": 4,
    "solved": "yes",
    "starts": "2026-03-01",
    "station": "pine-stop",
    "stream": CASE,
    "survey": "survey/00000000-0000-4000-8000-000000000003",
    "time_zone": "Asia/Shanghai",
    "title": "快递员需求调查",
    "timeliness": "late",
    "to": "dispatch",
    "to_unit": "reed-office",
    "told": "visit",
    "topic": "pothole",
    "topics": ("pothole", "lamp"),
    "township": "pine",
    "trigger": "overdue",
    "unit": "pine-office",
    "units": ("pine-office", "pine-water"),
    "until": "2027-01-01",
    "urgency": "urgent",
    "value": "pine-2",
    "value_before": "pine-1",
    "version": 2,
    "waiver": "anonymous",
    "wanted": True,
    "what": "erasure",
    "where": {"township": "pine"},
    "case-escalated.v1.level": 2,
    "finding-recorded.v1.kind": "fake_closure",
    "finding-recorded.v1.evidence": (12, 34),
    "finding-closed.v1.outcome": "remedied",
    "confidentiality-changed.v1.before": "internal",
    "confidentiality-changed.v1.level": "secret",
    "area-declared.v1.successor": "pine",
    "unit-declared.v1.successor": "pine-water",
    "unit-declared.v1.kind": "station",
    "unit-declared.v1.level": "county",
}


def filled(cls: type[Event]) -> Event:
    """The event with every member given, none at its default."""
    values: dict[str, Any] = {}
    for member in fields(cls):
        name = member.encode_name
        sample = SAMPLES.get(f"{cls.name}.{name}", SAMPLES.get(name))
        if sample is None or sample == member.default:
            raise SystemExit(f"say in SAMPLES what a golden {cls.name} holds as {name}, other than {member.default!r}")
        values[name] = msgspec.to_builtins(sample)
    return msgspec.convert(values, cls)


def bare(cls: type[Event]) -> Event:
    """The event with nothing given but what must be."""
    full = filled(cls)
    must = {m.name for m in fields(cls) if m.default is NODEFAULT and m.default_factory is NODEFAULT}
    return cls(**{name: getattr(full, name) for name in must})


def read(event: Event) -> dict[str, Any]:
    """What every member of it says, given or not."""
    return {
        member.encode_name: msgspec.json.decode(msgspec.json.encode(_plain(getattr(event, member.name))))
        for member in fields(type(event))
    }


def _plain(value: Any) -> Any:
    """Nested structs with all their members, those at their default too."""
    match value:
        case msgspec.Struct():
            return {member.encode_name: _plain(getattr(value, member.name)) for member in fields(type(value))}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return value


def files_of(name: str) -> list[Path]:
    """Every golden file of an event, the oldest first."""
    return [path for path in (FOLDER / f"{name}.json", *sorted(FOLDER.glob(f"{name}.*.json"))) if path.exists()]


def missing(name: str) -> set[str]:
    """The members of an event that no golden file shows."""
    shown = {member for path in files_of(name) for member in json.loads(json.loads(path.read_text("utf-8"))["stored"])}
    return {member.encode_name for member in fields(EVENTS[name])} - shown


def content(name: str) -> str:
    """The file, as it is written."""
    full, least = filled(EVENTS[name]), bare(EVENTS[name])
    golden = {
        "type": name,
        "stored": bytes(encode_data(full)).decode(),
        "reads": read(full),
        "bare": bytes(encode_data(least)).decode(),
        "bare_reads": read(least),
        "sealed": sorted(EVENTS[name].sealed),
    }
    return json.dumps(golden, ensure_ascii=False, indent=1) + "\n"


def write(path: Path, text: str) -> None:
    """Write a new file; one that exists is history and stays."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise SystemExit(
            f"{path.name} is recorded already and is never written again: what is stored under that name stays. "
            "Give the event a new name (…v2), or the member a default."
        ) from None


def main() -> int:
    """Record what is not recorded yet."""
    FOLDER.mkdir(exist_ok=True)
    added = 0
    for name in EVENTS:
        known = files_of(name)
        if known and not missing(name):
            continue
        write(FOLDER / (f"{name}.{len(known) + 1}.json" if known else f"{name}.json"), content(name))
        added += 1
    print(f"{added} recorded, {len(EVENTS)} events in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
