"""The mail server is down and a webhook hangs: nobody waits for them, and afterwards everything arrives once."""

from __future__ import annotations

import asyncio
import time
from collections import Counter

import psutil

from api.core import database
from api.core.clock import now
from api.core.ids import uuid7
from api.notifications.channels.webhook import new_secret
from tests.databases import Kind
from tests.drills.command import Served, serving
from tests.drills.stored import opened
from tests.drills.test_live import give
from tests.drills.waiting import until, until_found
from tests.support.canary import OK, Received, receiver
from tests.support.house import organisation_url
from tests.support.mail import open_inbox, text_of
from tests.support.organisation import AYLIN, JONAS, MIRIAM, TOMASZ

THANKS = 6


async def connect(url: str, port: int) -> None:
    """A webhook to that port."""
    async with opened(url):
        await database.execute(
            """INSERT INTO endpoint (id, channel, name, url, kinds, language, secret, created_at)
            VALUES ({}, 'webhook', 'Board', {}, 'kudos.delivered', 'en', {}, {})""",
            *(uuid7(), f"http://127.0.0.1:{port}/hook", new_secret(), now()),
        )


async def thank(server: Served, many: int) -> list[str]:
    """So many thank-yous, one after the other; returns their ids. Fails if one takes long."""
    ids = []
    for number in range(many):
        began = time.monotonic()
        ids.append(await give(server, (JONAS, MIRIAM, TOMASZ)[number % 3], AYLIN))
        assert time.monotonic() - began < 2
    return ids


def listening(server: Served) -> Served:
    """The same, at the port it listens on: what it says is the address of its settings."""
    ports = [
        found.laddr.port for found in psutil.Process(server.process.pid).net_connections() if found.status == "LISTEN"
    ]
    return Served(server.process, f"http://127.0.0.1:{ports[0]}", server._complaints)


async def states(table: str, column: str) -> Counter[str]:
    return Counter(row[column] for row in await database.fetch(f"SELECT {column} FROM {table}"))


async def test_what_is_out_of_reach_holds_up_nobody_and_then_gets_everything_once(kind: Kind) -> None:
    url = organisation_url(kind)
    works = asyncio.Event()
    answered: Counter[str] = Counter()

    async def hang_at_first(request: Received) -> bytes:
        await works.wait()
        answered[request.headers["webhook-id"]] += 1
        return OK

    async with receiver(hang_at_first) as hook:
        await connect(url, hook.port)
        with open_inbox() as inbox:
            inbox.refuse_recipient = "451 try later"
            settings = {
                "mail_url": f"smtp://127.0.0.1:{inbox.port}",
                "mail_from": "thanks@hospital.example",
                "base_url": "http://thanks.example",
                "webhook_allow": "127.0.0.1",
                "undo_seconds": 1,
            }
            async with serving(url, module="tests.drills.with_short_pauses", **settings) as started, opened(url):
                server = listening(started)
                given = await thank(server, THANKS)
                await until(lambda: hook.connections > THANKS, 20, "the webhook is tried again and again")
                given += await thank(server, 1)  # while all of that waits
                assert (inbox.mails, answered) == ([], {})

                inbox.refuse_recipient = ""
                works.set()

                async def all_noted() -> bool:
                    sent, delivered = await states("notification", "mail"), await states("delivery", "state")
                    return (sent, delivered) == ({"sent": len(given)}, {"delivered": len(given)})

                await until_found(all_noted, 20, "everything arrived")
                jobs = await states("job", "state")
                assert set(jobs) <= {"done", "waiting"}, jobs
            told = [text_of(mail) for mail in inbox.mails]
            assert [sum(f"/kudos/{kudos}" in text for text in told) for kudos in given] == [1] * len(given)
            assert len({mail["Message-ID"] for mail in inbox.mails}) == len(told)
            assert len(answered) == len(given)
