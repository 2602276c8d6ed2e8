"""What Gearmesh sends to: a mail server and a webhook that take everything at once, and a webhook that hangs.

They do as little as they can, in a thread of the measuring process: in a house they run on other machines.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

_END_OF_HEAD = b"\r\n\r\n"


class Mailbox(asyncio.Protocol):
    """An SMTP server that says yes and keeps nothing."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._rest = b""
        self._in_mail = False
        self._transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\r\n")
        for line in lines:
            if self._in_mail:
                if line == b".":
                    self._in_mail = False
                    self._transport.write(b"250 taken\r\n")
                continue
            word = line[:4].upper()
            self._in_mail = word == b"DATA"
            self._transport.write({b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}.get(word, b"250 yes\r\n"))
            if word == b"QUIT":
                self._transport.close()


class Hook(asyncio.Protocol):
    """A webhook that answers 204 to every request."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._seen = b""

    def data_received(self, data: bytes) -> None:
        self._seen += data
        head, end, body = self._seen.partition(_END_OF_HEAD)
        _before, _name, after = head.lower().partition(b"content-length: ")
        if end and len(body) >= int(after.split(b"\r\n")[0] or 0):
            self._transport.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
            self._transport.close()


@contextmanager
def listening(made: Callable[[], asyncio.Protocol]) -> Iterator[int]:
    """The port of a server of such connections."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(made, "127.0.0.1", 0, backlog=512))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.close()


class Silence(asyncio.Protocol):
    """A server that takes every connection and never says anything."""


def unused_port() -> int:
    """One on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
