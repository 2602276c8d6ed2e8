"""The feed as JSON and as a page, against a bare Litestar "hello" under the same server settings."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from tests.benchmarks.figures import Figure, show
from tests.benchmarks.hospital import Hospital, Kind, Reader, sign_in
from tests.benchmarks.processes import Seen, Server, serving

CONNECTIONS = 16
READERS = 200
AIMS = {("sqlite", "JSON"): 0.60, ("sqlite", "page"): 0.40, ("postgres", "JSON"): 0.25}
BROWSER = (
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    "Accept-Language: de,en-US;q=0.7,en;q=0.3\r\n"
)


def request(path: str, *headers: str) -> str:
    """A GET as it goes over the wire."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{''.join(headers)}\r\n"


def variants(readers: Sequence[Reader]) -> dict[str, list[str]]:
    """What is asked for, by its name in the table."""
    cookies = [f"Cookie: gearmesh_session={reader.cookie}\r\n" for reader in readers]
    pages = {"": "", ", gzip": "Accept-Encoding: gzip\r\n", ", brotli": "Accept-Encoding: gzip, deflate, br\r\n"}
    return {
        "JSON, token": [request("/api/v1/kudos", f"Authorization: Bearer {reader.token}\r\n") for reader in readers],
        "JSON, cookie": [request("/api/v1/kudos", cookie) for cookie in cookies],
        **{f"page{name}": [request("/", BROWSER, sent, cookie) for cookie in cookies] for name, sent in pages.items()},
    }


def measure(hospital: Hospital, kind: Kind, *, rounds: int, seconds: float, only: str = "") -> list[Figure]:
    """Rounds of "hello" and each variant in turn."""
    with hospital.copy(kind) as url:
        asked = {name: texts for name, texts in variants(sign_in(url, READERS)).items() if only in name}
        with serving("hello") as hello, serving("product", url) as product:
            bare = [request("/")]
            _ask(hello, bare, seconds / 4)
            for texts in asked.values():  # warm: every reader's cards once
                _ask(product, texts, seconds / 2)
            seen: dict[str, list[tuple[Seen, Seen]]] = {name: [] for name in asked}
            for number in range(rounds):
                # The other way round every second time, so that nobody always comes first.
                for name in list(asked)[:: 1 if number % 2 == 0 else -1]:
                    seen[name].append((_ask(hello, bare, seconds), _ask(product, asked[name], seconds)))
    return [figure for name, pairs in seen.items() for figure in _figures(kind, name, pairs)]


def _ask(server: Server, requests: Sequence[str], seconds: float) -> Seen:
    return server.load(requests, connections=CONNECTIONS, seconds=seconds)


def _figures(kind: Kind, name: str, pairs: Sequence[tuple[Seen, Seen]]) -> list[Figure]:
    aim = AIMS.get((kind, name[:4]))
    rates = [ours.rate / hello.rate for hello, ours in pairs]
    cpus = [hello.cpu / ours.cpu for hello, ours in pairs]
    cpu = statistics.median(ours.cpu for _hello, ours in pairs) * 1e6
    rate = statistics.median(ours.rate for _hello, ours in pairs)
    size = statistics.median(ours.size for _hello, ours in pairs) / 1e3
    return [
        Figure(f"{kind}: feed {name}: requests/s over hello's", rates, aim, note=f"{rate:.0f}/s, {size:.1f} kB"),
        Figure(f"{kind}: feed {name}: hello's CPU over ours", cpus, note=f"{cpu:.0f} us a request"),
    ]


def run(hospital: Hospital, kinds: Sequence[Kind], *, quick: bool, rounds: int, only: str) -> list[Figure]:
    """Measure and show."""
    found: list[Figure] = []
    for kind in kinds:
        figures = measure(hospital, kind, rounds=rounds, seconds=0.4 if quick else 2.0, only=only)
        show(f"Feed on {kind}, {hospital.kudos:,} kudos, {hospital.people:,} people", figures)
        found += figures
    return found
