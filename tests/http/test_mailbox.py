"""Tests that writer replies reach the event loop with few wake-ups."""

import asyncio
import threading

import pytest

from casework.http.writer_bridge import ReplyQueue
from casework.log.submission import Answer


def answer(n):
    return Answer(log="x", command=str(n), stream="case/x", rev=n, seq=n, events=(), size=n, at="")


def test_many_writer_replies_wake_the_event_loop_once(monkeypatch):
    async def run():
        loop, mailbox = asyncio.get_running_loop(), ReplyQueue()
        rung = []
        call = loop.call_soon_threadsafe
        monkeypatch.setattr(loop, "call_soon_threadsafe", lambda *given: rung.append(1) or call(*given))
        letters = [mailbox.reply() for _ in range(64)]

        def write():
            for n, letter in enumerate(letters):
                letter.set_result(answer(n))

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()  # the event loop is blocked meanwhile, as under load
        found = await asyncio.gather(*(letter.answered for letter in letters))
        assert [one.rev for one in found] == list(range(64))
        assert len(rung) == 1

        late = mailbox.reply()
        threading.Thread(target=late.set_result, args=(answer(99),)).start()
        assert (await asyncio.wait_for(late.answered, 5)).rev == 99

    asyncio.run(run())


def test_a_reply_to_a_cancelled_request_is_dropped():
    async def run():
        mailbox = ReplyQueue()
        gone, refused, stored = mailbox.reply(), mailbox.reply(), mailbox.reply()
        gone.answered.cancel()
        gone.set_result(answer(1))
        refused.set_exception(ValueError("no"))
        stored.set_result(answer(2))

        assert (await stored.answered).rev == 2
        with pytest.raises(ValueError, match="no"):
            await refused.answered

    asyncio.run(run())
