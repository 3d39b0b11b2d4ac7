"""`python -m tests.bench [row …] [--quick]`: measure rows and print a Markdown table."""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import append, doors, growth, imports, machine, memory, mixed, rebuild, signing, tally
from tests.bench.table import Line, Size, heading

#: entries of the larger history
LARGE = 1_000_000
#: row → what measures it
ROWS: dict[str, Callable[[Path, bool, Size], list[Line]]] = {
    "append": append.measure,
    "import": imports.measure,
    "rebuild": rebuild.measure,
    "tally": tally.measure,
    "http": doors.measure,
    "http-mixed": mixed.measure,
    "sign-in": signing.measure,
    "growth": growth.measure,
    "http-growth": mixed.growth,
    "memory": memory.measure,
}


def main(arguments: list[str] | None = None) -> int:
    """Measure and print each row; the exit status says whether every row ran, not whether goals were met."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="row", help=f"{', '.join(ROWS)}; all when none is named")
    parser.add_argument("--quick", action="store_true", help="small sizes: shows that it runs, says nothing of speed")
    parser.add_argument("--rounds", type=int, default=0, help="rounds of each comparison (default 3; quick 1)")
    parser.add_argument("--entries", type=int, default=LARGE, help=f"the larger history (default {LARGE:,})")
    parser.add_argument("--folder", type=Path, default=None, help="where to measure: a folder on the disk that counts")
    asked = parser.parse_args(arguments)
    if unknown := sorted(set(asked.rows) - ROWS.keys()):
        parser.error(f"there is no row {unknown[0]}: there are {', '.join(ROWS)}")
    for line in run(asked.rows or list(ROWS), asked.quick, asked.rounds, asked.entries, asked.folder):
        print(line, flush=True)
    return 0


def run(rows: list[str], quick: bool, rounds: int, entries: int, where: Path | None) -> Iterator[str]:
    """The report, line by line; between rows the machine's own figures."""
    rounds = rounds or (1 if quick else 3)
    sizes = ["--quick"] if quick else [f"--entries={entries}"]
    command = shlex.join(["python", "-m", "tests.bench", *rows, *sizes, f"--rounds={rounds}"])
    size = Size(rounds, 1_200, 1_200, 1_200) if quick else Size(rounds, 50_000, 10_000, entries)
    yield f"`{command}` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC: {machine.describe()}"
    yield "Each figure is the median of the rounds, each ratio the median of the rounds' ratios, sides in turn.\n"
    measured: list[str] = []
    yield heading()
    with tempfile.TemporaryDirectory(prefix="casework-bench-", dir=where) as name:
        folder = Path(name)
        for row in rows:
            before = machine.line(folder)
            for line in ROWS[row](folder, quick, size):
                yield line.markdown()
            measured.append(f"- {row}: before {before}; after {machine.line(folder)}")
    yield "\nThe machine around each row:"
    yield from measured


if __name__ == "__main__":
    sys.exit(main())
