"""A small fictional county declared as a roster is."""

from __future__ import annotations

from casework.law.event import Event, Recorded
from casework.law.roster.directory import Directory
from casework.law.roster.events import (
    AreaDeclared,
    CadreDeclared,
    CategoryDeclared,
    ResponsibilityAssigned,
    UnitDeclared,
)

LOG = "000000"

#: who acts in a role, unless a step says otherwise
PEOPLE: dict[str, str] = {
    "resident": "resident/0f1e2d3c",
    "reporter": "cadre/swallow",
    "cadre": "cadre/squirrel",
    "unit_lead": "cadre/badger",
    "dispatcher": "cadre/owl",
    "caller": "cadre/cuckoo",
    "reviewer": "cadre/stork",
    "supervisor": "cadre/eagle",
    "auditor": "cadre/magpie",
    "privacy_officer": "cadre/mole",
    "administrator": "cadre/beaver",
    "importer": "system/import",
    "clock": "system/clock",
}


def _declared(event: Event, stream: str, seq: int) -> Recorded:
    return Recorded(
        seq=seq, stream=stream, rev=0, at="2020-01-01T00:00:00.000Z", recorded_on="2020-01-01",
        occurred="2020-01-01T00:00:00.000Z", occurred_on="2020-01-01", actor=PEOPLE["administrator"],
        role="administrator", unit="", counts_for=PEOPLE["administrator"], event=event,
    )  # fmt: skip


_SINCE = "2020-01-01"
_AREAS = (
    ("000000", "云雀县", "county", ""),
    ("pine", "松果镇", "township", "000000"),
    ("pine-1", "松针村", "village", "pine"),
    ("pine-1a", "松针村一组", "group", "pine-1"),
    ("pine-2", "松塔村", "village", "pine"),
    ("reed", "芦花乡", "township", "000000"),
    ("reed-1", "苇叶村", "village", "reed"),
)
_UNITS = (
    ("county-office", "云雀县政府办", "", "000000", "county"),
    ("county-hotline", "云雀县热线", "county-office", "000000", "county"),
    ("pine-office", "松果镇政府", "county-office", "pine", "township"),
    ("pine-centre", "松果镇便民服务中心", "pine-office", "pine", "township"),
    ("pine-water", "松果镇水管站", "pine-office", "pine", "township"),
    ("reed-office", "芦花乡政府", "county-office", "reed", "township"),
)
CADRES = (
    ("squirrel", "pine-office", "cadre"),
    ("hedgehog", "pine-office", "cadre"),
    ("badger", "pine-office", "unit_lead cadre"),
    ("otter", "pine-water", "unit_lead cadre"),
    ("newt", "pine-water", "cadre"),
    ("heron", "reed-office", "unit_lead cadre"),
    ("frog", "reed-office", "cadre"),
    ("swallow", "pine-office", "reporter"),
    ("owl", "pine-centre", "dispatcher"),
    ("nightjar", "pine-centre", "dispatcher"),
    ("cuckoo", "county-hotline", "caller"),
    ("stork", "county-office", "reviewer"),
    ("eagle", "county-office", "supervisor"),
    ("kite", "county-office", "supervisor"),
    ("magpie", "county-office", "auditor"),
    ("mole", "county-office", "privacy_officer"),
    ("beaver", "county-office", "administrator"),
)
_CATEGORIES = (
    CategoryDeclared(
        label="道路", topics=("pothole", "lamp"), due_days=5, results={"filled": "solved", "told": "explained"},
        from_=_SINCE,
    ),
    CategoryDeclared(label="用水", topics=("leak", "meter"), due_days=3, evidence_required=True, from_=_SINCE),
    CategoryDeclared(label="邻里", topics=("noise",), from_=_SINCE),
)  # fmt: skip


def hamlet() -> list[Recorded]:
    """The roster of the fictional county, as its entries."""
    said: list[tuple[str, Event]] = [
        *((f"area/{c}", AreaDeclared(label=n, level=v, parent=p, from_=_SINCE)) for c, n, v, p in _AREAS),
        *((f"unit/{c}", UnitDeclared(label=n, parent=p, area=a, level=v, from_=_SINCE)) for c, n, p, a, v in _UNITS),
        *((f"cadre/{c}", CadreDeclared(unit=u, roles=tuple(r.split()), from_=_SINCE)) for c, u, r in CADRES),
        *((f"category/{c}", e) for c, e in zip(("road", "water", "quarrel"), _CATEGORIES, strict=True)),
        (
            "responsibility/00000000-0000-4000-8000-000000000001",
            ResponsibilityAssigned(cadre="cadre/squirrel", area="pine-1", from_=_SINCE),
        ),
    ]
    return [_declared(event, stream, seq) for seq, (stream, event) in enumerate(said)]


def directory() -> Directory:
    """The fictional county's roster, ready to be asked."""
    roster = Directory()
    for entry in hamlet():
        roster.apply(entry)
    roster.settle()
    return roster
