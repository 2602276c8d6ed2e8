"""An app that runs inside a test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager


@asynccontextmanager
async def running(lifespan: AbstractAsyncContextManager[None]) -> AsyncIterator[None]:
    """Enter and leave an app's lifespan inside one task of its own.

    A fixture's two halves may run in different tasks, which cancel scopes do not survive.
    """
    ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    leave = asyncio.Event()

    async def live() -> None:
        try:
            async with lifespan:
                ready.set_result(None)
                await leave.wait()
        except BaseException as error:
            if ready.done():
                raise
            ready.set_exception(error)

    task = asyncio.create_task(live())
    await ready
    try:
        yield
    finally:
        leave.set()
        await task
