"""Reads `key=value` words as the members of a command."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
import rich_click as click
from msgspec import Struct

from casework.cli.usage_errors import Usage

_YES_NO = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}


def members(words: Sequence[str], kind: type[Struct]) -> dict[str, Any]:
    """The members that WORDS give: text as it stands, numbers and yes/no read, anything else as JSON.

    `person.name=李四` goes one level down; a list may be given as JSON or by repeating the key; `note=@file` reads a
    text from a file, `note=@-` from standard input.
    """
    types = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    found: dict[str, Any] = {}
    for word in words:
        key, equals, text = word.partition("=")
        key = key.strip()
        if not equals or not key:
            raise Usage(f"{word!r} 应写成 key=value", f"{word!r} is not key=value")
        path = key.split(".")
        wanted = types.get(path[0])
        if len(path) > 1:
            _put(found, path, _scalar(_inner(wanted, path[1:]), text, key), key)
        elif key in found and _is_list(wanted) and isinstance(found[key], list):
            found[key].append(_scalar(_item(wanted), text, key))
        elif key in found:
            raise Usage(f"{key} 写了两次", f"{key} is given twice")
        elif _is_list(wanted) and not text.lstrip().startswith("["):
            found[key] = [_scalar(_item(wanted), text, key)] if text else []
        else:
            found[key] = _scalar(wanted, text, key)
    return found


def _put(found: dict[str, Any], path: list[str], value: Any, key: str) -> None:
    place = found
    for step in path[:-1]:
        place = place.setdefault(step, {})
        if not isinstance(place, dict):
            raise Usage(
                f"{key} 属于 {step}，而 {step} 已整个写出",
                f"{key} goes into {step}, which was given as a whole already",
            )
    if path[-1] in place:
        raise Usage(f"{key} 写了两次", f"{key} is given twice")
    place[path[-1]] = value


def _scalar(kind: Any, text: str, key: str) -> Any:
    if text.startswith("@") and len(text) > 1:
        return _file(text[1:], key)
    choices = _alternatives(kind)
    if {str, int} <= choices and text not in {"是", "否"}:
        return text  # 530828101 may be a code and `yes` a word: the law knows the member that is meant
    if bool in choices and text.lower() in _YES_NO:
        return _YES_NO[text.lower()]
    if int in choices and text.lstrip("-").isdecimal():
        return int(text)
    if str in choices or kind is None:
        return text
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        if choices <= {int, bool}:
            zh = "或".join("整数" if choice is int else "是或否" for choice in choices)
            en = " or ".join("a whole number" if choice is int else "yes or no" for choice in choices)
            raise Usage(f"{key} 应为{zh}", f"{key} must be {en}") from None
        raise Usage(
            f"{key} 有内部结构：请写 JSON，如 {key}='[…]'，或写 {key}.项=值",
            f"{key} is structured: give JSON, as in {key}='[…]', or {key}.member=value",
        ) from None


def _file(name: str, key: str) -> str:
    try:
        with click.open_file(name, encoding="utf-8") as file:
            return file.read().rstrip("\n")
    except (OSError, UnicodeDecodeError) as why:
        kind = type(why).__name__
        raise Usage(f"{key}：无法读取 {name}：{kind}", f"{key}: cannot read {name}: {kind}") from None


def _alternatives(kind: Any) -> set[Any]:
    if get_origin(kind) is Annotated:
        return _alternatives(get_args(kind)[0])
    if get_origin(kind) is Literal:
        return {type(choice) for choice in get_args(kind)}
    if get_origin(kind) is not None and get_origin(kind) not in (tuple, list, dict):
        return {choice for argument in get_args(kind) for choice in _alternatives(argument)}
    return {kind}


def _is_list(kind: Any) -> bool:
    return any(get_origin(choice) in (tuple, list) for choice in _alternatives(kind))


def _item(kind: Any) -> Any:
    for choice in _alternatives(kind):
        if get_origin(choice) in (tuple, list):
            return get_args(choice)[0]
    return None


def _inner(kind: Any, path: Sequence[str]) -> Any:
    for choice in _alternatives(kind):
        if isinstance(choice, type) and issubclass(choice, Struct):
            types = {field.encode_name: field.type for field in msgspec.structs.fields(choice)}
            return _inner(types.get(path[0]), path[1:]) if len(path) > 1 else types.get(path[0])
        if get_origin(choice) is dict:
            return get_args(choice)[1]
    return None
