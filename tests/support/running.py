"""An app that runs inside a test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar


@asynccontextmanager
async def running(app: Litestar) -> AsyncIterator[Litestar]:
    """Enter and leave the app's lifespan inside one task of its own.

    A fixture's two halves may run in different tasks, which cancel scopes do not survive.
    """
    ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    leave = asyncio.Event()

    async def live() -> None:
        try:
            async with app.lifespan():
                ready.set_result(None)
                await leave.wait()
        except BaseException as error:
            if ready.done():
                raise
            ready.set_exception(error)

    task = asyncio.create_task(live())
    await ready
    try:
        yield app
    finally:
        leave.set()
        await task
