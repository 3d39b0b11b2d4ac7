"""The empty roster workbook: headings, examples, choices and notes."""

from __future__ import annotations

import io
from typing import Any

from casework.exchange.roster_files import NOTES
from casework.exchange.roster_rows import EXAMPLES
from casework.exchange.roster_sheets import LISTS, NO, SHEETS, YES, Column, word_of
from casework.exchange.roster_writing import BORN, HEAD, MADE, TEXT, Row, cells
from casework.text import Text

#: number of rows with a list of choices
_ROOM = 1_000
_FROM = "2026-01-01"
_EXAMPLE: dict[str, Row] = {
    "areas": {"area": "530828101", "label": "勐朗镇", "level": "township", "parent": "530828", "from": _FROM},
    "units": {
        "unit": "menglang-water",
        "label": "勐朗镇水务站",
        "area": "530828101",
        "level": "township",
        "from": _FROM,
    },
    "cadres": {
        "cadre": "heron-01",
        "name": "（姓名）",
        "unit": "menglang-water",
        "roles": ("cadre", "unit_lead"),
        "from": _FROM,
    },
    "categories": {
        "category": "water",
        "label": "饮水",
        "topics": ("supply", "pipe"),
        "due_days": 15,
        "evidence_required": False,
        "results": {"piped": "solved", "told": "explained"},
        "from": _FROM,
    },
    "responsibilities": {"cadre": "heron-01", "area": "530828101001", "duty": "contract", "from": _FROM},
}
_NOTES: tuple[Text, ...] = (
    Text(
        "每张工作表填一类：区域、单位、干部、类别、责任。用不到的可以空着或删去，表名不要改。",
        "One sheet for each kind of thing. Leave out what you do not need; keep the names of the sheets.",
    ),
    Text(
        "带 * 的列必须填写。以“例：”开头的行只是示例，不会导入。",
        "Columns with * must be filled. Rows that begin with 例： are examples and are not imported.",
    ),
    Text(
        "代码只用小写字母、数字、- 和 _。代码列已设为文本：改成数字会丢失开头的 0。",
        "Codes have lower-case letters, digits, - and _. Their columns are text: numbers lose leading zeros.",
    ),
    Text(
        "干部代号不要透露是谁（不用姓名拼音、电话、证件号码）。姓名单独加密封存，可以不填。",
        "The id of a cadre does not tell who it is. The name is sealed apart, and may be left blank.",
    ),
    Text(
        "日期写作 2026-03-01；空着即为导入当天，或导入时用 --from 给出的那天。",
        "Days are written 2026-03-01; blank is the day of the import, or the one given by --from.",
    ),
    Text(
        "失效日期是不再有效的第一天：调离、撤销就填这一列。删去一行不会有任何变动。",
        "`until` is the first day on which it no longer holds: fill it in to end a thing. Deleting a row does nothing.",
    ),
    Text(
        "多个角色、主题用“、”隔开；结果代码写作 piped=已解决；told=已解释。",
        "Several roles or topics are separated by ; and results are written piped=solved;told=explained.",
    ),
    Text("上级填上级的代码，行的先后不限。", "`parent` is the code of what lies above; rows stand in any order."),
)


def template(language: str) -> bytes:
    """The empty workbook."""
    # slow to import, needed here only
    import xlsxwriter  # noqa: PLC0415

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, BORN) as book:
        book.set_properties({"created": MADE})
        head, text = book.add_format(HEAD), book.add_format(TEXT)
        faint = book.add_format({**TEXT, "font_color": "#808080", "italic": True})
        for sheet in SHEETS:
            page = book.add_worksheet(sheet.title(language))
            page.freeze_panes(1, 1)
            example = cells(sheet, _EXAMPLE[sheet.name], language)
            example[0] = EXAMPLES[0] + example[0]
            for place, column in enumerate(sheet.columns):
                page.set_column(place, place, max(12, len(example[place]) + 4), text)
                page.write_string(0, place, column.heading(language) + "*" * column.needed, head)
                page.write_comment(0, place, _told(column))
                page.write_string(1, place, example[place], faint)
                _offer(page, place, column, language)
        page = book.add_worksheet(NOTES[language == "en"])
        page.set_column(0, 0, 100)
        for line, note in enumerate(_NOTES):
            page.write_string(line, 0, note.on(language))
    return held.getvalue()


def _told(column: Column) -> str:
    codes = "、".join(f"{word_of(column.name, code, 'zh-CN')}（{code}）" for code in column.codes)
    return "\n".join(filter(None, (f"{column.zh} {column.name}", column.meaning, codes)))


def _offer(page: Any, place: int, column: Column, language: str) -> None:
    """Offer the words of a closed list; other input gets a warning only, because codes are accepted too."""
    if column.name in LISTS or column.name == "results":
        return
    words = [word_of(column.name, code, language) for code in column.codes]
    if column.name == "evidence_required":
        words = [said[language == "en"] for said in (YES, NO)]
    if words:
        offered = {"validate": "list", "source": words, "error_type": "warning", "ignore_blank": True}
        page.data_validation(1, place, _ROOM, place, offered)
