"""The HTTP server: says when it is ready, and ends open streams before it waits for requests to finish."""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Callable

import structlog
import uvicorn
from litestar import Litestar

from api.core import live
from api.core.settings import Settings

GRACE_SECONDS = 3


class PortTaken(Exception):
    """Something else listens there."""


def listen_on(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        raise PortTaken(
            f"Cannot listen on {host}:{port} ({error.strerror}). Choose another port, like --port {port + 1}."
        ) from error
    sock.set_inheritable(True)
    return sock


class Server(uvicorn.Server):
    """uvicorn, with a word when it is ready and an end to streams that would hold up its shutdown."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, let requests finish, close."""
        live.close_streams()
        await super().shutdown(sockets)


def set_up_logging(level: str) -> None:
    """Logs on standard error: readable on a terminal, JSON lines elsewhere."""
    number = logging.getLevelNamesMapping()[level.upper()]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def run(app: Litestar, settings: Settings, sock: socket.socket, ready: Callable[[], None]) -> bool:
    """Serve until told to stop; returns whether it ever started."""
    config = uvicorn.Config(
        app,
        workers=1,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=GRACE_SECONDS,
        lifespan="on",
    )
    server = Server(config, ready)
    server.run(sockets=[sock])
    return server.started
