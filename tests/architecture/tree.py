"""Lists the project's files for the architecture tests."""

import ast
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
MADE = {".git", ".venv", ".pytest_cache", ".ruff_cache", ".hypothesis", "__pycache__", "PKG-INFO"}


@cache
def tracked() -> list[Path]:
    """Every file that git knows or would be asked to know; where there is no git, every file but the made ones."""
    # The checkout may belong to somebody else, as it does in a container that works as root.
    git = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(git, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        found = [ROOT / name for name in listed.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not MADE & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in found if path.is_file())


def modules(*folders: str) -> list[Path]:
    """Every Python file below these folders."""
    return [path for path in tracked() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders]


def nodes(path: Path) -> Iterator[ast.AST]:
    """Every node of a Python file."""
    return ast.walk(ast.parse(path.read_text("utf-8")))


def name(path: Path) -> str:
    """The path as a reader knows it, from the top of the checkout."""
    return path.relative_to(ROOT).as_posix()
