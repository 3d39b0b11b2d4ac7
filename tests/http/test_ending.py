"""Tests that an orderly stop answers waiting commands and waits for no client."""

import asyncio
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.day import python_path
from tests.http.bystanders import beside
from tests.http.place import Place
from tests.http.served import CASEWORK, PLAIN, STOPS, Load, judge
from tests.http.slow_desk import LONG
from tests.stories.terminal import LOG

LISTENERS, SLOW = 20, 9
ENOUGH = 60
#: a much longer limit than needed, so that a stop that waits for a client is noticed
PATIENT = {"CASEWORK_SERVER__STOP_SECONDS": "20"}


@pytest.fixture
def county(tmp_path):
    return Place(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}")


def test_a_stop_does_not_wait_for_slow_and_listening_clients(county):
    with county.served(**PATIENT).running() as served:
        load = Load(served, county.token, county.cases)
        heard, (status, took) = asyncio.run(_stopped_among(served, county.token, load))

        assert (status, took <= STOPS) == (0, True), f"it took {took:.2f} s to stop"
        assert heard.ended == LISTENERS, "a stream was cut off, or went on"
        assert not set(load.refused) - {503}
        assert "Traceback" not in served.lines()
        judge(county.url, load)

        served.start()
        load.ask_again()
        judge(county.url, load)


async def _stopped_among(served, token, load):
    async with beside(served.address, LOG, token, LISTENERS, SLOW) as heard:
        with load:
            await asyncio.to_thread(load.until, ENOUGH)
            return heard, await asyncio.to_thread(served.stop)


def test_a_stop_does_not_wait_for_a_slow_answer(county):
    served = county.served(PYTHONPATH=python_path(Path(__file__).parents[2]))
    served.program = ["-m", "tests.http.slow_desk", *CASEWORK[2:]]
    with served.running():
        status, took = asyncio.run(_asked_and_stopped(served, county.token))
        assert (status, took <= STOPS) == (0, True), f"it took {took:.2f} s to stop"


async def _asked_and_stopped(served, token):
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(timeout=LONG, verify=PLAIN) as client:
        asked = asyncio.ensure_future(client.get(f"{served.address}/api/{LOG}/desk", headers=headers))
        await asyncio.sleep(0.5)
        assert not asked.done(), asked.result().text
        stopped = await asyncio.to_thread(served.stop)
        with suppress(httpx.TransportError):  # refused, or cut off
            assert (await asked).status_code >= 500
        return stopped
