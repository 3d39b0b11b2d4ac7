"""Applies each fault to a copy of the tree and reports which tests noticed.

Run by `make mutants`; exit status 1 when a fault was noticed by none. `python -m tests.mutants claim` takes those with
the word in their names.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutations import FORTY, Mutation

ROOT = Path(__file__).parents[1]
COPIED = "src projections tests docs pyproject.toml README.md README.zh-CN.md Makefile requirements.lock".split()
#: copies, each of which has one fault at a time
AT_ONCE = max(1, min(4, (os.cpu_count() or 1)))


def unfit() -> list[str]:
    """Faults whose text is not there exactly once, or whose tests are not there."""
    found: list[str] = []
    for one in FORTY:
        path = ROOT / "src" / "casework" / one.file
        times = path.read_text("utf-8").count(one.old) if path.exists() else 0
        if times != 1:
            found.append(f"{one.name}: {times} times in {one.file}")
        found += [f"{one.name}: no {tests}" for tests in one.tests.split() if not (ROOT / tests).exists()]
    return found


def noticed(mutation: Mutation, tree: Path) -> str:
    """The first test that goes red with the fault in TREE; '' when none does."""
    path = tree / "src" / "casework" / mutation.file
    whole = path.read_text("utf-8")
    path.write_text(whole.replace(mutation.old, mutation.new), "utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-k", "not postgresql",
             *mutation.tests.split()],
            cwd=tree, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
    finally:
        path.write_text(whole, "utf-8")
    red = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    if done.returncode == 0:
        return ""
    return red[1] if red else done.stdout[-200:]


def main(words: list[str]) -> int:
    if not_there := unfit():
        print("\n".join(not_there))
        return 2
    chosen = [one for one in FORTY if not words or any(word in one.name for word in words)]
    trees: SimpleQueue[Path] = SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="casework-mutants-") as folder:
        for place in range(AT_ONCE):
            tree = Path(folder) / str(place)
            tree.mkdir()
            for name in COPIED:
                copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
                copy(ROOT / name, tree / name)
            trees.put(tree)

        def tried(mutation: Mutation) -> bool:
            tree = trees.get()
            try:
                by = noticed(mutation, tree)
            finally:
                trees.put(tree)
            print(f"{'red' if by else 'SURVIVED'}  {mutation.name}  {by}", flush=True)
            return bool(by)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            red = list(pool.map(tried, chosen))
    print(f"{sum(red)} of {len(red)} noticed")
    return int(not all(red))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
