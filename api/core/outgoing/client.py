"""Requests to addresses that people have typed in: checked when they are sent, and sent to what was checked.

The host is resolved here, once; the connection goes to exactly those addresses, so that a name that changes its
mind afterwards (DNS rebinding) changes nothing. TLS still asks for the host's name. httpcore, the engine of httpx,
is used by itself: it knows no redirects, no proxies of the environment, no cookies.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import cache
from ipaddress import ip_address
from typing import Any

import httpcore
import msgspec

from api.core.outgoing.addresses import Address, Allowed, Forbidden, check, check_host

TOTAL_SECONDS = 10.0
"""How long a request may take from its name's resolution to the answer's head. Nobody reads its body."""

Resolve = Callable[[str, int], Awaitable[list[Address]]]


class Unreachable(Exception):
    """No answer: try later. The text is a code: "timeout", "no_such_host", "connection", "tls", "no_http"."""


class Answer(msgspec.Struct, frozen=True):
    """How it went: the answer's status and after how many milliseconds it came."""

    status: int
    milliseconds: int


async def resolve(host: str, port: int) -> list[Address]:
    """The addresses of a host. Raises Unreachable if it has none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=1)  # SOCK_STREAM
    except (OSError, UnicodeError):
        raise Unreachable("no_such_host") from None
    # A scope ("fe80::1%eth0") belongs to what is refused anyway.
    return list(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


class _Checked(httpcore.AsyncNetworkBackend):
    """Connects to the checked addresses, whatever host it is asked for."""

    def __init__(self, addresses: list[Address]) -> None:
        self._addresses = addresses
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (httpcore's signature)
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """The first of the addresses that answers."""
        for address in self._addresses[:-1]:
            try:
                return await self._plain.connect_tcp(str(address), port, TOTAL_SECONDS / 4)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._plain.connect_tcp(str(self._addresses[-1]), port, TOTAL_SECONDS)

    async def connect_unix_socket(self, *_arguments: Any, **_named: Any) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise httpcore.UnsupportedProtocol

    async def sleep(self, seconds: float) -> None:
        """Between the pool's tries."""
        await asyncio.sleep(seconds)


@cache
def _tls() -> ssl.SSLContext:
    return httpcore.default_ssl_context()


async def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allowed: Allowed,
    resolver: Resolve = resolve,
    seconds: float = TOTAL_SECONDS,
) -> Answer:
    """Send a POST and return how it was answered, whatever the status; redirects are answers like any other.

    Raises Forbidden if it may not go there, Unreachable if no answer came within `seconds`.
    """
    started = time.monotonic()
    try:
        async with asyncio.timeout(seconds):
            status = await _post(url, body, headers, allowed, resolver)
    except (TimeoutError, httpcore.TimeoutException):
        raise Unreachable("timeout") from None
    except httpcore.ProtocolError:
        raise Unreachable("no_http") from None
    except ssl.SSLError:
        raise Unreachable("tls") from None
    except (httpcore.NetworkError, OSError) as error:
        raise Unreachable("tls" if isinstance(error.__cause__, ssl.SSLError) else "connection") from None
    return Answer(status, round((time.monotonic() - started) * 1000))


async def _post(url: str, body: bytes, headers: Mapping[str, str], allowed: Allowed, resolver: Resolve) -> int:
    try:
        target = httpcore.URL(url)
        scheme, host = target.scheme.decode(), target.host.decode().lower()
        port = target.port or (443 if scheme == "https" else 80)
    except (ValueError, TypeError):  # not ASCII, or no port
        raise Forbidden("host_refused") from None
    if scheme not in ("http", "https"):
        raise Forbidden("scheme_refused")
    check_host(host)
    addresses = await resolver(host, port)
    check(scheme, host, port, addresses, allowed)
    async with (
        httpcore.AsyncConnectionPool(
            ssl_context=_tls(), network_backend=_Checked(addresses), max_connections=1, retries=0
        ) as pool,
        pool.stream("POST", target, headers=list(headers.items()), content=body) as answer,
    ):
        return answer.status
