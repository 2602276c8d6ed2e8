"""Who depends on whom: provider delivers a hand-over to customer."""

from __future__ import annotations

from piccolo.columns import BigInt, Integer, SmallInt, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class Dependency(Table, tablename="dependency"):
    """A declared edge. `weight` 1 to 5 says how much it matters, `error_cost_cents` what one error costs."""

    id = Id(primary_key=True)
    provider_id = Id()
    customer_id = Id()
    handover_de = Varchar()
    handover_en = Varchar()
    weight = SmallInt()
    error_cost_cents = Integer(null=True)
    error_note_de = Text()
    error_note_en = Text()
    created_at = BigInt()
