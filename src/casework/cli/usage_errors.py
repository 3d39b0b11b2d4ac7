"""Errors of usage in Chinese and English, those that click raises included."""

from __future__ import annotations

import re

import rich_click as click

from casework.text import Text

_PLACES = {"argument": "参数", "option": "选项", "parameter": "参数"}
_KINDS = {"integer": "整数", "float": "数字", "boolean": "是或否"}
#: click's sentence → the same in Chinese; what a group matched is put in, translated where it is one of these words
_IN_CHINESE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), zh)
    for pattern, zh in (
        (r"Missing (\w+) '?(.+?)'?\.\s*Choose from:\s*(.+)", "缺少{0} {1}；可选：{2}"),
        (r"Missing (\w+) '?(.+?)'?\.", "缺少{0} {1}"),
        (
            r"No such option:? '?(.+?)'?\.? (?:Did you mean|\(Possible options:) (.+?)[?)]",
            "没有选项 {0}；相近的有：{1}",
        ),
        (r"No such option:? '?(.+?)'?\.?", "没有选项 {0}"),
        (r"No such command '(.+?)'\.(?: Did you mean (?:one of: )?(.+)\?)", "没有命令 {0}；相近的有：{1}"),
        (r"No such command '(.+?)'\.", "没有命令 {0}"),
        (r"Option '(.+)' requires .+\.", "选项 {0} 后面要写上值"),
        (r"Option '(.+)' does not take a value\.", "选项 {0} 后面不带值"),
        (r"Got unexpected extra arguments? \((.+)\)", "多出了：{0}"),
        (r"'(.*)' is not one of (.+)\.", "没有“{0}”这个选择；可选：{1}"),
        (r"'(.*)' is not a valid (\w+)( range)?\.", "“{0}”不是{1}"),
        (r"(.+) is not in the range (.+)\.", "{0} 超出范围 {1}"),
        (r"\w+ '(.+)' does not exist\.", "找不到 {0}"),
        (r"\w+ '(.+)' is a directory\.", "{0} 是文件夹，应为文件"),
        (r"\w+ '(.+)' is a file\.", "{0} 是文件，应为文件夹"),
        (r"\w+ '(.+)' is not readable\.", "{0} 无法读取"),
    )
)
_INVALID = re.compile(r"Invalid value(?: for '?(.+?)'?)?: (.+)", re.DOTALL)


class Usage(click.UsageError):
    """The program was asked wrongly: what is wrong, in Chinese and in English."""

    def __init__(self, zh: str, en: str, ctx: click.Context | None = None) -> None:
        super().__init__(en, ctx)
        self.said = Text(zh, en)


def sentence_of(error: click.ClickException, language: str) -> str:
    """What ERROR says, in LANGUAGE."""
    if isinstance(error, Usage):
        return error.said.on(language)
    said = error.format_message()
    return _chinese(said) if isinstance(error, click.UsageError) and language != "en" else said


def _chinese(said: str) -> str:
    """A sentence of click in Chinese; one that is not known is quoted. A value's own error may be Chinese already."""
    if found := _INVALID.fullmatch(said):
        name, why = found.groups()
        return f"{name or ''} 的值不对：{_chinese(why)}".lstrip()
    for pattern, zh in _IN_CHINESE:
        if found := pattern.fullmatch(said.strip()):
            return zh.format(*(_PLACES.get(one, _KINDS.get(one, one)) for one in found.groups("")))
    return said if re.search("[\u4e00-\u9fff]", said) else f"用法有误（{said.rstrip('.')}）"
