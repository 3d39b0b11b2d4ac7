"""Tests that rooms import only downward and no modules import in a circle."""

import ast
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import resolve_name
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, modules, name

# bootstrap → http, cli, demo → application → exchange, projection → change, seal → log → database, law → ground
FLOORS = (
    ("text", "clock", "random_ids"),
    ("database", "law"),
    ("log",),
    ("change", "seal"),
    ("exchange", "projection"),
    ("application",),
    ("http", "cli", "demo"),
    ("bootstrap",),
)
FLOOR = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}

# The rooms of application/, lowest first: each imports only from those before it.
APPLICATION_FLOORS = (
    ("runtime",),
    ("access",),
    ("cases", "outbox"),
    ("commands", "findings", "figures"),
    ("accounts", "surveys", "residents", "roster", "ledgers", "read_audit", "desk"),
    ("privacy",),
    ("operations",),
)
APPLICATION_FLOOR = {room: height for height, rooms in enumerate(APPLICATION_FLOORS) for room in rooms}

# The rooms of law/, lowest first; "" is every other file of law/ itself: what all rooms share.
LAW_FLOORS = (
    ("",),
    ("cases",),
    ("activities", "county", "findings", "roster", "surveys"),
    ("lifecycle",),
    ("kinds",),
)
LAW_FLOOR = {room: height for height, rooms in enumerate(LAW_FLOORS) for room in rooms}

# Rooms that stand beside the stairs: what each may import, and nothing more.
BESIDE = {
    "": set(),
    "__main__": {"bootstrap", "cli"},
    "projections": set(),
    "settings": {"text"},
    "testing": {room for room, height in FLOOR.items() if height <= FLOOR["projection"]},
}
# … and who may import them. The version, in casework itself, is everybody's.
VISITORS = {
    "": FLOOR.keys() | BESIDE.keys(),
    "__main__": set(),
    "projections": {"projection"},
    "settings": {"application", "http", "cli", "demo", "bootstrap"},
    "testing": set(),
}
# Packages from outside that belong to a few rooms only.
AT_HOME = {
    "litestar": {"http", "bootstrap"},
    "uvicorn": {"http", "bootstrap"},
    "prometheus_client": {"http"},
    "sqlalchemy": {"database", "log", "change", "projection", "seal", "application"},
    "jinja2": {"http"},
    "click": {"cli"},
    "rich_click": {"cli"},
    "rich": {"cli"},
    "xlsxwriter": {"exchange"},
    "python_calamine": {"exchange"},
}
PURE = {"law", "text"}


def module_of(path: Path) -> str:
    """The name PATH is imported by: casework.log.writer."""
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path, source: str) -> Iterator[str]:
    """Every module SOURCE, which stands in PATH, imports, wherever in the file it does so."""
    package = ".".join(path.relative_to(ROOT).parent.parts[1:])
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                origin = resolve_name("." * node.level + (node.module or ""), package)
                # what is imported from a package may be a module of it
                inner = origin.partition(".")[0] == "casework" and (ROOT / "src" / origin.replace(".", "/")).is_dir()
                yield from ([f"{origin}.{a.name}" for a in node.names] if inner else [origin])
            case ast.Call(func=ast.Name("import_module") | ast.Attribute(attr="import_module")):
                names = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                yield from (other for other in names if isinstance(other, str))


def room_of(module: str) -> str:
    """The room a module lies in: `log` for casework.log.writer, `` for casework itself."""
    room = module.partition(".")[2].partition(".")[0]
    place = ROOT / "src/casework" / room
    known = room in FLOOR or room in BESIDE or place.is_dir() or place.with_suffix(".py").is_file()
    return room if known else ""  # a name in casework/__init__.py, such as the version


def complaint(module: str, other: str) -> str | None:
    """Why MODULE may not import OTHER, or None where it may."""
    room, package = room_of(module), other.partition(".")[0]
    if package != "casework":
        if package in AT_HOME and room not in AT_HOME[package]:
            return f"{package} is at home in {', '.join(sorted(AT_HOME[package]))} only"
        if room in PURE and package not in sys.stdlib_module_names | {"msgspec"}:
            return f"{room} is law: it knows the standard library and msgspec, not {package}"
        return None
    reached = room_of(other)
    if room == reached == "application":
        return _inside_application(module, other)
    if room == reached == "law":
        return _inside_law(module, other)
    if room == reached:
        return None
    if room in BESIDE:
        return None if reached in BESIDE[room] | {""} else f"{room or 'casework'} may not know {reached}"
    if reached in VISITORS:
        return None if room in VISITORS[reached] else f"{reached} is not for {room}"
    if room not in FLOOR or reached not in FLOOR:
        return f"{room} or {reached} has no floor: give it one in the design, then here"
    if FLOOR[reached] >= FLOOR[room]:
        return f"{room} (floor {FLOOR[room]}) looks at {reached} (floor {FLOOR[reached]}): look down only"
    return None


def _inside_application(module: str, other: str) -> str | None:
    here, there = (one.split(".")[2] if one.count(".") > 1 else "" for one in (module, other))
    if here != there and APPLICATION_FLOOR.get(there, len(APPLICATION_FLOORS)) >= APPLICATION_FLOOR.get(here, 0):
        return f"inside application, {here} may not look at {there}: only at rooms before it"
    return None


def _inside_law(module: str, other: str) -> str | None:
    here, there = (next((part for part in one.split(".")[2:3] if part in LAW_FLOOR), "") for one in (module, other))
    if here != there and LAW_FLOOR[there] >= LAW_FLOOR[here]:
        return f"inside law, {here or 'what all rooms share'} may not look at {there}: only at rooms before it"
    return None


def complaints(path: Path, source: str) -> list[str]:
    """Everything SOURCE, which stands in PATH, imports and may not."""
    if path.parent == ROOT / "projections":
        others = [module for module in imports(path, source) if module.rpartition(".")[0] != "casework.projection"]
        return [f"{other}: a shelf file imports casework.projection and nothing else" for other in others]
    found = [(other, complaint(module_of(path), other)) for other in imports(path, source)]
    return [f"{other}: {why}" for other, why in found if why]


@cache
def graph() -> Mapping[str, frozenset[str]]:
    """Module of src → the modules of src that it imports."""
    paths = {module_of(path): path for path in modules("src")}
    return {
        module: frozenset(
            known
            for other in imports(path, path.read_text("utf-8"))
            if (known := other if other in paths else other.rpartition(".")[0]) in paths and known != module
        )
        for module, path in paths.items()
    }


def circles(arrows: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """Groups of modules each of which leads back to itself over the others (Tarjan's strongly connected components)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    found: list[list[str]] = []

    def walk(module: str) -> None:
        order[module] = lowest[module] = len(order)
        path.append(module)
        for other in arrows.get(module, ()):
            if other not in order:
                walk(other)
            if other in path:
                lowest[module] = min(lowest[module], lowest[other])
        if lowest[module] == order[module]:
            at = path.index(module)
            group = path[at:]
            del path[at:]
            if len(group) > 1:
                found.append(sorted(group))

    for module in arrows:
        if module not in order:
            walk(module)
    return found


def test_every_file_imports_only_from_lower_rooms():
    found = {name(path): complaints(path, path.read_text("utf-8")) for path in modules("src", "projections")}

    assert {file: why for file, why in found.items() if why} == {}


def test_no_modules_import_each_other_in_a_circle():
    assert circles(graph()) == []


def test_every_room_that_has_a_floor_exists():
    source = ROOT / "src/casework"
    named = [*FLOOR, *(room for room in BESIDE if room), *(f"application/{room}" for room in APPLICATION_FLOOR)]
    named += [f"law/{room}" for room in LAW_FLOOR if room]
    missing = [room for room in named if not (source / room).is_dir() and not (source / f"{room}.py").is_file()]

    # the wheel puts projections/ into the package; in the tree it stands beside it
    assert missing in ([], ["projections"])


def test_every_file_of_application_lies_in_a_room():
    inside = [
        path.relative_to(ROOT / "src/casework/application") for path in modules("src") if "application" in path.parts
    ]

    assert [file for file in inside if len(file.parts) == 1] == [Path("__init__.py")]
    assert {file.parts[0] for file in inside if len(file.parts) > 1} == APPLICATION_FLOOR.keys()


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("src/casework/law/cases/rules.py", "import casework.log.store"),
        ("src/casework/law/cases/rules.py", "from casework import log"),
        ("src/casework/law/cases/rules.py", "from ...log.store import read"),
        ("src/casework/law/cases/rules.py", "def decide():\n    from casework.seal import parts"),
        ("src/casework/law/cases/rules.py", "import sqlalchemy"),
        ("src/casework/law/cases/rules.py", "import_module('casework.cli')"),
        ("src/casework/law/cases/rules.py", "from casework.law.surveys.state import SurveyState"),
        ("src/casework/law/findings/decide.py", "from casework.law.county.state import CountyState"),
        ("src/casework/law/command.py", "from casework.law.cases.facts import KINDS"),
        ("src/casework/seal/__init__.py", "from ..change import rows"),
        ("src/casework/log/store.py", "from casework.settings import Settings"),
        ("src/casework/application/figures/ask.py", "import rich_click as click"),
        ("src/casework/application/figures/ask.py", "from casework.application import privacy"),
        ("src/casework/application/runtime/runtime.py", "from casework.application.access.actor import Actor"),
        ("src/casework/application/cases/search.py", "from casework.application.outbox import send"),
        ("src/casework/application/cases/search.py", "from casework.application.handle import handle"),
        ("src/casework/cli/serve.py", "from litestar import Litestar"),
        ("src/casework/http/app.py", "from sqlalchemy import select"),
        ("src/casework/http/app.py", "from casework.cli import main"),
        ("src/casework/settings.py", "from casework.law import events"),
        ("src/casework/testing.py", "from casework.application import handle"),
        ("projections/some_question.py", "from sqlalchemy import select"),
        ("projections/some_question.py", "from casework.change import case_change"),
        ("projections/some_question.py", "import os"),
    ],
)
def test_a_forbidden_import_is_found(file, source):
    assert complaints(ROOT / file, source) != []


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("src/casework/law/cases/rules.py", "import msgspec, datetime\nfrom . import events"),
        ("src/casework/log/__init__.py", "from .schema import entry\nfrom casework.law import events"),
        (
            "src/casework/application/figures/ask.py",
            "from casework import __version__, seal, change\nimport sqlalchemy",
        ),
        ("src/casework/application/figures/ask.py", "from casework.application.access.actor import Actor"),
        (
            "src/casework/testing.py",
            "from casework.projection import Tally\nfrom casework.law import events",
        ),
        (
            "src/casework/law/surveys/decide.py",
            "from casework.law.cases import names\nfrom casework.law import members",
        ),
        ("src/casework/bootstrap.py", "from litestar import Litestar\nfrom casework import http, settings"),
        ("projections/some_question.py", "from casework.projection import Tally"),
    ],
)
def test_an_allowed_import_passes(file, source):
    assert complaints(ROOT / file, source) == []


@pytest.mark.parametrize(
    ("arrows", "found"),
    [
        ({"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("a")}, [["a", "b", "c"]]),
        ({"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset()}, []),
    ],
)
def test_a_circle_is_found_where_there_is_one(arrows, found):
    assert circles(arrows) == found
