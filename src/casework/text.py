"""Texts in Chinese and English, errors and tables of them, and meanings of members."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any, Generic, NamedTuple, TypeVar, get_args, get_origin

from msgspec import Meta

#: the type of a member whose meaning is shared: `Area = Annotated[T, meaning(…)]`, then `area: Area[Code]`
T = TypeVar("T")


class Text(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    def on(self, language: str) -> str:
        """The text in LANGUAGE (`zh-CN` or `en`)."""
        return self.en if language == "en" else self.zh


def listed(names: Iterable[str]) -> Text:
    """Names in a row, as each language separates them."""
    row = tuple(names)
    return Text("、".join(row), ", ".join(row))


def term(terms: Mapping[str, str], *codes: str) -> Text:
    """Codes in a row: in Chinese by their terms, in English as they are."""
    return Text("、".join(terms[code] for code in codes), ", ".join(codes))


class Spoken(Exception):
    """An error shown to a user: what happened, with both values, and what to do next.

    zh, en  one sentence each
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en

    def on(self, language: str) -> str:
        """The sentence in LANGUAGE (`zh-CN` or `en`)."""
        return self.en if language == "en" else self.zh


class Sentences:
    """The sentences of one room, by key; called with a key and the facts, it gives the Text.

    A row of the table is two lines: the key and the Chinese sentence, then, indented, the English one. Facts stand in
    them as `{name}`, written as for `str.format`. A fact that is a Text, or an error, is put in by language.
    """

    def __init__(self, table: str) -> None:
        self.rows = dict(_rows(table))

    def __call__(self, key: str, /, **facts: object) -> Text:
        row = self.rows[key]
        return Text(row.zh.format_map(_on("zh-CN", facts)), row.en.format_map(_on("en", facts)))


Error = TypeVar("Error", bound=Spoken)


class Refusals(Generic[Error]):
    """The errors of one room, by key; called with a key and the facts, it gives the error to raise.

    A key is the public code; where one code has several sentences, it is followed by `/` and a name for this one.
    `nearest` are valid names close to what was asked for.
    """

    def __init__(self, error: Callable[[str, str, str, tuple[str, ...]], Error], table: str) -> None:
        self._error = error
        self.sentences = Sentences(table)

    def __call__(self, key: str, /, *, nearest: Iterable[str] = (), **facts: object) -> Error:
        return self._error(key.partition("/")[0], *self.sentences(key, **facts), tuple(nearest))


def _on(language: str, facts: Mapping[str, object]) -> dict[str, object]:
    return {name: fact.on(language) if isinstance(fact, (Text, Spoken)) else fact for name, fact in facts.items()}


def _rows(table: str) -> Iterator[tuple[str, Text]]:
    lines = iter(table.strip().splitlines())
    for line in lines:
        key, zh = line.split(maxsplit=1)
        yield key, Text(zh, next(lines).strip())


def meaning(zh: str, en: str) -> Meta:
    """The Chinese term of a member, and in English what it holds with its unit; stands in its `Annotated`."""
    return Meta(title=zh, description=en)


def meaning_of(annotation: Any) -> Text:
    """What the outermost `meaning` of an annotation says; two empty texts where it has none."""
    for meta in reversed(getattr(annotation, "__metadata__", ())):
        if isinstance(meta, Meta) and meta.title:
            return Text(meta.title, meta.description or "")
    return Text("", "")


def type_of(annotation: Any) -> Any:
    """The type in an annotation, without bounds and meaning."""
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
