"""One question on the shelf: its name, its source and its definition."""

from __future__ import annotations

from typing import Any

from casework.projection.register import Register
from casework.projection.tally import Tally


class Projection:
    """One question on the shelf.

    name        file name without its ending: also its table, its address and its word on the command line
    question    first line of the file
    source      where it comes from
    definition  Tally or Register; None when the file is broken, and then `error` says how
    titles      in zh and en
    """

    def __init__(
        self, name: str, source: str, definition: Tally | Register | None, question: str, error: str = ""
    ) -> None:
        self.name = name
        self.source = source
        self.definition: Any = definition
        self.question = question
        self.error = error
        self.version: int = definition.version if definition is not None else 0
        self.titles: dict[str, str] = definition.titles if definition is not None else {"zh": name, "en": name}
        self.is_register = isinstance(definition, Register)
