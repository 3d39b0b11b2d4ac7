"""Tests ledgers whose row ids are words."""

from pathlib import Path

from casework.application.ledgers import import_file as import_ledger
from tests.stories.terminal import LOG

MAP = """
ledger = "book"
time_zone = "Asia/Shanghai"
[case]
id = { column = "编号" }
opened = { column = "登记", format = "%Y-%m-%d %H:%M" }
kind = { value = "difficulty" }
urgency = { value = "normal" }
confidentiality = { value = "internal" }
"""


def test_a_ledger_row_with_a_textual_id_is_imported_only_once(runtime, tmp_path: Path):
    (tmp_path / "map.toml").write_text(MAP, "utf-8")
    (tmp_path / "book.csv").write_text("编号,登记\n勐信〔2026〕12号,2026-01-05 09:00\n", "utf-8")

    first, again = (
        import_ledger.run(runtime, LOG, tmp_path / "book.csv", tmp_path / "map.toml") for _ in range(2)
    )  # fmt: skip

    assert (first.cases, first.rejected) == (1, 0)
    assert (again.cases, again.repeated, again.rejected) == (0, 1, 0)
