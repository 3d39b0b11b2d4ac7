"""Who may import whom: the runtime has floors, and one looks only downward (docs/decisions say why)."""

import ast
import sys
from collections.abc import Iterator
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

# Rooms that stand beside the stairs: what each may import, and nothing more.
BESIDE = {
    "": set(),
    "__main__": {"bootstrap", "cli"},
    "projections": set(),
    "settings": set(),
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
# Each step to a room on the same floor, or upward, with its reason.
EXCEPTIONS: dict[tuple[str, str], str] = {}

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
                yield from ([f"casework.{a.name}" for a in node.names] if origin == "casework" else [origin])
            case ast.Call(func=ast.Name("import_module") | ast.Attribute(attr="import_module")):
                names = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                yield from (other for other in names if isinstance(other, str))


def room_of(module: str) -> str:
    """The room a module of the runtime lies in: `log` for casework.log.writer, `` for casework itself."""
    room = module.partition(".")[2].partition(".")[0]
    place = ROOT / "src/casework" / room
    known = room in FLOOR or room in BESIDE or place.is_dir() or place.with_suffix(".py").is_file()
    return room if known else ""  # a name in casework/__init__.py, such as the version


def complaint(room: str, module: str) -> str | None:
    """Why ROOM may not import MODULE, or None where it may."""
    package = module.partition(".")[0]
    if package != "casework":
        if package in AT_HOME and room not in AT_HOME[package]:
            return f"{package} is at home in {', '.join(sorted(AT_HOME[package]))} only"
        if room in PURE and package not in sys.stdlib_module_names | {"msgspec"}:
            return f"{room} is law: it knows the standard library and msgspec, not {package}"
        return None
    other = room_of(module)
    if room == other or (room, other) in EXCEPTIONS:
        return None
    if room in BESIDE:
        return None if other in BESIDE[room] | {""} else f"{room or 'casework'} may not know {other}"
    if other in VISITORS:
        return None if room in VISITORS[other] else f"{other} is not for {room}"
    if room not in FLOOR or other not in FLOOR:
        return f"{room} or {other} has no floor: give it one in the design, then here"
    if FLOOR[other] >= FLOOR[room]:
        return f"{room} (floor {FLOOR[room]}) looks at {other} (floor {FLOOR[other]}): look down only"
    return None


def complaints(path: Path, source: str) -> list[str]:
    """Everything SOURCE, which stands in PATH, imports and may not."""
    if path.parent == ROOT / "projections":
        others = [module for module in imports(path, source) if module != "casework.projection"]
        return [f"{other}: a shelf file imports casework.projection and nothing else" for other in others]
    room = room_of(module_of(path))
    found = [(other, complaint(room, other)) for other in imports(path, source)]
    return [f"{other}: {why}" for other, why in found if why]


@pytest.mark.parametrize("path", modules("src", "projections"), ids=name)
def test_every_file_looks_only_downward(path):
    assert complaints(path, path.read_text("utf-8")) == []


def test_every_exception_has_a_reason_and_is_needed():
    steps = {
        (room_of(module_of(path)), room_of(module))
        for path in modules("src")
        for module in imports(path, path.read_text("utf-8"))
        if module.startswith("casework.")
    }

    assert all(EXCEPTIONS.values())
    assert EXCEPTIONS.keys() <= steps


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("src/casework/law/cases/decide.py", "import casework.log.store"),
        ("src/casework/law/cases/decide.py", "from casework import log"),
        ("src/casework/law/cases/decide.py", "from ...log.store import read"),
        ("src/casework/law/cases/decide.py", "def decide():\n    from casework.seal import parts"),
        ("src/casework/law/cases/decide.py", "import sqlalchemy"),
        ("src/casework/law/cases/decide.py", "import_module('casework.cli')"),
        ("src/casework/seal/__init__.py", "from ..change import rows"),
        ("src/casework/log/store.py", "from casework.settings import Settings"),
        ("src/casework/application/figures/ask.py", "import rich_click as click"),
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
def test_what_is_forbidden_is_found(file, source):
    assert complaints(ROOT / file, source) != []


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("src/casework/law/cases/decide.py", "import msgspec, datetime\nfrom . import events"),
        ("src/casework/log/__init__.py", "from .schema import entry\nfrom casework.law import events"),
        (
            "src/casework/application/figures/ask.py",
            "from casework import __version__, seal, change\nimport sqlalchemy",
        ),
        (
            "src/casework/testing.py",
            "from casework.projection import Tally\nfrom casework.law import events",
        ),
        ("src/casework/bootstrap.py", "from litestar import Litestar\nfrom casework import http, settings"),
        ("projections/some_question.py", "from casework.projection import Tally"),
    ],
)
def test_what_is_lawful_is_let_through(file, source):
    assert complaints(ROOT / file, source) == []
