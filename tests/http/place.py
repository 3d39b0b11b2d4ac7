"""A county for servers under test: eight dispatched cases and a token."""

import json
from pathlib import Path

from casework.application.accounts import tokens
from casework.application.commands.handle import Request, handle
from casework.application.runtime.runtime import Runtime
from casework.bootstrap import open_runtime
from casework.log.submission import Answer
from casework.settings import load
from tests.http.acting import CADRE, CALLER, DISPATCHER
from tests.http.served import Served
from tests.stories.terminal import LOG, Terminal, copied, opened

#: the file with the numbers of the cases and the token
TOLD = "told.json"


class Place:
    """A county with eight cases in the hands of a unit, and a token for one who works on them."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        terminal = copied(Terminal(folder, url), ("eight cases",), _fill)
        self.environment = terminal.environment
        self.cases, self.token = json.loads((folder / TOLD).read_text("utf-8"))

    def served(self, workers: int = 1, **settings: str) -> Served:
        """Its server, not yet started, with further settings: served(CASEWORK_WRITER__QUEUE="4")."""
        # all of its clients come with one token
        return Served(self.folder, self.environment | {"CASEWORK_SERVER__TOKEN_RATE": "0"} | settings, workers)


def _fill(terminal: Terminal) -> None:
    opened(terminal)
    runtime = open_runtime(load(terminal.environment, terminal.folder))
    try:
        cases = [_dispatched(runtime) for _ in range(8)]
        token = tokens.create(runtime, LOG, *CADRE, made_by="test").token
    finally:
        runtime.close()
    (terminal.folder / TOLD).write_text(json.dumps([cases, token]), "utf-8")


def _dispatched(runtime: Runtime) -> str:
    def do(who: tuple[str, str], command: str, **members: object) -> Answer:
        actor, role = who
        return handle(runtime, Request(log=LOG, command=command, members=members, actor=actor, role=role, source="api"))

    number = do(CALLER, "register-case", area="menglang-1", category="water", person={"full_name": "甲"}).number
    do(DISPATCHER, "accept-case", case=number)
    do(DISPATCHER, "dispatch-case", case=number, unit="water-station")
    return number
