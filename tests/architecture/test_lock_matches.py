"""Tests that the lock file pins exactly the needed packages, by hash."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def locked() -> dict[str, tuple[Requirement, list[str]]]:
    """Each line of the lock: what it pins, and the hashes it may have."""
    lines = (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", " ").splitlines()
    pins = [(Requirement(line.partition(" --hash")[0]), HASH.findall(line)) for line in lines if line.strip()]
    return {canonicalize_name(pin.name): (pin, hashes) for pin, hashes in pins}


def direct() -> list[Requirement]:
    """Everything pyproject.toml asks for by name: to run, as an extra, to develop, to build."""
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    asked = [
        *PROJECT["build-system"]["requires"],
        *project["dependencies"],
        *(line for lines in project["optional-dependencies"].values() for line in lines),
        *(line for lines in groups.values() for line in lines if isinstance(line, str)),
    ]
    return [Requirement(line) for line in asked]


def needed_here() -> set[str]:
    """Every package those lead to on this machine."""
    seen: set[tuple[str, str]] = set()
    waiting = direct()
    while waiting:
        requirement = waiting.pop()
        package = canonicalize_name(requirement.name)
        for extra in ("", *requirement.extras):
            if (package, extra) in seen:
                continue
            seen.add((package, extra))
            lines = [Requirement(line) for line in requires(package) or []]
            waiting += [line for line in lines if line.marker is None or line.marker.evaluate({"extra": extra})]
    return {package for package, _ in seen}


def test_every_requirement_is_pinned_to_a_version_it_allows():
    pins = locked()

    for requirement in direct():
        pin, hashes = pins[canonicalize_name(requirement.name)]
        pinned = str(pin.specifier).removeprefix("==")
        assert requirement.specifier.contains(pinned), f"{requirement} is pinned to {pinned}: run `make lock`"
        assert hashes, f"{pin} has no hash: run `make lock`"


def test_every_line_of_the_lock_is_one_version_with_hashes():
    for pin, hashes in locked().values():
        assert re.fullmatch(r"==[^,*]+", str(pin.specifier)), pin
        assert hashes, pin


def test_the_lock_equals_what_is_needed_and_installed():
    pins = {name: pin for name, (pin, _) in locked().items() if not pin.marker or pin.marker.evaluate()}
    needed = needed_here()

    assert needed == pins.keys(), "run `make lock`"
    assert {name: f"=={_installed(name)}" for name in needed} == {name: str(pins[name].specifier) for name in needed}


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "nothing"
