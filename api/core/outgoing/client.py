"""Requests to addresses that people have typed in: checked when they are sent, and sent to what was checked.

The host is resolved here, once; the connection goes to exactly those addresses, so that a name that changes its
mind afterwards (DNS rebinding) changes nothing. TLS still asks for the host's name. httpcore, the engine of httpx,
is used by itself: it knows no redirects, no proxies of the environment, no cookies.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import urljoin

import httpcore
import msgspec

from api.core.outgoing.addresses import Address, Allowed, Forbidden, check, check_host

TOTAL_SECONDS = 10.0
"""How long a request may take from its name's resolution to the answer's head, or to the end of what is read."""

_MOST_REDIRECTS = 3

Resolve = Callable[[str, int], Awaitable[list[Address]]]


class Unreachable(Exception):
    """No answer: try later. The text is a code: "timeout", "no_such_host", "connection", "tls", "no_http"; of what is
    read also "too_large", "too_many_redirects" and "status_404" or the like."""


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
    with _named_failures():
        async with asyncio.timeout(seconds), _asked("POST", url, headers, body, allowed, resolver) as answer:
            status = answer.status
    return Answer(status, round((time.monotonic() - started) * 1000))


async def get(
    url: str,
    *,
    allowed: Allowed,
    most_bytes: int,
    resolver: Resolve = resolve,
    seconds: float = TOTAL_SECONDS,
) -> bytes:
    """What stands there. A redirect is followed a few times, each to an address that is checked like the first.

    Raises Forbidden if it may not go there, Unreachable if it cannot be had within `seconds`.
    """
    with _named_failures():
        async with asyncio.timeout(seconds):
            for _turn in range(_MOST_REDIRECTS + 1):
                async with _asked("GET", url, {"user-agent": "Gearmesh"}, b"", allowed, resolver) as answer:
                    if answer.status == 200:
                        return await _read(answer, most_bytes)
                    target = next((value for name, value in answer.headers if name.lower() == b"location"), b"")
                    if answer.status not in (301, 302, 303, 307, 308) or not target:
                        raise Unreachable(f"status_{answer.status}")
                    url = urljoin(url, target.decode("latin-1"))
    raise Unreachable("too_many_redirects")


async def _read(answer: httpcore.Response, most_bytes: int) -> bytes:
    content = bytearray()
    async for part in answer.aiter_stream():
        content += part
        if len(content) > most_bytes:
            raise Unreachable("too_large")
    return bytes(content)


@contextmanager
def _named_failures() -> Iterator[None]:
    """What went wrong as the codes of Unreachable."""
    try:
        yield
    except (TimeoutError, httpcore.TimeoutException):
        raise Unreachable("timeout") from None
    except httpcore.ProtocolError:
        raise Unreachable("no_http") from None
    except ssl.SSLError:
        raise Unreachable("tls") from None
    except (httpcore.NetworkError, OSError) as error:
        raise Unreachable("tls" if isinstance(error.__cause__, ssl.SSLError) else "connection") from None


@asynccontextmanager
async def _asked(
    method: str, url: str, headers: Mapping[str, str], body: bytes, allowed: Allowed, resolver: Resolve
) -> AsyncIterator[httpcore.Response]:
    """The head of the answer."""
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
        pool.stream(method, target, headers=list(headers.items()), content=body or None) as answer,
    ):
        yield answer
