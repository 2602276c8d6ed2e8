"""Propose somebody for an award; what follows when that is decided."""

from __future__ import annotations

from collections.abc import Sequence

from api.approvals import service as approvals
from api.approvals.kinds import Request
from api.awards.queries import runs, today_of
from api.awards.rules import Nominators, may_nominate
from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, Forbidden, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.idempotency import claim, request_hash
from api.core.ids import is_uuid, position, uuid7
from api.core.text import clean, guess_language
from api.kudos.rules import check_message
from api.kudos.service import publish_kudos
from api.kudos.visibility import visible
from api.people.mentions import store_mentions
from api.points import ledger
from api.points.errors import NotEnough
from api.points.records import rules
from api.points.rules import AccountKind

KIND = "award"


@database.transaction
async def nominate(
    *,
    actor: Actor,
    programme_id: str,
    person_id: str,
    message: str,
    kudos_id: str | None = None,
    private: bool = False,
    key: str | None = None,
    client_id: str | None = None,
    mentions: Sequence[str] = (),
) -> tuple[str, bool]:
    """Propose a colleague: (the nomination's id, whether it is new or a repeat).

    The points are held in the award budget of the colleague's department from now on. Raises NotFound, Invalid beside
    the field, Conflict if the budget does not suffice or they are proposed already, Forbidden.
    """
    message = clean(message)
    fingerprint = request_hash(
        {"award": programme_id, "person": person_id, "message": message, "kudos": kudos_id, "private": private}
    )
    nomination_id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=fingerprint)
    if not fresh:
        return nomination_id, False
    programme = is_uuid(programme_id) and await database.fetch_one(
        "SELECT * FROM award_programme WHERE id = {} AND archived_at IS NULL", programme_id
    )
    if not programme:
        raise NotFound
    if not may_nominate(actor, programme["nominators"]):
        raise Forbidden(_("For this award, people who lead others propose somebody."))
    present = await rules()
    if not present.enabled:
        raise Conflict(_("Points are switched off; awards rest meanwhile."))
    if not runs(programme, today_of(actor)):
        raise Conflict(_("Nobody can be proposed for this award at present."))
    nominee = is_uuid(person_id) and await database.fetch_one(
        "SELECT id, department_id FROM person WHERE id = {} AND deactivated_at IS NULL", person_id
    )
    if not nominee:
        raise Invalid.field("person", _("Choose whom you want to propose."))
    if person_id == actor.id:
        raise Invalid.field("person", _("Propose somebody else than yourself."))
    if programme["nominators"] == Nominators.OTHERS and nominee["department_id"] == actor.department_id:
        raise Invalid.field("person", _("This award goes to colleagues of other departments."))
    check_message(message)
    message = await store_mentions(message, prefer={*mentions, person_id})
    await _check_kudos(actor, kudos_id, person_id)
    at = now()
    period = present.budget_period_of(at).key
    hold_id = await _hold(actor, nomination_id, nominee, programme["points"], period)
    made = await database.fetch(
        """INSERT INTO nomination (id, position, programme_id, nominator_id, nominee_id, department_id, for_kudos_id,
            message, language, private, points, hold_id, created_at)
        VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT DO NOTHING RETURNING id""",
        *(nomination_id, position(at), programme_id, actor.id, person_id, nominee["department_id"], kudos_id),
        *(message, guess_language(message, actor.language), private, programme["points"], hold_id, at),
    )
    if not made:
        raise Conflict(_("They are proposed for this award already, and it is not decided yet."))
    await record_event("nomination.made", actor_id=actor.id, subject_id=nomination_id)
    await approvals.ask(
        kind=KIND,
        subject_id=nomination_id,
        requester_id=actor.id,
        concerned_id=person_id,
        department_id=nominee["department_id"],
        amount=programme["points"],
        people=programme["approvals"],
    )
    return nomination_id, True


async def _check_kudos(actor: Actor, kudos_id: str | None, person_id: str) -> None:
    """The thanks that a proposal begins with: to this colleague, and not hidden from whoever proposes."""
    if kudos_id is None:
        return
    allowed, arguments = visible(actor)
    row = is_uuid(kudos_id) and await database.fetch_one(
        f"""SELECT 1 FROM kudos k JOIN kudos_recipient x ON x.kudos_id = k.id
        WHERE k.id = {{}} AND x.person_id = {{}} AND NOT k.private AND {allowed}""",
        *(kudos_id, person_id, *arguments),
    )
    if not row:
        raise Invalid.field("kudos", _("This thank-you is not one to this colleague that everybody can read."))


async def _hold(actor: Actor, nomination_id: str, nominee: database.Row, points: int, period: str) -> str:
    budget = AccountKind.AWARD, nominee["department_id"], period
    earned = AccountKind.EARNED, nominee["id"], ""
    ids = await ledger.accounts([budget, earned])
    try:
        return await ledger.hold(
            kind=KIND, about_id=nomination_id, actor_id=actor.id, entries={ids[budget]: -points, ids[earned]: points}
        )
    except NotEnough as error:
        raise Conflict(
            _(
                "Budget exhausted: the department’s award budget has %(free)s points left; this award needs "
                "%(needed)s. Human resources can add some.",
                free=error.available,
                needed=error.needed,
            )
        ) from error


async def granted(request: Request) -> None:
    """Everybody agreed: the points move, and the award stands in the feed as a thank-you."""
    row = await _end(request.subject_id, "granted")
    await ledger.post(row["hold_id"])
    giver = await database.fetch_one("SELECT department_id FROM person WHERE id = {}", row["nominator_id"])
    assert giver is not None
    await publish_kudos(
        kudos_id=uuid7(),
        giver_id=row["nominator_id"],
        giver_department_id=giver["department_id"],
        departments={row["nominee_id"]: row["department_id"]},
        message=row["message"],
        language=row["language"],
        private=bool(row["private"]),
        deliver_at=now(),
        award_id=row["id"],
    )
    await record_event("award.granted", actor_id=request.decided_by, subject_id=row["id"])


async def declined(request: Request) -> None:
    """It is not granted: the points are free again."""
    row = await _end(request.subject_id, "declined")
    await ledger.void(row["hold_id"])


async def cancelled(request: Request) -> None:
    """It was taken back: the points are free again."""
    row = await _end(request.subject_id, "cancelled")
    await ledger.void(row["hold_id"])


async def _end(nomination_id: str, state: str) -> database.Row:
    rows = await database.fetch(
        "UPDATE nomination SET state = {}, ended_at = {} WHERE id = {} AND state = 'open' RETURNING *",
        *(state, now(), nomination_id),
    )
    return rows[0]
