"""One delivery to one endpoint: made from its ids, sent, noted. What is noted are codes, never a body."""

from __future__ import annotations

from contextlib import suppress

import msgspec

from api.core import database
from api.core.clock import DAY, now
from api.core.events import record_event
from api.core.i18n import Language
from api.core.ids import uuid7
from api.core.jobs import Job, PermanentFailure, TemporaryFailure, finish
from api.core.outgoing import Answer, Forbidden, Unreachable, outside_in_use, post
from api.core.sealing import SealBroken
from api.core.text import mentioned, plain, render
from api.notifications.addressing import TEST
from api.notifications.audience import stands
from api.notifications.channels import mail, mattermost, slack, teams, webhook
from api.notifications.channels.letter import Letter, sample
from api.notifications.people import hearers, people_with
from api.notifications.rules import Kind
from api.notifications.secrets import unseal
from api.notifications.telling import tell
from api.notifications.told import Told

ATTEMPTS = 14
"""With pauses that double up to an hour: for about six hours."""

GIVES_UP_AFTER = DAY
"""An endpoint that has answered nothing but failures for so long is switched off."""

_GONE = 410
_PAYLOADS = {"slack": slack.payload, "teams": teams.payload, "mattermost": mattermost.payload}


async def run(job: Job) -> None:
    """Send the delivery of this job. Raises TemporaryFailure, PermanentFailure."""
    row = await database.fetch_one(
        """SELECT d.*, e.channel, e.url, e.language, e.secret, e.old_secret, e.old_secret_until, e.disabled_at
        FROM delivery d JOIN endpoint e ON e.id = d.endpoint_id WHERE d.id = {}""",
        job.subject_id,
    )
    if row is None or row["state"] != "waiting":
        return
    try:
        url = unseal(row["url"], row["endpoint_id"])
        request = None if row["disabled_at"] is not None else await _request(row)
    except SealBroken:
        await _note(job, row, "failed", None, "sealed")
        raise PermanentFailure("sealed") from None
    if request is None:
        await _note(job, row, "dropped", None, "")
        return
    body, headers = request
    answer: Answer | None = None
    try:
        answer = await post(url, body, headers, allowed=outside_in_use().allowed)
        error = "" if 200 <= answer.status < 300 else f"status_{answer.status}"
        final = answer.status == _GONE
    except Unreachable as problem:
        error, final = str(problem), False
    except Forbidden as problem:
        error, final = str(problem), True
    if not error:
        await _note(job, row, "delivered", answer, "")
        return
    final = final or job.attempts >= ATTEMPTS
    await _note(job, row, "failed" if final else "waiting", answer, error)
    raise PermanentFailure(error) if final else TemporaryFailure(error)


async def _request(row: database.Row) -> tuple[bytes, dict[str, str]] | None:
    """Body and headers; None where there is nothing (any more) that may be shown. Raises SealBroken."""
    base_url = outside_in_use().base_url
    if row["channel"] == "webhook":
        body = webhook.body(
            row["kind"],
            row["occurred_at"],
            base_url=base_url,
            kudos_id=row["kudos_id"],
            subject_id=row["subject_id"],
            actor_id=row["actor_id"],
        )
        at = now()
        secrets = [unseal(row["secret"], row["endpoint_id"])]
        if row["old_secret"] and (row["old_secret_until"] or 0) > at:
            with suppress(SealBroken):
                secrets.append(unseal(row["old_secret"], row["endpoint_id"]))
        return body, webhook.headers(row["id"], at, body, secrets)
    if row["kind"] == TEST:
        letter: Letter | None = sample(row["language"], base_url)
    else:
        letter = await _letter(row["kudos_id"], row["language"], base_url)
    if letter is None:
        return None
    return msgspec.json.encode(_PAYLOADS[row["channel"]](letter)), {"content-type": "application/json"}


async def _letter(kudos_id: str, language: Language, base_url: str) -> Letter | None:
    kudos = await database.fetch_one(
        """SELECT k.message, k.private, k.withdrawn_at, k.hidden_at, p.name AS giver
        FROM kudos k JOIN person p ON p.id = k.giver_id WHERE k.id = {}""",
        kudos_id,
    )
    if kudos is None or kudos["private"] or not stands(kudos):
        return None
    recipients = await database.fetch(
        """SELECT p.name FROM kudos_recipient r JOIN person p ON p.id = r.person_id
        WHERE r.kudos_id = {} ORDER BY p.search, p.id""",
        kudos_id,
    )
    named = mentioned(kudos["message"])
    people = named and await database.fetch(
        f"SELECT id, name FROM person WHERE id IN ({database.placeholders(len(named))})", *named
    )
    return Letter(
        giver=kudos["giver"],
        recipients=[row["name"] for row in recipients],
        words=plain(render(kudos["message"], {row["id"]: row["name"] for row in people or []})),
        url=f"{base_url}/kudos/{kudos_id}" if base_url else "",
        language=language,
    )


@database.transaction
async def _note(job: Job, row: database.Row, state: str, answer: Answer | None, error: str) -> None:
    """Note how it went, on the delivery and its endpoint. A failed try stays the worker's, who lets it rest."""
    at = now()
    await database.execute(
        """UPDATE delivery SET state = {}, attempts = attempts + 1, status = {}, milliseconds = {}, error = {},
            ended_at = {} WHERE id = {}""",
        *(state, answer.status if answer else None, answer.milliseconds if answer else None, error),
        *(None if state == "waiting" else at, row["id"]),
    )
    if not error:
        await database.execute(
            "UPDATE endpoint SET failures = 0, failing_since = NULL WHERE id = {} AND failures > 0", row["endpoint_id"]
        )
        await finish(job)
        return
    endpoint = await database.fetch_one(
        """UPDATE endpoint SET failures = failures + 1, failing_since = COALESCE(failing_since, {})
        WHERE id = {} AND disabled_at IS NULL RETURNING failing_since""",
        *(at, row["endpoint_id"]),
    )
    gone = answer is not None and answer.status == _GONE
    if endpoint is not None and (gone or at - endpoint["failing_since"] >= GIVES_UP_AFTER):
        await _switch_off(row["endpoint_id"], at)


async def _switch_off(endpoint_id: str, at: int) -> None:
    """Stop sending, and tell the administrators."""
    await database.execute("UPDATE endpoint SET disabled_at = {} WHERE id = {}", at, endpoint_id)
    admins = await hearers(await people_with("admin"))
    told = [
        Told(person_id=person_id, kind=Kind.ENDPOINT, key=f"endpoint:{uuid7(at)}", subject_id=endpoint_id)
        for person_id in admins
    ]
    await mail.plan(await tell(told, admins))
    await record_event("endpoint.switched_off", actor_id=None, subject_id=endpoint_id)
