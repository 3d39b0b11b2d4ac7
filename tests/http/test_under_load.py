"""Tests the server with many, slow and listening clients."""

import asyncio
import json
import signal
import sqlite3
import time
import uuid
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path

import pytest

from casework.database.engine import engine_for
from casework.log.sql import SqlStore
from tests.http.acting import API
from tests.http.place import Place
from tests.http.served import STOPS, Told, judge
from tests.http.wire import Connection, many, request
from tests.stories.terminal import LOG

NOTE = json.dumps({"action": "visit", "note": "去看了"}).encode()
#: a large answer that needs no token
LARGE = "/api/docs/openapi.json"
#: seconds for which the load lasts
BRIEFLY = 1.0
#: seconds within which a stream ends when the server is told to stop
ENDS = 1.0


@pytest.fixture
def county(tmp_path):
    return Place(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}")


def action(county, turn=0, key=""):
    path = f"{API}/cases/{county.cases[turn % len(county.cases)]}/actions"
    return request("POST", path, county.token, NOTE, Idempotency_Key=key or str(uuid.uuid4()))


def acting(county, connections):
    """One request per connection, each to log an action."""
    return [lambda turn=turn: action(county, turn) for turn in range(connections)]


@asynccontextmanager
async def connected(address, many):
    """So many connections, hung up at the end."""
    found = await asyncio.gather(*(Connection.to(address) for _ in range(many)))
    try:
        yield found
    finally:
        for one in found:
            one.close()


@contextmanager
def locked(county):
    """Holds the database's write lock in another connection."""
    with closing(sqlite3.connect(county.folder / "casework.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def stopped(served):
    """Stop the server; a task with its exit status and the seconds it took."""
    return asyncio.create_task(asyncio.to_thread(served.stop, signal.SIGTERM))


def test_commands_refused_by_a_full_queue_succeed_when_repeated(county):
    waiting = 4

    async def run(served):
        told = Told()
        keys = [str(uuid.uuid4()) for _ in range(32)]
        asked = {key: action(county, turn, key) for turn, key in enumerate(keys)}
        async with connected(served.address, len(keys)) as crowd:
            with locked(county):
                replies, health = [], {"queue": 0}
                # one after another: of many at once the writer may take all before it waits for the lock
                for one, key in zip(crowd, keys, strict=True):
                    replies.append(asyncio.create_task(one.ask(asked[key])))
                    if health["queue"] < waiting:
                        health = json.loads((await _get(served, "/health/ready")).body)
                assert (health["queue"], health["ready"]) == (waiting, False)
                done, _ = await asyncio.wait(replies, return_when=asyncio.FIRST_COMPLETED)
                # no command is acknowledged while the database is locked
                assert {task.result().status for task in done} == {503}
                assert {task.result().headers["retry-after"] for task in done} == {"1"}
                assert json.loads(next(iter(done)).result().body)["code"] == "queue-full"
            found = dict(zip(keys, await asyncio.gather(*replies), strict=True))
            assert {reply.status for reply in found.values()} == {200, 503}
            for key, one in zip(keys, crowd, strict=True):
                # a refused command succeeds when repeated; an acknowledged one is answered as a repeat
                again = await one.ask(asked[key])
                assert again.status == 200
                told.acknowledged[key] = json.loads(again.body)
                assert told.acknowledged[key].get("repeated", False) == (found[key].status == 200)
        assert (await _get(served, "/health/ready")).status == 200
        return told

    with county.served(CASEWORK_WRITER__QUEUE=str(waiting)).running() as served:
        told = asyncio.run(run(served))
        assert len(told.acknowledged) == 32
        judge(county.url, told)


def test_fifty_listeners_delay_neither_commands_nor_a_stop(county):
    async def run(served):
        async with connected(served.address, 50) as listeners:
            for one in listeners:
                one.send(request("GET", f"{API}/events", county.token))
            heads = await asyncio.gather(*(one.reply() for one in listeners))
            assert {head.status for head in heads} == {200}
            statuses = await many(served.address, acting(county, 8), BRIEFLY)
            assert set(statuses) == {200}
            size = _size(county)
            told_so_far = f"id: {size}\r\n".encode()
            await asyncio.gather(*(one.hears(told_so_far) for one in listeners))
            began = time.monotonic()
            gone = stopped(served)
            await asyncio.gather(*(one.to_the_end() for one in listeners))
            assert time.monotonic() - began <= ENDS
            return await gone

    with county.served().running() as served:
        status, took = asyncio.run(run(served))
        assert (status, took <= STOPS) == (0, True), f"it took {took:.2f} s to stop"
        assert "Traceback" not in served.lines()


def test_slow_clients_delay_no_other_request(county):
    async def run(served):
        async with connected(served.address, 48) as slow:
            trickling, deaf = slow[:32], slow[32:]
            page = len((await _get(served, LARGE)).body)
            assert page > 50_000
            before = _memory(served)
            for one in deaf:  # asks for hundreds of megabytes together, and reads none of them
                one.deafen()
                one.send(request("GET", LARGE) * (20_000_000 // page))
            drop = asyncio.create_task(_trickle(trickling, action(county)))
            statuses = await many(served.address, acting(county, 8), BRIEFLY)
            assert set(statuses) == {200}
            assert _memory(served) - before < 100, "it keeps what nobody fetches"  # megabytes
            drop.cancel()
            # a slow client is answered in the end
            patient = await Connection.to(served.address)
            await _trickle([patient], action(county), every=0.001)
            assert (await patient.reply()).status == 200
            patient.close()
            return await stopped(served)

    with county.served().running() as served:
        status, took = asyncio.run(run(served))
        assert (status, took <= STOPS) == (0, True), f"it took {took:.2f} s to stop"


@pytest.mark.crash
def test_a_mixed_load_of_up_to_256_connections_is_served(county):
    """Readers, writers, and one client in eight with a too large body, which alone is refused."""
    reads = [request("GET", f"{API}/{path}", county.token) for path in ("desk", "cases?limit=20", "projections")]
    reads.append(request("GET", f"{API}/cases/{county.cases[0]}", county.token))
    too_large = request("POST", f"{API}/cases", county.token, b'{"details": "' + b"x" * 1_100_000 + b'"}')

    with county.served().running() as served:
        for connections in (1, 16, 64, 256):
            asks = acting(county, connections)
            for turn in range(1, connections, 2):
                asks[turn] = lambda turn=turn: reads[turn // 2 % len(reads)]
            for turn in range(7, connections, 8):
                asks[turn] = lambda turn=turn: too_large
            statuses = asyncio.run(many(served.address, asks, BRIEFLY))
            assert set(statuses) <= {200, 413}
            assert statuses[200] >= connections * 6 // 8
            assert (statuses[413] > 0) == (connections > 7)
        assert served.stop()[0] == 0
        assert "Traceback" not in served.lines()


def test_an_endless_body_is_cut_off_while_it_is_sent(county):
    """The body is chunked, without a length: the server answers 413 or hangs up long before all of it was sent.

    A fifth of it is more than the sockets of both sides hold while a busy machine keeps the server waiting.
    """
    limit, most = 20_000, 100_000_000
    head = request("POST", f"{API}/cases/{county.cases[0]}/actions", county.token, Transfer_Encoding="chunked")
    chunk = b"2000\r\n" + b"x" * 0x2000 + b"\r\n"

    async def run(served):
        reader, writer = await asyncio.open_connection(*served.address.removeprefix("http://").split(":"))
        writer.write(head)
        answer, sent = asyncio.create_task(reader.read(12)), 0
        with suppress(ConnectionError):
            while sent < most and not answer.done():
                writer.write(chunk)
                await writer.drain()
                sent += 0x2000
        with suppress(ConnectionError):
            assert await answer in (b"", b"HTTP/1.1 413")
        writer.transport.abort()
        assert set(await many(served.address, acting(county, 4), 0.2)) == {200}
        return sent

    with county.served(CASEWORK_SERVER__BODY_BYTES=str(limit)).running() as served:
        assert asyncio.run(run(served)) < most // 5


@pytest.mark.slow
def test_a_stop_under_load_loses_no_acknowledged_command(county):
    told, refused = Told(), set()

    async def act(connection, turn):
        while True:
            key = str(uuid.uuid4())
            told.unknown.add(key)
            try:
                reply = await connection.ask(action(county, turn, key))
            except ConnectionError:
                return
            if reply.status != 200:
                refused.add(reply.status)
                return
            told.unknown.discard(key)
            told.acknowledged[key] = json.loads(reply.body)

    async def run(served):
        async with connected(served.address, 64) as crowd:
            working = [asyncio.create_task(act(one, turn)) for turn, one in enumerate(crowd)]
            while len(told.acknowledged) < 500:
                await asyncio.sleep(0.01)
            gone = stopped(served)
            await asyncio.gather(*working)
            return await gone

    with county.served().running() as served:
        status, took = asyncio.run(asyncio.wait_for(run(served), 60))
        assert (status, took <= STOPS) == (0, True), f"it took {took:.2f} s to stop"
        assert refused <= {503}
        assert "Traceback" not in served.lines()
    judge(county.url, told)


async def _get(served, path):
    async with connected(served.address, 1) as (one,):
        return await one.ask(request("GET", path))


async def _trickle(connections, whole, every=0.02):
    """Send a request byte by byte on each."""
    for place in range(len(whole)):
        for one in connections:
            one.send(whole[place : place + 1])
        await asyncio.sleep(every)


def _memory(served):
    """Resident memory of the server in MB."""
    status = Path(f"/proc/{served.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _size(county):
    engine = engine_for(county.url)
    try:
        return SqlStore(engine).head(LOG).size
    finally:
        engine.dispose()
