"""Tests that messages about malformed input are translated into Chinese."""

from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import Meta, Struct

from casework.law.msgspec_errors import in_chinese
from tests.chinese import HAN


class Shape(Struct, forbid_unknown_fields=True):
    count: Annotated[int, Meta(ge=0, le=5)]
    code: Annotated[str, Meta(pattern="^[a-z]*$", max_length=3)] = ""
    codes: Annotated[tuple[str, ...], Meta(min_length=1)] = ("a",)
    kind: Literal["matter", "difficulty"] = "matter"
    told: bool = False
    named: dict[str, str] = {}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "缺少 count"),
        ({"count": "x"}, "count：应为整数，实为文字"),
        ({"count": None}, "count：应为整数，实为空值"),
        ({"count": -1}, "count：应为不小于 0 的整数"),
        ({"count": 9}, "count：应为不大于 5 的整数"),
        ({"count": 1, "code": "abcd"}, "code：应为不超过 3 个字符的文字"),
        ({"count": 1, "code": "A"}, "code：写法不对，应符合“^[a-z]*$”"),
        ({"count": 1, "codes": []}, "codes：应为不少于 1 项的列表"),
        ({"count": 1, "codes": ["a", 2]}, "codes[1]：应为文字，实为整数"),
        ({"count": 1, "kind": "mater"}, "kind：没有 'mater' 这个选项"),
        ({"count": 1, "told": []}, "told：应为是或否（true、false），实为列表"),
        ({"count": 1, "nmae": 1}, "没有 nmae 这一项"),
        ([], "应为一组数据，实为列表"),
    ],
)
def test_a_value_that_does_not_fit_is_explained_in_chinese(given: Any, said: str):
    with pytest.raises(msgspec.ValidationError) as no:
        msgspec.convert(given, Shape)

    assert in_chinese(str(no.value)) == said


@pytest.mark.parametrize("text", [b"", b'{"a":', b"{a}", b'{"a": 1} x', b'{"a": 01}'])
def test_malformed_json_is_explained_in_chinese(text: bytes):
    with pytest.raises(msgspec.DecodeError) as no:
        msgspec.json.decode(text)

    assert HAN.search(in_chinese(str(no.value)))


def test_an_unknown_message_is_kept_as_it_is():
    assert in_chinese("Something new - at `$.a`") == "a：Something new"
