"""Who may do what: one table for every route of the API and of the pages.

A route names its row in `opt={"policy": "..."}`; an app with a route without a row does not start.
Rows say which roles may come in at all. Whose kudos someone may see or change is decided where rows are
read (`queries.py`): what is not meant for a person does not exist for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Final

import msgspec

from api.core.access.actor import Actor, Role, Scope
from api.core.errors import Forbidden, NotSignedIn
from api.core.i18n import gettext_later as _


class Policy(msgspec.Struct, frozen=True):
    """`roles` None: anybody, signed in or not. `scope` None: not for API tokens, only for browsers."""

    roles: frozenset[Role] | None
    scope: Scope | None


def _for(scope: Scope | None, *roles: Role) -> Policy:
    return Policy(frozenset(roles), scope)


_EVERYONE = Role.COLLEAGUE

POLICIES: Final[Mapping[str, Policy]] = {
    # Nobody is looked up; and where a page differs for those signed in, somebody may be.
    "public": Policy(None, None),
    "visitor": Policy(None, None),
    "account.read": _for(Scope.ACCOUNT, _EVERYONE),
    "account.change": _for(Scope.ACCOUNT, _EVERYONE),
    "account.secrets": _for(None, _EVERYONE),
    "people.read": _for(Scope.PEOPLE_READ, _EVERYONE),
    "departments.read": _for(Scope.PEOPLE_READ, _EVERYONE),
    "values.read": _for(Scope.PEOPLE_READ, _EVERYONE),
    "kudos.read": _for(Scope.KUDOS_READ, _EVERYONE),
    "kudos.give": _for(Scope.KUDOS_WRITE, _EVERYONE),
    "kudos.change": _for(Scope.KUDOS_WRITE, _EVERYONE),
    "kudos.react": _for(Scope.KUDOS_WRITE, _EVERYONE),
    "kudos.comment": _for(Scope.KUDOS_WRITE, _EVERYONE),
    "kudos.report": _for(Scope.KUDOS_WRITE, _EVERYONE),
    "points.read": _for(Scope.KUDOS_READ, _EVERYONE),
    "points.object": _for(Scope.KUDOS_WRITE, _EVERYONE),
    "points.manage": _for(Scope.MODERATE, Role.HR),
    "kudos.moderate": _for(Scope.MODERATE, Role.HR),
    "organisation.write": _for(Scope.ORGANISATION, Role.HR, Role.ADMIN),
    "people.invite": _for(Scope.INVITE, Role.HR, Role.ADMIN),
    # Links open accounts, erasing cannot be undone: a person before a browser does it.
    "people.link": _for(None, Role.HR, Role.ADMIN),
    "people.erase": _for(None, Role.HR, Role.ADMIN),
    "rotations.plan": _for(Scope.ORGANISATION, Role.HR),
    # One's own visits; whose guests and whose team somebody sees is decided where rows are read.
    "rotations.own": _for(Scope.ACCOUNT, _EVERYONE),
    "rotations.host": _for(Scope.ACCOUNT, _EVERYONE),
    "rotations.team": _for(Scope.ACCOUNT, _EVERYONE),
    "feedback.give": _for(Scope.IMPROVEMENTS, _EVERYONE),
    "improvements.read": _for(Scope.IMPROVEMENTS, _EVERYONE),
    "improvements.change": _for(Scope.IMPROVEMENTS, _EVERYONE),
    "improvements.found": _for(Scope.IMPROVEMENTS, Role.HR, Role.MANAGER),
    "events.read": _for(Scope.KUDOS_READ, _EVERYONE),
    "notifications.read": _for(Scope.ACCOUNT, _EVERYONE),
    "notifications.change": _for(Scope.ACCOUNT, _EVERYONE),
    "endpoints.manage": _for(Scope.INTEGRATIONS, Role.ADMIN),
    "rewards.read": _for(Scope.REWARDS_READ, _EVERYONE),
    "rewards.order": _for(Scope.REWARDS_ORDER, _EVERYONE),
    # A code is money: its owner sees it, in a browser.
    "rewards.code": _for(None, _EVERYONE),
    "rewards.manage": _for(Scope.REWARDS_MANAGE, Role.HR),
    # HR everybody's orders, an administrator HR's own: which, is decided where rows are read.
    "rewards.fulfil": _for(Scope.REWARDS_MANAGE, Role.HR, Role.ADMIN),
    "payroll.read": _for(Scope.PAYROLL, Role.HR),
    "approvals.read": _for(Scope.APPROVALS_READ, _EVERYONE),
    "approvals.decide": _for(Scope.APPROVALS_DECIDE, _EVERYONE),
    "approvals.rules": _for(Scope.ORGANISATION, Role.HR),
    "awards.read": _for(Scope.AWARDS, _EVERYONE),
    "awards.nominate": _for(Scope.AWARDS, _EVERYONE),
    "awards.manage": _for(Scope.ORGANISATION, Role.HR),
    "budgets.read": _for(Scope.AWARDS, _EVERYONE),
    "jobs.read": _for(Scope.JOBS, Role.ADMIN),
    "jobs.change": _for(Scope.JOBS, Role.ADMIN),
}


def scopes_of(roles: Set[Role]) -> list[Scope]:
    """The scopes that open anything at all to somebody with these roles."""
    useful = {policy.scope for policy in POLICIES.values() if policy.roles is not None and policy.roles & roles}
    return [scope for scope in Scope if scope in useful]


def authorise(policy: Policy, actor: Actor | None) -> None:
    """Let `actor` pass or raise: NotSignedIn for nobody, Forbidden for the wrong role or a token's scope."""
    if policy.roles is None:
        return
    if actor is None:
        raise NotSignedIn
    if not policy.roles & actor.roles:
        raise Forbidden
    if actor.scopes is not None and (policy.scope is None or policy.scope not in actor.scopes):
        if policy.scope is None:
            raise Forbidden(_("An API token may not do this; sign in with a browser."))
        raise Forbidden(_("This API token lacks the scope %(scope)s.", scope=policy.scope.value))
