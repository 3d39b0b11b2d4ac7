"""Checks that sentences are wholly Chinese, and collects sentences said in tests."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from casework.law.cases.facts import STATUSES
from casework.law.context import ROLES, Refused
from casework.law.kinds import COMMANDS

HAN = re.compile("[\u4e00-\u9fff]")
#: what a person gave or may type: a code in “” or （）, and what holds a digit or a sign, as ids, dates and paths do
QUOTED = re.compile("“([^”]*)”|（([!-~ 、→]+)）")
NOT_A_WORD = re.compile(r"(?<![!-~])[!-~]*[0-9_/:.=-][!-~]*")
WORD = re.compile("[A-Za-z]{2,}")
#: what a Chinese sentence calls by its Chinese name, quoted or not
UNTRANSLATED = STATUSES.keys() | ROLES.keys() | COMMANDS.keys()
#: 【】 hold what can be done, “” what things are called
TERMS = {kind.term.zh for kind in COMMANDS.values()}


def faults(zh: str) -> list[str]:
    """What of a Chinese sentence is not as it should be."""
    found: list[str] = []
    if len(HAN.findall(zh)) < 4:
        found.append("no Chinese sentence")
    if not zh.endswith("。"):
        found.append("ends without 。")
    if not re.search("[：；]", zh):
        found.append("says what happened, but not what to do next")
    for quoted, _ in QUOTED.findall(zh):
        if quoted in UNTRANSLATED:
            found.append(f"{quoted} has a Chinese name")
    found += [
        f"{term} is nothing that can be done" for term in re.findall("【([^】]*)】", zh) if term not in TERMS | {"…"}
    ]
    found += [f"{word} is English" for word in WORD.findall(NOT_A_WORD.sub("", QUOTED.sub("", zh)))]
    if "  " in zh or "。。" in zh or "None" in zh:
        found.append("something is left out")
    return found


@contextmanager
def listening() -> Iterator[list[Refused]]:
    """Every refusal made meanwhile."""
    said: list[Refused] = []
    original = Refused.__init__

    def heard(self: Refused, code: str, zh: str, en: str, nearest: tuple[str, ...] = ()) -> None:
        original(self, code, zh, en, nearest)
        said.append(self)

    Refused.__init__ = heard
    try:
        yield said
    finally:
        Refused.__init__ = original
