"""Translates validation messages of msgspec into Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable

_TYPES = {
    "str": "文字",
    "int": "整数",
    "bool": "是或否（true、false）",
    "float": "小数",
    "null": "空值",
    "array": "列表",
    "object": "一组数据",
}
_SIDES = {">=": "不小于", "<=": "不大于", ">": "大于", "<": "小于"}
_LENGTHS = {">=": "不少于", "<=": "不超过", ">": "多于", "<": "少于"}


def _kinds(found: str) -> str:
    return "或".join(_TYPES.get(kind, kind) for kind in found.split(" | "))


def _units(kind: str) -> str:
    return "个字符" if kind == "str" else "项"


_SAID: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"Object missing required field `(.+)`"), lambda m: f"缺少 {m[1]}"),
    (re.compile(r"Object contains unknown field `(.+)`"), lambda m: f"没有 {m[1]} 这一项"),
    (re.compile(r"Expected `(.+)`, got `(.+)`"), lambda m: f"应为{_kinds(m[1])}，实为{_kinds(m[2])}"),
    (
        re.compile(r"Expected `(\w+)` of length (>=|<=|>|<) (\d+)"),
        lambda m: f"应为{_LENGTHS[m[2]]} {m[3]} {_units(m[1])}的{_TYPES.get(m[1], m[1])}",
    ),
    (
        re.compile(r"Expected `(\w+)` (>=|<=|>|<) (-?\d+)"),
        lambda m: f"应为{_SIDES[m[2]]} {m[3]} 的{_TYPES.get(m[1], m[1])}",
    ),
    (re.compile(r"Expected `str` matching regex '(.+)'", re.DOTALL), lambda m: f"写法不对，应符合“{m[1]}”"),
    (re.compile(r"Invalid enum value (.+)", re.DOTALL), lambda m: f"没有 {m[1]} 这个选项"),
    (re.compile(r"JSON is malformed: .+ \(byte (\d+)\)"), lambda m: f"第 {m[1]} 字节处不合 JSON 的写法"),
    (
        re.compile(r"texts has words for '(.+)', and replies does not name it"),
        lambda m: f"有题目 {m[1]} 的文字，而作答中没有列出此题",
    ),
    (re.compile(r"Input data was truncated"), lambda _: "内容不完整"),
)


def in_chinese(said: str) -> str:
    """A message of msgspec in Chinese, place and all; one that is not known here stays as it is."""
    said, _, path = said.partition(" - at `$")
    where = f"{path.rstrip('`').lstrip('.')}：" if path else ""
    for pattern, words in _SAID:
        if found := pattern.fullmatch(said):
            return where + words(found)
    return where + said
