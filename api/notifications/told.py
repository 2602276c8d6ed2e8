"""That somebody is to be told of something."""

from __future__ import annotations

import msgspec

from api.notifications.rules import Kind


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One person is to be told of one thing. `key` names it: under one key nobody is told twice."""

    person_id: str
    kind: Kind
    key: str
    kudos_id: str | None = None
    subject_id: str | None = None
    actor_id: str | None = None
    detail: str = ""
