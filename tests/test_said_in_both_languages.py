"""Tests that every refusal in the source is complete in Chinese and English."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module

import pytest

from casework.text import Spoken
from tests.architecture.tree import ROOT, modules, name, nodes
from tests.chinese import HAN, TERMS, faults


def _below(kind: type) -> Iterator[type]:
    for cls in kind.__subclasses__():
        yield cls
        yield from _below(cls)


def _sentences() -> Iterator[tuple[str, ast.expr, ast.expr]]:
    """Where, Chinese and English, of every error that is made with two sentences."""
    for path in modules("src"):  # every error has to be defined; a migration runs when it is loaded
        if "migrations" not in path.parts and path.stem != "__main__":
            import_module(".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__"))
    own = {cls.__name__ for cls in _below(Spoken) if "__init__" not in vars(cls)}
    first = dict.fromkeys(own, 0) | {"refuse": 1, "Refused": 1, "Problem": 1, "SealRefused": 1, "_Rejected": 1}
    first |= {"_Wrong": 1, "broken": 0}
    for path in modules("src"):
        for node in nodes(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in first:
                place = first[node.func.id]
                if len(node.args) >= place + 2:
                    yield f"{name(path)}:{node.lineno}", node.args[place], node.args[place + 1]


def _literal(node: ast.expr) -> str:
    """The words that stand in the source, … for each value."""
    match node:
        case ast.Constant(str() as text):
            return text
        case ast.JoinedStr():
            return "".join(_literal(part) for part in node.values)
        case ast.FormattedValue(ast.IfExp() as choice):
            return _literal(choice.body) + _literal(choice.orelse)
        case _:
            return "…"


def test_every_refusal_has_a_chinese_and_an_english_sentence():
    handed_on = re.compile("[…：: ]*")  # only a value: its words are looked at where it was made
    wrong = []
    for where, *told in _sentences():
        zh, en = map(_literal, told)
        if not handed_on.fullmatch(zh) and not HAN.search(zh):
            wrong.append(f"{where} says in Chinese: {zh}")
        if not handed_on.fullmatch(en) and (HAN.search(en) or not re.search("[a-z]", en)):
            wrong.append(f"{where} says in English: {en}")
    assert wrong == []


@pytest.mark.parametrize(
    ("zh", "fault"),
    [
        ("This case is closed.", "no Chinese sentence"),
        ("办件 530828-2026-000001 现在是“closed”：请【重办】。", "closed has a Chinese name"),
        ("办件 530828-2026-000001 现在是 closed：请【重办】。", "closed is English"),
        ("办件已办结：请先 dispatch。", "dispatch is English"),
        ("办件已经办结了：请先【重新办】。", "重新办 is nothing that can be done"),
        ("办件已经办结，不能派单。", "says what happened, but not what to do next"),
        ("办件已经办结了：请【重办】", "ends without 。"),
    ],
)
def test_english_words_in_a_chinese_sentence_are_found(zh, fault):
    assert fault in faults(zh)


def test_a_wholly_chinese_sentence_passes():
    assert "重办" in TERMS
    said = "办件 530828-2026-000001 由“松岭水务站”（pine-water）主办，cadre/otter 所在的单位是“reed”：请【重办】。"
    assert faults(said) == []
