"""Who is asking: a person with roles, and what the session or token they came with allows."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from api.core.i18n import Language


class Role(StrEnum):
    """What someone is in the organisation. Everyone is a colleague; a manager has reports."""

    COLLEAGUE = "colleague"
    MANAGER = "manager"
    HR = "hr"
    ADMIN = "admin"
    WORKS_COUNCIL = "works_council"


class Scope(StrEnum):
    """What an API token may be used for. A browser's session may do all that its person may."""

    PEOPLE_READ = "people:read"
    KUDOS_READ = "kudos:read"
    KUDOS_WRITE = "kudos:write"
    MODERATE = "moderate"
    ORGANISATION = "organisation:write"
    INVITE = "people:invite"
    ACCOUNT = "account"
    APPROVALS_READ = "approvals:read"
    APPROVALS_DECIDE = "approvals:decide"
    AWARDS = "awards"
    JOBS = "jobs"
    INTEGRATIONS = "integrations"
    REWARDS_READ = "rewards:read"
    REWARDS_ORDER = "rewards:order"
    REWARDS_MANAGE = "rewards:manage"
    PAYROLL = "payroll:read"
    IMPROVEMENTS = "improvements"


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """The person behind a request, with language and time zone already decided for this reader.

    `session` is the id of the browser's session, `token` of the API token: one of them is set.
    `scopes` is None where there is no limit (a session). `directory_revision` is the state of names that
    cached cards must match. `theme` is "light", "dark" or empty. `unread` is what the bell of a browser shows,
    up to 100, `waiting` how many decisions wait for them, `points` whether the house uses points; asked here, because
    every page shows it.
    """

    id: str
    name: str
    email: str
    department_id: str
    department_code: str
    department_name: str
    department_hue: int
    roles: frozenset[Role]
    language: Language
    time_zone: str
    theme: str
    directory_revision: int
    demo: bool
    organisation: str
    session: str | None = None
    token: str | None = None
    scopes: frozenset[str] | None = None
    unread: int = 0
    waiting: int = 0
    points: bool = False

    @property
    def is_hr(self) -> bool:
        """Whether this person may look into reports and hide what should not stand."""
        return Role.HR in self.roles

    @property
    def is_admin(self) -> bool:
        """Whether this person may decide about administrators."""
        return Role.ADMIN in self.roles
