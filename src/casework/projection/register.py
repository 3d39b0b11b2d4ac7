"""A register: a list of cases with queues, as an author writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casework.law.cases.facts import FACTS
from casework.projection.example import Example
from casework.projection.refusals import sentence
from casework.projection.source import NotCountable


class Register:
    """A SELECT over the latest facts of every case.

    columns  facts shown beside number and stream
    queues   name → condition over the facts: a list that people work from
    order    facts to sort by; the stream breaks ties
    """

    def __init__(
        self,
        *,
        version: int,
        columns: Sequence[str],
        queues: Mapping[str, Mapping[str, Sequence[str | int]]],
        titles: Mapping[str, str],
        definitions: Mapping[str, tuple[str, str]],
        order: Sequence[str] = ("due_on", "registered_on"),
        examples: Sequence[Example] = (),
    ) -> None:
        self.version = version
        self.columns = tuple(columns)
        self.queues = {name: {fact: tuple(values) for fact, values in facts.items()} for name, facts in queues.items()}
        self.titles = dict(titles)
        self.definitions = dict(definitions)
        self.order = tuple(order)
        self.examples = list(examples)
        for fact in (*self.columns, *self.order, *(f for facts in self.queues.values() for f in facts)):
            if fact not in FACTS:
                raise NotCountable(*sentence("unknown-fact", fact=fact))
        if missing := sorted(set(self.queues) - set(self.definitions)):
            raise NotCountable(*sentence("queue-undefined", missing=missing[0]))
