"""Tests that random bytes are handed out only once, across threads and forks."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from casework.random_ids import fresh


def test_no_random_bytes_are_handed_out_twice():
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda _: fresh(16), range(4_000)))
    assert len(set(drawn)) == 4_000
    assert {len(one) for one in drawn} == {16}


def test_the_rest_of_a_page_is_dropped_when_too_short_for_the_request():
    drawn = [fresh(1_500) for _ in range(6)]
    assert [len(one) for one in drawn] == [1_500] * 6
    assert len({one[place : place + 16] for one in drawn for place in range(0, 1_500 - 16, 16)}) == 6 * 93


def test_more_random_bytes_than_a_page_can_be_drawn_at_once():
    assert len(fresh(10_000)) == 10_000


def test_a_forked_process_gets_none_of_its_parents_random_bytes():
    # in a program of its own: a process with threads should not fork, and this one may have some
    done = subprocess.run([sys.executable, "-c", FORKED], capture_output=True, text=True, check=True)

    drawn = done.stdout.split()
    assert len(drawn) == 200
    assert len(set(drawn)) == 200


FORKED = """
import os
from casework.random_ids import fresh

fresh(16)  # so that a page is begun, and the next bytes of it are known to both
child = os.fork()
if child:
    os.waitpid(child, 0)
print(*(fresh(16).hex() for _ in range(100)), flush=True)
"""
