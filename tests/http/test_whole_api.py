"""Tests the API with requests generated from its own description."""

import os
from contextlib import suppress
from io import BytesIO
from itertools import cycle
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import FailureGroup

from casework.application.accounts import tokens
from casework.application.commands.handle import Request, handle
from casework.bootstrap import open_runtime
from casework.http.app import create_app
from casework.http.request_log import logger_to
from casework.settings import Server, Settings
from tests.http.acting import CADRE, CALLER, DISPATCHER, SUPERVISOR
from tests.stories.terminal import LOG, Terminal, opened

#: requests for each operation, good ones and bad ones; the seed is fixed, so that a failure comes again
FEW, MANY = 1, max(4, int(os.environ.get("CASEWORK_CRASH_ROUNDS", "100")) * 2 // 5)
#: streams do not end by themselves
ENDLESS = "events"
load_all_checks()
CHECKED = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
        "allow_header_conformance",
    )
]
REJECTS = CHECKS.get_one("negative_data_rejection")


class Place:
    """The API of a county with one case that has a history."""

    def __init__(self, folder: Path) -> None:
        opened(Terminal(folder, f"sqlite:///{folder / 'casework.db'}"))
        # four tokens for thousands of requests
        unhurried = Server(token_rate=0, stranger_rate=0)
        self.runtime = open_runtime(Settings(folder=str(folder), language="en", server=unhurried))
        self.app = create_app(self.runtime, logger=logger_to(BytesIO()))
        people = (DISPATCHER, CADRE, SUPERVISOR, CALLER)
        made = [tokens.create(self.runtime, LOG, *who, made_by="test").token for who in people]
        self._headers = cycle([{"Authorization": f"Bearer {token}"} for token in made])
        asked = {"area": "menglang-1", "category": "water", "summary": "x"}
        self.case = self._do(CALLER, "register-case", **asked).number
        self._do(DISPATCHER, "accept-case", case=self.case)
        self._do(DISPATCHER, "dispatch-case", case=self.case, unit="water-station")

    def aimed(self, case, mode):
        """The request with a token and existing names; otherwise nearly all would be answered with 404."""
        case.headers = {**(case.headers or {}), **next(self._headers)}
        if "log" in case.path_parameters:
            case.path_parameters["log"] = LOG
        if "case" in case.path_parameters and mode is GenerationMode.POSITIVE:
            case.path_parameters["case"] = self.case
        return case

    def _do(self, who, command, **members):
        actor, role = who
        return handle(
            self.runtime, Request(log=LOG, command=command, members=members, actor=actor, role=role, source="api")
        )


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = Place(tmp_path_factory.mktemp("api"))
    yield place
    place.runtime.close()


def examples(operation, mode, many):
    """A fixed number of requests for an operation, valid or invalid by its description."""
    found = []

    @given(operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=many,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    def collect(case):
        found.append(case)

    with suppress(Unsatisfiable):  # no request of that kind can be made
        collect()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("many", [FEW, pytest.param(MANY, marks=pytest.mark.crash)])
def test_every_operation_answers_generated_requests_as_described(place, many):
    schema = schemathesis.openapi.from_asgi("/api/docs/openapi.json", place.app).exclude(path_regex=ENDLESS)
    failures = {}
    sent, met = 0, set()
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    for number, found in enumerate(schema.get_all_operations()):
        operation = found.ok()  # type: ignore[missing-attribute]
        # generating takes most of the time: by default each operation gets one mode of the two
        for mode in modes if many == MANY else (modes[number % 2],):
            for case in examples(operation, mode, many):
                sent += 1
                try:
                    response = place.aimed(case, mode).call_and_validate(checks=_checks(operation))
                    met.add(response.status_code)
                except FailureGroup as why:
                    for one in why.exceptions:
                        failures.setdefault(f"{operation.label}: {one.title}", f"{one}\n{case.as_curl_command()[:600]}")

    assert failures == {}
    assert sent > 80 * many
    assert met >= {200, 400, 403, 404, 409, 422, 428} | ({201, 412} if many == MANY else set())


def _checks(operation):
    """All checks; but a batch with a bad command is valid itself and reports the command."""
    is_batch = operation.path.endswith("/commands")
    return [one for one in CHECKED if not (is_batch and one is REJECTS)]
