"""Links that work once."""

from __future__ import annotations

from piccolo.columns import BigInt, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class Link(Table, tablename="link"):
    """Who holds its token may choose a password for `person_id`, once, until `expires_at`. Only a hash is stored
    (`rules.link_hash`). `made_by` made it by hand; None for those that go out by e-mail."""

    token_hash = Varchar(primary_key=True)
    purpose = Varchar()
    person_id = Id()
    made_by = Id(null=True)
    created_at = BigInt()
    expires_at = BigInt()
    used_at = BigInt(null=True)
