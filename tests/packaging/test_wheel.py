"""What a wheel installs is the whole runtime, shelf and migrations included."""

import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, tracked

LIST_THE_SHELF = """
import sys
sys.path[:0] = sys.argv[1:]
import casework
from casework.projection.shelf import shipped
print(casework.__file__)
print(*sorted(question.name for question in shipped()), sep="\\n")
"""


def build(target: str, source: Path, to: Path) -> Path:
    """Build SOURCE without network, and answer with the one file that came out."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(to)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    (built,) = to.iterdir()
    return built


def shelf_of(*folders: Path, outside: Path) -> tuple[Path, list[str]]:
    """The path of casework, and its shipped projections, in a process that imports only from these folders."""
    # -S reads no .pth file: the editable install of this checkout is out of its sight.
    command = [sys.executable, "-I", "-S", "-c", LIST_THE_SHELF, *map(str, folders)]
    done = subprocess.run(command, cwd=outside, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    place, *questions = done.stdout.split()
    return Path(place), questions


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, unpacked."""
    archive = build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(archive) as packed:
        packed.extraction_filter = getattr(tarfile, "data_filter", None)  # younger than Python 3.11.0
        packed.extractall(folder)
    (source,) = folder.iterdir()
    return source


@pytest.fixture(scope="module", params=["checkout", "source archive"])
def wheel(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked: once built from the checkout, once from the source archive."""
    source = ROOT if request.param == "checkout" else request.getfixturevalue("sdist")
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(build("wheel", source, tmp_path_factory.mktemp("wheel"))) as packed:
        packed.extractall(folder)
    return folder


def shipped_files() -> set[str]:
    """Every file of the package and of the shelf, by the name it has in a wheel."""
    inside = {path.relative_to(ROOT / "src") for path in tracked() if path.is_relative_to(ROOT / "src")}
    shelf = {"casework" / path.relative_to(ROOT) for path in tracked() if path.parent == ROOT / "projections"}
    return {path.as_posix() for path in inside | shelf}


def test_a_wheel_holds_every_file_of_the_package_and_no_other(wheel):
    travelled = {path.relative_to(wheel).as_posix() for path in wheel.rglob("*") if path.is_file()}

    assert {name for name in travelled if ".dist-info/" not in name} == shipped_files()


def test_an_installed_wheel_ships_the_projections_of_the_checkout(wheel, tmp_path):
    packages = Path(sysconfig.get_path("purelib"))

    place, questions = shelf_of(wheel, packages, outside=tmp_path)
    _, at_home = shelf_of(ROOT / "src", packages, outside=tmp_path)

    assert place.is_relative_to(wheel)
    assert questions == at_home
    assert questions == sorted(path.stem for path in (ROOT / "projections").glob("*.py"))
