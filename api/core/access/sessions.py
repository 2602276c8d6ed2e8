"""Sign-in with e-mail and password: throttled, the session's token new at each sign-in, all ended at once on wish."""

from __future__ import annotations

from collections.abc import Sequence

from api.core import database
from api.core.access.secrets import check_new_password, hash_password, new_token, password_matches, token_hash
from api.core.access.throttle import ADDRESS_TRIES, minutes_of, reserve_try, throttle_keys
from api.core.clock import DAY, MINUTE, now
from api.core.errors import Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.i18n import ngettext_later as _n
from api.core.ids import is_uuid, uuid7
from api.core.text import one_line


async def sign_in(*, email: str, password: str, network: str, agent: str, old_cookie: str, keep_days: int) -> str:
    """Check the password and open a new session; any session of `old_cookie` ends (no fixation).

    Returns the new cookie. Raises TooMany while the address or the network rests, Invalid if the pair is
    wrong: the same sentence whether or not there is such a person.
    """
    email = one_line(email).lower()
    keys = throttle_keys(email, network)
    await reserve_try(keys=keys)
    person = await database.fetch_one(
        "SELECT id, password_hash FROM person WHERE email = {} AND deactivated_at IS NULL", email
    )
    if not await password_matches(password, person["password_hash"] if person else "") or person is None:
        raise await _refusal(keys=keys)
    return await open_session(
        person_id=person["id"],
        agent=agent,
        old_cookie=old_cookie,
        keep_days=keep_days,
        tried=[key for key, _allowed in keys],
    )


async def _refusal(*, keys: list[tuple[str, int]]) -> Invalid:
    row = await database.fetch_one("SELECT * FROM sign_in_throttle WHERE key = {}", keys[0][0])
    left = max(0, ADDRESS_TRIES - (row["failures"] if row else 0))
    if row is not None and left == 0:
        message = _n(
            "Address and password do not match. Please wait a minute before the next try.",
            "Address and password do not match. Please wait %(n)s minutes before the next try.",
            minutes_of(max(MINUTE, row["blocked_until_at"] - now())),
        )
    else:
        message = _n(
            "Address and password do not match. One more try, then a break of five minutes.",
            "Address and password do not match. %(n)s more tries, then a break of five minutes.",
            left,
        )
    return Invalid.field("password", message)


@database.transaction
async def open_session(
    *, person_id: str, agent: str, old_cookie: str, keep_days: int, tried: Sequence[str] = ()
) -> str:
    """Sign in who has proved to be this person; returns the cookie. `tried`: the throttle's keys of the try."""
    at = now()
    cookie = new_token()
    if old_cookie:
        await database.execute("DELETE FROM session WHERE token_hash = {}", token_hash(old_cookie))
    await database.execute("DELETE FROM session WHERE expires_at < {}", at)
    if tried:
        address, network = tried
        # A good sign-in clears its address and takes its own try back from the network's count: a whole
        # hospital behind one network address signs in every morning.
        await database.execute("DELETE FROM sign_in_throttle WHERE key = {} OR since_at < {}", address, at - DAY)
        await database.execute(
            "UPDATE sign_in_throttle SET failures = failures - 1, blocked_until_at = 0 WHERE key = {}", network
        )
    session_id = uuid7(at)
    await database.execute(
        """INSERT INTO session (token_hash, id, person_id, created_at, last_seen_at, expires_at, agent)
        VALUES ({}, {}, {}, {}, {}, {}, {})""",
        *(token_hash(cookie), session_id, person_id, at, at, at + keep_days * DAY, agent[:200]),
    )
    await record_event("session.opened", actor_id=person_id, subject_id=session_id)
    return cookie


async def sign_in_demo(*, email: str, agent: str, old_cookie: str, keep_days: int) -> str:
    """One-tap sign-in of the demo hospital; everywhere else this does not exist (NotFound)."""
    person = await database.fetch_one(
        """SELECT p.id FROM person p CROSS JOIN organisation o
        WHERE p.email = {} AND o.demo AND p.deactivated_at IS NULL""",
        email,
    )
    if person is None:
        raise NotFound
    return await open_session(person_id=person["id"], agent=agent, old_cookie=old_cookie, keep_days=keep_days)


@database.transaction
async def sign_out(*, cookie: str) -> None:
    """End the session of this cookie; ending it twice is fine."""
    ended = await database.fetch_one(
        "DELETE FROM session WHERE token_hash = {} RETURNING id, person_id", token_hash(cookie)
    )
    if ended is not None:
        await record_event("session.ended", actor_id=ended["person_id"], subject_id=ended["id"])


@database.transaction
async def sign_out_everywhere(*, person_id: str) -> int:
    """End all sessions of a person; returns how many there were."""
    ended = await database.fetch("DELETE FROM session WHERE person_id = {} RETURNING id", person_id)
    await record_event("session.all_ended", actor_id=person_id)
    return len(ended)


@database.transaction
async def end_session(*, person_id: str, session_id: str) -> None:
    """End one of a person's own sessions. Raises NotFound if it is not theirs or has ended."""
    ended = is_uuid(session_id) and await database.fetch(
        "DELETE FROM session WHERE id = {} AND person_id = {} RETURNING id", session_id, person_id
    )
    if not ended:
        raise NotFound
    await record_event("session.ended", actor_id=person_id, subject_id=session_id)


async def change_password(*, person_id: str, email: str, current: str, new: str, keep_session: str | None) -> None:
    """Replace the password and end all other sessions. Raises Invalid beside the field that is wrong."""
    row = await database.fetch_one("SELECT password_hash FROM person WHERE id = {}", person_id)
    if row is None or not await password_matches(current, row["password_hash"]):
        raise Invalid.field("current", _("This is not your present password."))
    check_new_password(new, email=email, field="new")
    await _store_password(person_id=person_id, hashed=await hash_password(new), keep_session=keep_session)


@database.transaction
async def _store_password(*, person_id: str, hashed: str, keep_session: str | None) -> None:
    await database.execute("UPDATE person SET password_hash = {} WHERE id = {}", hashed, person_id)
    if keep_session is None:
        await database.execute("DELETE FROM session WHERE person_id = {}", person_id)
    else:
        await database.execute("DELETE FROM session WHERE person_id = {} AND id <> {}", person_id, keep_session)
    await record_event("password.changed", actor_id=person_id)
