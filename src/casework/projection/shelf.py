"""Load the shelf: one projection per file; a broken file stops no other."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from casework.projection.projection import Projection
from casework.projection.refusals import sentence
from casework.projection.register import Register
from casework.projection.tally import Tally
from casework.text import Spoken

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}\Z")
ENTRY_POINTS = "casework.projections"


class ShelfError(Spoken, RuntimeError):
    """Two files have one name, or a folder may be written by others; says which."""


@cache
def shipped() -> tuple[Projection, ...]:
    """The projections that come with casework; a process reads them once, and keeps what it compiles of them."""
    # found when asked, so that the kit does not depend on what is on its shelf
    import casework.projections as shipped_folder  # noqa: PLC0415

    folders = (Path(folder) for folder in shipped_folder.__path__)
    return tuple(_load(path, f"shipped:{path.stem}") for path in _files(folders))


def load(folders: Sequence[str | Path] = ()) -> list[Projection]:
    """Everything on the shelf: shipped, then the folders named in the settings, then installed packages.

    Raises ShelfError when two have one name, or a folder is not absolute or may be written by others.
    """
    found = list(shipped())
    for folder in folders:
        path = Path(folder)
        _trusted(path)
        found += [_load(file, str(file)) for file in _files([path])]
    found += list(_installed())
    seen: dict[str, Projection] = {}
    for projection in found:
        name, source = projection.name, projection.source
        if name in seen:
            raise ShelfError(*sentence("name-twice", projection=name, source=seen[name].source, other=source))
        seen[name] = projection
    return found


def _files(folders: Iterable[Path]) -> list[Path]:
    found = {path.stem: path for folder in folders for path in folder.glob("[!_]*.py")}
    return [found[name] for name in sorted(found)]


def _trusted(folder: Path) -> None:
    """A folder of Python is code that runs with our rights."""
    if not folder.is_absolute():
        raise ShelfError(*sentence("folder-not-absolute", folder=folder))
    if not folder.is_dir():
        raise ShelfError(*sentence("folder-missing", folder=folder))
    if os.name == "posix":
        for path in (folder, *folder.glob("[!_]*.py")):
            if path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                raise ShelfError(*sentence("folder-open-to-others", path=path))


def _installed() -> Iterator[Projection]:
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda p: p.name):
        source = f"{point.dist.name if point.dist else 'package'}:{point.name}"
        try:
            module = point.load()
            yield _of(module, point.name, source)
        except Exception as why:
            yield _broken(point.name, source, why)


def _load(path: Path, source: str) -> Projection:
    name = path.stem
    if not _NAME.match(name):
        return _broken(
            name,
            source,
            ShelfError(*sentence("file-name", path=path.name)),
        )
    module_name = f"casework_shelf_{name}_{abs(hash(str(path)))}"
    module = ModuleType(module_name)
    module.__file__ = str(path)
    sys.modules[module_name] = module  # before it runs: annotations resolve through it
    try:
        # compiled from the source each time: cached bytecode is stale for a file replaced within a second
        exec(compile(path.read_bytes(), str(path), "exec"), vars(module))  # noqa: S102
        return _of(module, name, source)
    except (Exception, SystemExit) as why:
        sys.modules.pop(module_name, None)
        return _broken(name, source, why)


def _broken(name: str, source: str, why: BaseException) -> Projection:
    return Projection(name, source, None, "", f"{type(why).__name__}: {why}")


def _of(module: ModuleType, name: str, source: str) -> Projection:
    found = [value for value in vars(module).values() if isinstance(value, Tally | Register)]
    if len(found) != 1:
        raise ShelfError(*sentence("several-projections", source=source, count=len(found)))
    question = (module.__doc__ or "").strip().partition("\n")[0]
    if not question.endswith("?"):
        raise ShelfError(*sentence("question-missing", source=source))
    return Projection(name, source, found[0], question)
