"""Tests the server as a process: started, asked by many, stopped, killed."""

import os
import signal
import socket
import time
from pathlib import Path

import httpx
import pytest

from tests.http.place import Place
from tests.http.served import PLAIN, STOPS, Load, judge
from tests.stories.terminal import LOG, Terminal

#: commands acknowledged before something happens to the server
ENOUGH = 60
ROUNDS, LONG = 1, int(os.environ.get("CASEWORK_CRASH_ROUNDS", "100")) // 5


@pytest.fixture
def sqlite(tmp_path):
    return Place(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}")


@pytest.fixture
def postgres(tmp_path, create_database):
    return Place(tmp_path, create_database())


@pytest.mark.slow
def test_a_stop_under_load_answers_every_command(sqlite):
    with sqlite.served().running() as served:
        load = Load(served, sqlite.token, sqlite.cases)
        with load:
            load.until(ENOUGH)
            status, took = served.stop()

        assert status == 0
        assert took <= STOPS, f"it took {took:.2f} s to stop"
        # every command was answered: stored, or refused with 503
        assert not set(load.refused) - {503}
        judge(sqlite.url, load)
        assert "Traceback" not in served.lines()

        served.start()
        load.ask_again()
        judge(sqlite.url, load)
        assert served.stop()[0] == 0


@pytest.mark.slow
def test_no_acknowledged_command_is_lost_when_the_server_is_killed(sqlite):
    killed(sqlite, 1, ROUNDS)


@pytest.mark.crash
def test_no_acknowledged_command_is_lost_in_many_kills_of_the_server(sqlite):
    killed(sqlite, 1, LONG)


@pytest.mark.crash
def test_no_acknowledged_command_is_lost_in_many_kills_of_both_processes(postgres):
    killed(postgres, 2, LONG)


def killed(place, workers, rounds):
    served = place.served(workers)
    for _ in range(rounds):
        with served.running():
            load = Load(served, place.token, place.cases)
            with load:
                load.until(ENOUGH)
                served.stop(signal.SIGKILL)
            assert load.unknown, "nobody was cut off: the load was too light to say anything"
        served.start()
        load.ask_again()
        judge(place.url, load)
        served.stop()


def test_two_processes_stop_cleanly_after_one_of_them_was_killed(postgres):
    with postgres.served(2).running() as served:
        load = Load(served, postgres.token, postgres.cases)
        children = served.children()
        assert len(children) == 2
        with load:
            load.until(ENOUGH)
            os.kill(children[0], signal.SIGKILL)
        with load:
            load.until(len(load.acknowledged) + ENOUGH)
            status, took = served.stop()

        assert status == 0
        assert took <= STOPS + 0.5, f"it took {took:.2f} s to stop"
        judge(postgres.url, load)
        assert not any(Path(f"/proc/{child}").exists() for child in children)


@pytest.mark.slow
def test_a_killed_process_is_replaced_and_loses_no_command(postgres):
    with postgres.served(2).running() as served:
        load = Load(served, postgres.token, postgres.cases, gives_up=False)
        cut_off = 0
        for _ in range(2):
            killed, *_ = served.children()
            with load:
                load.until(len(load.acknowledged) + ENOUGH)
                os.kill(killed, signal.SIGKILL)
                load.until(len(load.acknowledged) + ENOUGH)  # the other goes on
            cut_off += len(load.unknown)
            load.ask_again()
            judge(postgres.url, load)
            limit = time.monotonic() + 30
            while len(served.children()) < 2 or killed in served.children():
                assert time.monotonic() < limit, "the one that died was not replaced"
                time.sleep(0.05)
        assert cut_off, "nobody was cut off: the load was too light to say anything"


def test_a_stop_waits_neither_for_a_slow_client_nor_for_a_stream(sqlite):
    with sqlite.served().running() as served:
        host, port = served.address.removeprefix("http://").split(":")
        slow = socket.create_connection((host, int(port)))
        slow.sendall(b"POST /api/530828/cases HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
        headers = {"Authorization": f"Bearer {sqlite.token}"}
        with (
            httpx.Client(timeout=10, verify=PLAIN) as client,
            client.stream("GET", f"{served.address}/api/{LOG}/events", headers=headers) as stream,
        ):
            assert stream.status_code == 200
            assert httpx.get(f"{served.address}/health/live", timeout=5, verify=PLAIN).status_code == 200
            began = time.monotonic()
            served.process.terminate()
            for _ in stream.iter_bytes():
                pass
            ended = time.monotonic() - began
        assert served.process.wait(10) == 0
        took = time.monotonic() - began
        slow.close()

        assert ended <= 1, f"the stream went on for {ended:.2f} s"
        assert took <= STOPS, f"it took {took:.2f} s to stop"


def test_a_server_counts_its_projections_by_itself(sqlite):
    with sqlite.served().running() as served:
        until = time.monotonic() + 20
        while True:
            logs = httpx.get(f"{served.address}/health/ready", timeout=5, verify=PLAIN).json()["logs"]
            if all(one["lag"] == 0 for one in logs[LOG]["projections"].values()):
                break
            assert time.monotonic() < until, logs
            time.sleep(0.1)


def test_serve_is_refused_on_a_taken_port_and_for_two_sqlite_workers(tmp_path, sqlite):
    terminal = Terminal(tmp_path, sqlite.url)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert port in terminal.refused("serve", "--port", port)
    assert "SQLite" in terminal.refused("serve", "--workers", "2")


def test_a_token_is_created_listed_and_revoked_at_the_terminal(tmp_path, sqlite):
    terminal = Terminal(tmp_path, sqlite.url)
    made = terminal.json("token", "create", "--as", "cadre/crane", "--role", "cadre", "--days", "7")

    assert made["about"]["area"] == "menglang"
    listed = terminal.json("token", "list")
    assert {one["id"] for one in listed} >= {made["about"]["id"]}
    assert made["token"] not in str(listed)
    assert terminal.json("token", "revoke", made["about"]["id"])["revoked_at"]
    assert "only as cadre" in terminal.refused("token", "create", "--as", "cadre/crane", "--role", "dispatcher")
    assert "nearest" in terminal.refused("token", "create", "--as", "cadre/crain", "--role", "cadre")
    assert "menglang" in terminal.refused(
        "token", "create", "--as", "cadre/crane", "--role", "cadre", "--area", "menglan"
    )
    assert "there is no token" in terminal.refused("token", "revoke", "0000")
