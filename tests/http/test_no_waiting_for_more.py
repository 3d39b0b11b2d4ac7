"""Tests that a lone client's answer is not delayed by the kernel."""

import asyncio
import socket

from casework.http.server import listen
from casework.settings import Server, Settings


def test_accepted_connections_have_tcp_nodelay_set():
    async def run() -> int:
        found = asyncio.get_running_loop().create_future()

        def taken(_, writer):
            accepted = writer.get_extra_info("socket")
            found.set_result(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        with listen(Settings(server=Server(port=0))) as bound:
            async with await asyncio.start_server(taken, sock=bound):
                _, writer = await asyncio.open_connection(*bound.getsockname())
                no_delay = await asyncio.wait_for(found, 5)
                writer.close()
                return no_delay

    assert asyncio.run(run())
