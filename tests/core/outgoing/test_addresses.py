"""Requests that people's webhooks cause reach nothing inside the house, whatever is typed and however it resolves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from ipaddress import ip_address
from typing import Any

import httpcore
import pytest

from api.core.outgoing import Allowed, Forbidden, Unreachable, post
from api.core.outgoing.addresses import Address, is_public
from tests.support.canary import Received, receiver

# As hosts of an address with the canary's own port and with 443; what is no literal goes through the resolver.
LITERALS = (
    # Loopback in every spelling
    *("127.0.0.1", "127.0.0.2", "127.255.255.254", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1"),
    *("0177.0.0.1", "017700000001", "0x7f.1", "127.0.0.1.", "localhost", "[::1]", "[::ffff:127.0.0.1]"),
    *("[::ffff:7f00:1]", "[::127.0.0.1]", "[0:0:0:0:0:0:0:1]", "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]"),
    *("[2002:7f00:1::]", "[2002:7f00:1::1]", "[2001:0:7f00:1::]", "[::ffff:0:127.0.0.1]"),
    # This machine, and nowhere
    *("0.0.0.0", "0", "0x0", "[::]", "[::ffff:0.0.0.0]", "0.1.2.3"),
    # Private, shared and link-local networks, the metadata services of clouds
    *("10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "100.127.255.255"),
    *("169.254.169.254", "[::ffff:169.254.169.254]", "2852039166", "0xa9fea9fe", "[fd00:ec2::254]", "192.0.0.192"),
    *("[fe80::1]", "[fe80::1%25lo]", "[fec0::1]", "[fc00::1]", "[fdff::1]", "100.100.100.200"),
    # Broadcast, multicast, reserved, documentation, benchmarks, relays
    *("255.255.255.255", "224.0.0.1", "239.255.255.250", "240.0.0.1", "[ff02::1]", "[ff05::2]", "192.0.2.1"),
    *("198.51.100.1", "203.0.113.1", "198.18.0.1", "192.88.99.1", "[2001:db8::1]", "[100::1]", "[3fff::1]"),
)


async def test_forbidden_addresses_reach_a_canary_not_once() -> None:
    assert len(LITERALS) >= 60
    async with receiver() as canary, AsyncExitStack() as stack:
        six = await stack.enter_async_context(receiver(host="::1"))
        reached = []
        for host in LITERALS:
            for url in (
                *(f"http://{host}:{port}/" for port in (canary.port, six.port)),
                *(f"https://{host}/", f"https://{host}:{canary.port}/", f"https://user@{host}:{canary.port}/"),
            ):
                with suppress(Forbidden, Unreachable):
                    reached.append((url, await post(url, b"{}", {}, allowed=Allowed(), seconds=5)))
        assert reached == []
        assert (canary.connections, six.connections) == (0, 0)


async def test_names_are_what_they_resolve_to() -> None:
    async with receiver() as canary:
        for addresses in (
            *(["127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["10.1.2.3"], []),
            *(["93.184.216.34", "127.0.0.1"], ["127.0.0.1", "93.184.216.34"]),  # one is enough to be refused
        ):

            async def resolver(_host: str, _port: int, found: list[str] = addresses) -> list[Address]:
                return [ip_address(address) for address in found]

            for url in (
                "https://hooks.example:443/x",
                f"https://hooks.example:{canary.port}/x",
                "https://hooks.example/",
            ):
                with pytest.raises(Forbidden, match="address_refused"):
                    await post(url, b"{}", {}, allowed=Allowed(), resolver=resolver)
        assert canary.connections == 0


async def public(_host: str, _port: int) -> list[Address]:
    return [ip_address("93.184.216.34")]


async def test_only_https_on_its_ports() -> None:
    for url, code in (
        ("http://hooks.example/", "scheme_refused"),
        ("https://hooks.example:22/", "port_refused"),
        ("https://hooks.example:25/", "port_refused"),
        ("https://hooks.example:6379/", "port_refused"),
        ("ftp://hooks.example/", "scheme_refused"),
        ("file:///etc/passwd", "scheme_refused"),
        ("gopher://hooks.example/", "scheme_refused"),
        ("https://hooks.example:99999/", "host_refused"),
        ("https://hooks.exämple/", "host_refused"),
        ("//hooks.example/", "scheme_refused"),
        ("", "scheme_refused"),
    ):
        with pytest.raises(Forbidden) as caught:
            await post(url, b"{}", {}, allowed=Allowed(), resolver=public)
        assert str(caught.value) == code, url


class Recorded(httpcore.AsyncNetworkStream):
    """Says which name TLS asks for, and goes no further."""

    def __init__(self, names: list[str | None]) -> None:
        self._names = names

    async def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: Any = None) -> Any:  # noqa: ASYNC109
        self._names.append(server_hostname)
        raise httpcore.ConnectError

    async def aclose(self) -> None:
        pass


async def test_a_name_that_changes_its_mind_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    connected: list[str] = []
    names: list[str | None] = []

    async def rebinding(_host: str, _port: int) -> list[Address]:
        return [ip_address(address) for address in next(answers)]

    async def connect(_self: Any, host: str, _port: int, *_more: Any) -> Recorded:
        connected.append(host)
        return Recorded(names)

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)
    with pytest.raises(Unreachable):
        await post("https://hooks.example/x", b"{}", {}, allowed=Allowed(), resolver=rebinding)
    assert connected == ["93.184.216.34"], "what was checked, and resolved once"
    assert names == ["hooks.example"], "TLS still asks for the host"
    assert next(answers) == ["127.0.0.1"]


async def loopback(_host: str, _port: int) -> list[Address]:
    return [ip_address("127.0.0.1")]


async def test_what_the_administrator_allows_is_reached_and_nothing_behind_it() -> None:
    async with receiver() as canary:

        async def redirect(_request: Received) -> bytes:
            place = f"Location: http://127.0.0.1:{canary.port}/secret"
            return f"HTTP/1.1 307 Temporary Redirect\r\n{place}\r\nContent-Length: 0\r\n\r\n".encode()

        async with receiver(redirect) as inside:
            for allowed in (Allowed.read("chat.house.example"), Allowed.read("127.0.0.0/8, fd00::/8")):
                answer = await post(
                    f"http://chat.house.example:{inside.port}/hook?x=1",
                    b"{}",
                    {"content-type": "application/json"},
                    allowed=allowed,
                    resolver=loopback,
                )
                assert answer.status == 307, "an answer like any other"
            request = inside.requests[0]
            assert (request.path, request.body) == ("/hook?x=1", b"{}")
            assert request.headers["host"] == f"chat.house.example:{inside.port}"
            url = f"http://other.house.example:{inside.port}/"
            with pytest.raises(Forbidden):
                await post(url, b"", {}, allowed=Allowed.read("chat.house.example"), resolver=loopback)
        assert canary.connections == 0


async def test_whoever_keeps_us_waiting_waits_alone() -> None:
    async def hang(_request: Received) -> bytes:
        await asyncio.sleep(60)
        return b""

    async def drip(request: Received) -> bytes:
        for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"loris" * 100:
            request.writer.write(bytes([byte]))
            await asyncio.sleep(0.05)
        return b""

    async def endless(request: Received) -> bytes:
        request.writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            request.writer.write(b"x" * 65536)
            await request.writer.drain()

    async def garbage(_request: Received) -> bytes:
        return b"SSH-2.0-OpenSSH_9.2\r\n\r\n"

    cases: tuple[tuple[Callable[[Received], Awaitable[bytes]], str], ...] = (
        (hang, "timeout"),
        (drip, "timeout"),
        (endless, "200"),
        (garbage, "no_http"),
    )
    for behaviour, expected in cases:
        async with receiver(behaviour) as slow:
            began = time.monotonic()
            try:
                url = f"http://127.0.0.1:{slow.port}/"
                found = str((await post(url, b"{}", {}, allowed=Allowed.read("127.0.0.1"), seconds=0.4)).status)
            except Unreachable as error:
                found = str(error)
            assert found == expected
            assert time.monotonic() - began < 1.5
    with pytest.raises(Unreachable, match="connection"):
        await post(f"http://127.0.0.1:{slow.port}/", b"{}", {}, allowed=Allowed.read("127.0.0.1"))
    with pytest.raises(Unreachable, match="no_such_host"):
        await post("https://nobody.invalid/", b"{}", {}, allowed=Allowed(), seconds=8)


def test_public_addresses_are_public() -> None:
    for address in ("93.184.216.34", "8.8.8.8", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"):
        assert is_public(ip_address(address)), address
