"""A survey's answers in a workbook are read as the same rows of CSV."""

from datetime import date, datetime
from typing import Any

import pytest

from casework.exchange.ledger import Reject
from casework.exchange.questionnaire import FormError, read_answers
from casework.law.surveys.events import Choice, Question
from tests.exchange.books import book

ASKED = [
    Question(code="lacks", label="最缺什么", kind="multi", choices=(Choice(code="rest", label="歇脚的地方"),)),
    Question(code="hours", label="每天工作几小时", kind="number"),
]
HEADER = ["编号", "日期", "最缺什么", "每天工作几小时"]


def read(tmp_path, sheets, merged=None) -> list[Any]:
    path = tmp_path / "answers.xlsx"
    path.write_bytes(book(sheets, merged))
    return list(read_answers(path, ASKED))


def test_an_answer_workbook_is_read_like_the_same_rows_in_csv(tmp_path):
    rows = [
        [],
        HEADER,
        ["K1", date(2026, 3, 5), "歇脚的地方", 8],
        [],
        [2, datetime.fromisoformat("2026-03-06T09:30"), "", 9],
    ]
    path = tmp_path / "answers.csv"
    path.write_text("\n编号,日期,最缺什么,每天工作几小时\nK1,2026-03-05,歇脚的地方,8\n\n2,2026-03-06,,9\n", "utf-8")

    found = read(tmp_path, {"答卷": rows, "Sheet2": []})

    assert [(row.line, row.id, row.on) for row in found] == [(3, "K1", "2026-03-05"), (5, "2", "2026-03-06")]
    path.write_text(path.read_text("utf-8").lstrip(), "utf-8")
    plain: list[Any] = list(read_answers(path, ASKED))
    assert [(row.id, row.on, row.replies) for row in found] == [(row.id, row.on, row.replies) for row in plain]


def test_an_unusable_answer_cell_is_rejected_by_its_row_and_column(tmp_path):
    long, merged, good = read(
        tmp_path,
        {"答卷": [HEADER, [1234567890123456789, "", "", 8], ["K2", "", "", ""], ["K3", "", "", 7]]},
        {"答卷": [(2, 2, 2, 3, "歇脚的地方")]},
    )

    assert isinstance(long, Reject)
    assert (long.line, long.column) == (2, "编号")
    assert "15" in long.reason.en
    assert isinstance(merged, Reject)
    assert (merged.line, merged.column) == (3, "最缺什么")
    assert not isinstance(good, Reject)


def test_a_workbook_of_several_filled_sheets_is_refused(tmp_path):
    with pytest.raises(FormError, match=r"several sheets .*keep only"):
        read(tmp_path, {"一": [HEADER, ["K1", "", "", 8]], "二": [HEADER, ["K2", "", "", 8]]})


def test_a_damaged_workbook_of_answers_is_refused_by_name(tmp_path):
    path = tmp_path / "answers.xlsx"
    for content in (b"PK\x03\x04 and no more", b"\xd0\xcf\x11\xe0 of old"):
        path.write_bytes(content)
        with pytest.raises(FormError, match=r"answers\.xlsx"):
            list(read_answers(path, ASKED))
