"""One thing said in Chinese and in English: a text, and an error that says what happened and what to do next."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    def on(self, language: str) -> str:
        """The text in LANGUAGE (`zh-CN` or `en`)."""
        return self.en if language == "en" else self.zh


class Spoken(Exception):
    """An error that a person is told of: what happened, with both values, and what to do next.

    zh, en  one sentence each
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en

    def on(self, language: str) -> str:
        """The sentence in LANGUAGE (`zh-CN` or `en`)."""
        return self.en if language == "en" else self.zh
