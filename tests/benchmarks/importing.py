"""A large list comes in while people go on thanking: `python -m tests.benchmarks.importing [--people N] [--postgres]`

A real server over a small demo hospital gets the list through its API. Meanwhile somebody thanks 20 times a second,
and the server's memory is looked at. Printed: how long each stage took, the longest anybody waited for a thank-you,
and the most memory.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

from api.demo.known import DEMO_PEOPLE
from tests import databases
from tests.browser.houses import House, open_house

_EVERY = 0.05


def people_list(people: int, *, seed: int = 1) -> str:
    """A list of so many people in 300 departments, each led by somebody further up."""
    chance = random.Random(seed)
    rows = ["E-Mail;Name;Abteilung;Vorgesetzte/r;Eintritt;Stelle"]
    for n in range(people):
        led_by = f"p{chance.randrange(max(20, n // 10))}@big.example" if n >= 20 else ""
        joined = f"{1 + n % 28:02d}.{1 + n % 12:02d}.{1990 + n % 35}"
        rows.append(
            f"p{n}@big.example;Vorname{n % 977} Nachname{n};Abteilung {n % 300};{led_by};{joined};Fachkraft {n % 50}"
        )
    return "\n".join(rows) + "\n"


@dataclass
class Meanwhile:
    """Thanks one after the other, and the server's memory, until stopped."""

    client: httpx.Client
    recipient: str
    process: psutil.Process
    waits: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    memory: int = 0

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._stop.is_set():
            body = {"recipients": [self.recipient], "message": "Thank you for the calm hands this morning."}
            begun = time.monotonic()
            answer = self.client.post("/api/v1/kudos", json=body)
            self.waits.append(time.monotonic() - begun)
            if answer.status_code != 201:
                self.refused.append(answer.text)
            self.memory = max(self.memory, self.process.memory_info().rss)
            self._stop.wait(_EVERY)

    def stop(self) -> None:
        """No more thanks."""
        self._stop.set()
        self._thread.join()


def _client(house: House, email: str) -> httpx.Client:
    client = httpx.Client(base_url=house.url, timeout=120)
    assert client.post("/sign-in/demo", data={"email": email}).status_code == 303
    return client


def _stage(client: httpx.Client, run: str, busy: str) -> tuple[dict[str, Any], float]:
    begun = time.monotonic()
    while (found := client.get(f"/api/v1/imports/{run}").json()["run"])["state"] == busy:
        time.sleep(0.1)
    return found, time.monotonic() - begun


def _server(house: House) -> psutil.Process:
    port = int(house.url.rpartition(":")[2])
    (process,) = [p for p in psutil.Process().children() if any(c.laddr.port == port for c in p.net_connections())]
    return process


def measure(house: House, people: int) -> None:
    """Bring the list in twice and print what that took."""
    hr = _client(house, DEMO_PEOPLE["hr"].email)
    giver = _client(house, DEMO_PEOPLE["colleague"].email)
    recipient = hr.get("/api/v1/me").json()["id"]
    process = _server(house)
    print(f"memory before: {process.memory_info().rss / 2**20:.0f} MB")
    for time_ in ("first time", "once more"):
        meanwhile = Meanwhile(giver, recipient, process)
        begun = time.monotonic()
        answer = hr.post("/api/v1/imports", content=people_list(people).encode())
        assert answer.status_code == 201, answer.text
        run = answer.json()["run"]["id"]
        uploaded = time.monotonic() - begun
        hr.post(f"/api/v1/imports/{run}/check", json={})
        found, checked = _stage(hr, run, "checking")
        assert found["state"] == "checked", found
        assert not found["errors"], found
        hr.post(f"/api/v1/imports/{run}/application", json={})
        done, applied = _stage(hr, run, "applying")
        assert done["state"] == "done", done
        meanwhile.stop()
        waits = sorted(meanwhile.waits)
        print(
            f"{time_}: {found['counts']}\n  uploaded in {uploaded:.1f} s, compared in {checked:.1f} s, carried out in"
            f" {applied:.1f} s\n  {len(waits)} thanks meanwhile, {len(meanwhile.refused)} refused; median wait"
            f" {waits[len(waits) // 2] * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms\n"
            f"  most memory of the server: {meanwhile.memory / 2**20:.0f} MB"
        )


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--postgres", action="store_true")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = databases.fresh_url("postgres") if wanted.postgres else ""
        with open_house(Path(folder), database_url=url, people=60, kudos=100) as house:
            measure(house, wanted.people)


if __name__ == "__main__":
    main()
