"""Lists on their way in, as tests send them."""

from __future__ import annotations

from collections.abc import AsyncIterator

from api.core.i18n import Language
from api.core.jobs.worker import run_due
from api.imports import queries, service
from api.imports.jobs import KINDS
from api.imports.schemas import FaultOut, ImportOut, RowOut


async def upload(content: str | bytes, *, kind: str = "", actor_id: str | None = None, piece: int = 50_000) -> str:
    """Upload a list in pieces; returns the import's id."""
    data = content.encode() if isinstance(content, str) else content

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(data), piece):
            yield data[start : start + piece]

    return await service.upload(actor_id=actor_id, kind=kind, file_name="list.csv", content=pieces())


async def check(
    content: str | bytes, *, kind: str = "", complete: bool = False, actor_id: str | None = None
) -> ImportOut:
    """Upload and compare."""
    run_id = await upload(content, kind=kind, actor_id=actor_id)
    await service.start_check(run_id=run_id, complete=complete)
    await run_due(KINDS)
    return await queries.one_import(run_id, "en")


async def bring_in(content: str | bytes, *, kind: str = "", complete: bool = False) -> ImportOut:
    """Upload, compare, carry out."""
    run = await check(content, kind=kind, complete=complete)
    assert run.state == "checked"
    assert not run.problem, run.problem
    assert not run.errors, await faults(run.id)
    await service.start_apply(run_id=run.id, leaving=run.counts.get("leaving", 0))
    await run_due(KINDS)
    run = await queries.one_import(run.id, "en")
    assert run.state == "done"
    return run


async def faults(run_id: str, language: Language = "en") -> list[FaultOut]:
    """The errors of an import."""
    return (await queries.faults(run_id, language)).items


async def changes(run_id: str, thing: str, action: str) -> list[RowOut]:
    """A part of its difference."""
    return (await queries.rows(run_id, "en", thing=thing, action=action)).items
