"""Dependencies as HR and admin see them: all fields in both languages."""

from __future__ import annotations

from api.core.changes import State, Thing, state_of, version_of
from api.dependencies.record_schemas import DependencyRecord

DEPENDENCY = Thing(
    "dependency",
    (
        *("provider_id", "customer_id", "handover_de", "handover_en", "weight"),
        *("error_cost_cents", "error_note_de", "error_note_en"),
    ),
)


def dependency_record(dependency_id: str, state: State) -> DependencyRecord:
    """A dependency from its recorded columns."""
    return DependencyRecord(id=dependency_id, version=version_of(state), **state)  # type: ignore[arg-type]


async def dependency(dependency_id: str) -> DependencyRecord:
    """All of one dependency. Raises NotFound."""
    return dependency_record(dependency_id, await state_of(DEPENDENCY, dependency_id))
