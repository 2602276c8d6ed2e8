"""API tokens: made once, shown once, limited by scopes, taken back any time."""

from __future__ import annotations

from collections.abc import Sequence

from api.core import database
from api.core.access.actor import Scope
from api.core.access.actors import scopes_text
from api.core.access.secrets import new_token, token_hash
from api.core.clock import now
from api.core.errors import Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.core.text import one_line

PREFIX = "gm_"
LONGEST_NAME = 80


@database.transaction
async def create_token(
    *, person_id: str, name: str, scopes: Sequence[str], expires_at: int | None = None
) -> tuple[str, str]:
    """A new token of this person: (id, the secret to hand out; it cannot be shown again).

    Raises Invalid without a name, without scopes or with one that does not exist.
    """
    name = one_line(name)
    if not name or len(name) > LONGEST_NAME:
        raise Invalid.field("name", _("Give the token a name of up to %(n)s characters.", n=LONGEST_NAME))
    known = {scope.value for scope in Scope}
    if not scopes:
        raise Invalid.field("scopes", _("Choose at least one."))
    if not set(scopes) <= known:
        raise Invalid.field("scopes", _("Choose at least one of: %(scopes)s.", scopes=", ".join(sorted(known))))
    token_id, secret = uuid7(), PREFIX + new_token()
    await database.execute(
        """INSERT INTO api_token (id, person_id, name, token_hash, scopes, created_at, expires_at)
        VALUES ({}, {}, {}, {}, {}, {}, {})""",
        *(token_id, person_id, name, token_hash(secret), scopes_text(scopes), now(), expires_at),
    )
    await record_event("token.created", actor_id=person_id, subject_id=token_id)
    return token_id, secret


@database.transaction
async def revoke_token(*, person_id: str, token_id: str) -> None:
    """Take back one of a person's own tokens. Raises NotFound if it is not theirs or already taken back."""
    revoked = is_uuid(token_id) and await database.fetch(
        """UPDATE api_token SET revoked_at = {}
        WHERE id = {} AND person_id = {} AND revoked_at IS NULL RETURNING id""",
        *(now(), token_id, person_id),
    )
    if not revoked:
        raise NotFound
    await record_event("token.revoked", actor_id=person_id, subject_id=token_id)
