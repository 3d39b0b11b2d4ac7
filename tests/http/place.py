"""Where a server is started: a county whose cases somebody has in hand."""

from pathlib import Path

from casework.application.accounts import tokens
from casework.application.commands.handle import Request, handle
from casework.application.runtime.runtime import Runtime
from casework.bootstrap import open_runtime
from casework.settings import load
from tests.http.acting import CADRE, CALLER, DISPATCHER
from tests.http.served import Served
from tests.stories.terminal import LOG, Terminal, opened


class Place:
    """A county with eight cases in the hands of a unit, and a token for one who works on them."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        terminal = Terminal(folder, url)
        opened(terminal)
        self.environment = terminal.environment
        runtime = open_runtime(load(self.environment, folder))
        try:
            self.cases = [self._dispatched(runtime) for _ in range(8)]
            self.token = tokens.create(runtime, LOG, *CADRE, made_by="test").token
        finally:
            runtime.close()

    def _dispatched(self, runtime: Runtime) -> str:
        def do(who, command, **members):
            actor, role = who
            return handle(
                runtime, Request(log=LOG, command=command, members=members, actor=actor, role=role, source="api")
            )

        number = do(CALLER, "register-case", area="menglang-1", category="water", person={"full_name": "甲"}).number
        do(DISPATCHER, "accept-case", case=number)
        do(DISPATCHER, "dispatch-case", case=number, unit="water-station")
        return number

    def served(self, workers: int = 1, **settings: str) -> Served:
        """Its server, not yet started, with further settings: served(CASEWORK_WRITER__QUEUE="4")."""
        # all of its clients come with one token
        return Served(self.folder, self.environment | {"CASEWORK_SERVER__TOKEN_RATE": "0"} | settings, workers)
