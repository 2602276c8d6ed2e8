"""Invite people, help who forgot a password, and let in who comes with a link."""

from __future__ import annotations

from api.core import database
from api.core.access.actor import Actor, Role
from api.core.access.secrets import check_new_password, hash_password, new_token
from api.core.access.sessions import open_session
from api.core.access.throttle import reserve_try, throttle_keys
from api.core.clock import DAY, now
from api.core.errors import Conflict, Forbidden, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.core.jobs import enqueue
from api.core.mail import mail_in_use
from api.core.text import one_line
from api.invitations import queries
from api.invitations.rules import HANDED_OVER, LIFETIME, Purpose, link_hash

PASSWORD = "invitations.password"  # noqa: S105 (a kind of job)
FORGOTTEN = "password-"
"""What the throttle calls asking for a new password."""

GONE = _("This link no longer works.")
NO_ADDRESS = _("This does not look like an e-mail address.")
_NO_MAIL = _("This installation sends no e-mail. Make a link and hand it over yourself.")


@database.transaction
async def invite(*, actor: Actor, person_id: str) -> None:
    """Send somebody who has no password yet an e-mail with a link to choose one; again, if they ask.

    While one waits to be sent, this changes nothing. Raises NotFound; Conflict for who has a password, and
    where no e-mail is sent.
    """
    if mail_in_use() is None:
        raise Conflict(_NO_MAIL)
    person = await _locked(person_id)
    if person["password_hash"]:
        raise Conflict(_("They have chosen a password already."))
    if (await queries.invitation(person_id)).waiting:
        return
    await enqueue(queries.SEND, person_id)
    await record_event("person.invited", actor_id=actor.id, subject_id=person_id)


@database.transaction
async def invite_everybody(*, actor: Actor) -> None:
    """Invite all who have no password and no invitation that works, in the background, each once.

    While one such round runs, this changes nothing. Raises Conflict where no e-mail is sent.
    """
    if mail_in_use() is None:
        raise Conflict(_NO_MAIL)
    await database.fetch(f"SELECT id FROM organisation {_for_update()}")  # of two at once, one begins
    if (await queries.invitations()).running:
        return
    await enqueue(queries.EVERYBODY, actor.id)
    await record_event("people.invited", actor_id=actor.id)


@database.transaction
async def invite_some(*, actor_id: str | None, after: str, limit: int) -> str | None:
    """One short step of inviting everybody, after the person `after`: the last one's id, None at the end."""
    people = await queries.next_open(after, limit)
    for person_id in people:
        await enqueue(queries.SEND, person_id)
        await record_event("person.invited", actor_id=actor_id, subject_id=person_id)
    return people[-1] if people else None


@database.transaction
async def make_link(*, person_id: str, purpose: Purpose, made_by: str | None = None) -> str:
    """A new link for this person; returns its token, which is stored nowhere."""
    at = now()
    token = new_token()
    # Those that ended stay a while, so that their page can say why they do not work.
    await database.execute("DELETE FROM link WHERE expires_at < {}", at - 30 * DAY)
    lifetime = HANDED_OVER if made_by and purpose is Purpose.PASSWORD else LIFETIME[purpose]
    await database.execute(
        """INSERT INTO link (token_hash, purpose, person_id, made_by, created_at, expires_at)
        VALUES ({}, {}, {}, {}, {}, {})""",
        *(link_hash(token, purpose), purpose.value, person_id, made_by, at, at + lifetime),
    )
    return token


@database.transaction
async def drop_link(*, token: str, purpose: Purpose) -> None:
    """Forget a link whose e-mail did not go out."""
    await database.execute("DELETE FROM link WHERE token_hash = {}", link_hash(token, purpose))


@database.transaction
async def hand_over_link(*, actor: Actor | None, person_id: str) -> tuple[Purpose, str]:
    """Where no e-mail is sent: a link to hand over oneself, shown this once. `actor` None: the command line.

    A link opens an account, so: for administrators, and for whoever has a password, only administrators make
    one; and nobody does where people get it by e-mail. Raises NotFound, Conflict, Forbidden.
    """
    person = await _locked(person_id)
    if actor is not None:
        if mail_in_use() is not None:
            raise Conflict(_("This installation sends e-mail: they get the link there, and nobody else does."))
        guarded = person["password_hash"] or Role.ADMIN in person["roles"].split()
        if guarded and Role.ADMIN not in actor.roles:
            raise Forbidden(_("Only an administrator may make this link."))
    purpose = Purpose.PASSWORD if person["password_hash"] else Purpose.INVITATION
    actor_id = actor.id if actor else None
    token = await make_link(person_id=person_id, purpose=purpose, made_by=actor_id)
    await record_event("link.handed_over", actor_id=actor_id, subject_id=person_id, detail=purpose.value)
    return purpose, token


def _for_update() -> str:
    return database.sql(sqlite="", postgres="FOR UPDATE")


async def _locked(person_id: str) -> database.Row:
    row = is_uuid(person_id) and await database.fetch_one(
        f"SELECT password_hash, roles FROM person WHERE id = {{}} AND deactivated_at IS NULL {_for_update()}", person_id
    )
    if not row:
        raise NotFound
    return row


async def ask_for_password(*, email: str, network: str) -> None:
    """Send a link for a new password to this address, if somebody here has it. Raises TooMany, for any address.

    What happens is the same for an address that nobody has, down to the statements: the job finds nobody.
    """
    email = one_line(email).lower()
    await reserve_try(keys=throttle_keys(email, network, what=FORGOTTEN))
    await _ask(email=email)


@database.transaction
async def _ask(*, email: str) -> None:
    person = await database.fetch_one("SELECT id FROM person WHERE email = {} AND deactivated_at IS NULL", email)
    await enqueue(PASSWORD, person["id"] if person else None)


async def come_in(*, token: str, purpose: Purpose, password: str, agent: str, old_cookie: str, keep_days: int) -> str:
    """Use up a link: its holder has this password from now on and is signed in; every other session ends.

    Returns the cookie. Raises NotFound if the link works no longer, Invalid beside the password; then the link
    still works.
    """
    person = await queries.holder(token, purpose)
    if person is None:
        raise NotFound(GONE)
    check_new_password(password, email=person.email)
    return await _use_up(
        key=link_hash(token, purpose),
        email=person.email,
        hashed=await hash_password(password),
        agent=agent,
        old_cookie=old_cookie,
        keep_days=keep_days,
    )


@database.transaction
async def _use_up(*, key: str, email: str, hashed: str, agent: str, old_cookie: str, keep_days: int) -> str:
    at = now()
    # One statement looks and uses: of two at once, one finds nothing.
    link = await database.fetch_one(
        "UPDATE link SET used_at = {} WHERE token_hash = {} AND used_at IS NULL AND expires_at > {} RETURNING *",
        *(at, key, at),
    )
    if link is None:
        raise NotFound(GONE)
    person_id = link["person_id"]
    here = await database.fetch(
        "UPDATE person SET password_hash = {} WHERE id = {} AND deactivated_at IS NULL RETURNING id", hashed, person_id
    )
    if not here:
        raise NotFound(GONE)
    await database.execute("DELETE FROM link WHERE person_id = {} AND used_at IS NULL", person_id)
    await database.execute("DELETE FROM session WHERE person_id = {}", person_id)
    invited = link["purpose"] == Purpose.INVITATION
    await record_event("invitation.accepted" if invited else "password.changed", actor_id=person_id)
    (address, _tries), _network = throttle_keys(email, "")
    await database.execute("DELETE FROM sign_in_throttle WHERE key = {}", address)  # their failed tries are over
    return await open_session(person_id=person_id, agent=agent, old_cookie=old_cookie, keep_days=keep_days)
