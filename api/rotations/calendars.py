"""A person's visits for their calendar: one visit, or all of them at a secret address that can be revoked.

Events carry the clocks of the house (TZID with VTIMEZONE), so that eight o'clock stays eight over a change to summer
time. A visit of several days is one event that repeats daily, since nobody stays the night.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.access.secrets import new_token, token_hash
from api.core.clock import DAY, HOUR, MINUTE, now, utc
from api.core.errors import NotFound, TooMany
from api.core.events import record_event
from api.core.i18n import Language, Message, language_or_none
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.people.schemas import name_column
from api.rotations.blocks import days_of, free_days
from api.rotations.queries import partners_of
from api.rotations.rules import Pattern

SHOWN_FOR = 90 * DAY
"""So long past visits stay in the calendar."""
ASKS = 60
"""So often an hour one address may be asked."""

_STATUS = {"accepted": "CONFIRMED", "done": "CONFIRMED", "cancelled": "CANCELLED", "declined": "CANCELLED"}
_KINDS: dict[str, Message] = {"swap": _("Job swap"), "ring": _("Ring swap"), "shadow": _("Shadow visit")}


class Feed(msgspec.Struct, frozen=True):
    """What a calendar gets: iCalendar text and its fingerprint."""

    content: bytes
    etag: str


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An event: its days (more than one: from `start` to `end` on each), or one stretch of time."""

    uid: str
    sequence: int
    stamp: datetime
    status: str
    start: datetime
    end: datetime
    days: list[date]
    summary: str
    description: str
    place: str


@database.transaction
async def make_address(*, actor: Actor) -> str:
    """A new secret for the person's calendar, shown this once; the one before no longer works."""
    token = new_token()
    await database.execute(
        """INSERT INTO calendar_feed (person_id, token_hash, made_at) VALUES ({}, {}, {})
        ON CONFLICT (person_id) DO UPDATE SET token_hash = excluded.token_hash, made_at = excluded.made_at,
            read_at = NULL""",
        *(actor.id, token_hash(token), now()),
    )
    await record_event("calendar.made", actor_id=actor.id, subject_id=actor.id)
    return token


def address(token: str, *, base_url: str) -> str:
    """Where a calendar program finds the visits behind this secret."""
    return f"{base_url}/calendar/{token}.ics"


@database.transaction
async def revoke_address(*, actor: Actor) -> None:
    """No calendar gets anything any more; calm if there is no address."""
    gone = await database.fetch("DELETE FROM calendar_feed WHERE person_id = {} RETURNING person_id", actor.id)
    if gone:
        await record_event("calendar.revoked", actor_id=actor.id, subject_id=actor.id)


_asked: dict[str, tuple[int, int]] = {}


def _count(key: str) -> None:
    """Raises TooMany for an address that is asked all the time; counted in this process, it saves work and no more."""
    hour = now() // HOUR
    before, count = _asked.get(key, (hour, 0))
    if len(_asked) > 20_000:
        _asked.clear()
    _asked[key] = (hour, count + 1 if before == hour else 1)
    if _asked[key][1] > ASKS:
        rest = ((hour + 1) * HOUR - now()) // 1_000_000 + 1
        raise TooMany(_("This calendar is asked too often. Once an hour is enough."), retry_after=rest)


async def feed(token: str, *, base_url: str) -> Feed:
    """The calendar behind a secret address. Raises NotFound for one that is not (or no longer) ours, TooMany."""
    key = token_hash(token)
    row = await database.fetch_one(
        """SELECT c.person_id, c.read_at, p.language, o.language AS house_language FROM calendar_feed c
        JOIN person p ON p.id = c.person_id CROSS JOIN organisation o
        WHERE c.token_hash = {} AND p.deactivated_at IS NULL""",
        key,
    )
    if row is None:
        raise NotFound
    _count(key)
    at = now()
    if row["read_at"] is None or row["read_at"] < at - 10 * MINUTE:
        await _note_reading(row["person_id"], at)
    language = language_or_none(row["language"] or "") or language_or_none(row["house_language"]) or "en"
    person_id = row["person_id"]
    entries = await _visits(person_id, language, base_url, "v.ends_at > {}", at - SHOWN_FOR)
    entries += await _meetings(person_id, language, at - SHOWN_FOR)
    return _written(entries, language)


@database.transaction
async def _note_reading(person_id: str, at: int) -> None:
    await database.execute("UPDATE calendar_feed SET read_at = {} WHERE person_id = {}", at, person_id)


async def single(person_id: str, visit_id: str, language: Language, *, base_url: str) -> Feed:
    """One visit of this person. Raises NotFound."""
    entries = is_uuid(visit_id) and await _visits(
        person_id, language, base_url, "v.uid = (SELECT w.uid FROM visit w WHERE w.id = {})", visit_id
    )
    if not entries:
        raise NotFound
    return _written(entries, language)


async def _visits(person_id: str, language: Language, base_url: str, where: str, *arguments: object) -> list[_Entry]:
    """The visits of the version that holds, and those that are off now: two statements."""
    rows = await database.fetch(
        f"""SELECT v.id, v.uid, v.revision, v.starts_at, v.ends_at, v.kind, v.state, v.plan_id, v.group_number,
            n.state AS plan_state, n.published_at, m.time_zone, m.pattern, o.name_{language} AS host,
            COALESCE(g.place, '') AS place, COALESCE({name_column("b", language)}, '') AS buddy,
            COALESCE(a.at, n.published_at) AS answered_at
        FROM visit v JOIN plan n ON n.id = v.plan_id JOIN programme m ON m.id = v.programme_id
        JOIN department o ON o.id = v.host_id LEFT JOIN hosting g ON g.department_id = v.host_id
        LEFT JOIN person b ON b.id = v.buddy_id LEFT JOIN visit_answer a ON a.uid = v.uid
        WHERE v.person_id = {{}} AND v.state <> 'planned' AND n.published_at IS NOT NULL AND {where}
        ORDER BY n.published_at, v.id""",
        *(person_id, *arguments),
    )
    latest = {row["uid"]: row for row in rows}  # of each visit the row of its last version
    partners = await partners_of(language, {(row["plan_id"], row["group_number"]) for row in latest.values()})

    def others(row: database.Row) -> list[str]:
        group = partners.get((row["plan_id"], row["group_number"]), [])
        return [one.name for one in group if one.id != person_id]

    return [_visit(row, others(row), language, base_url) for row in latest.values()]


def _visit(row: database.Row, partners: Sequence[str], language: Language, base_url: str) -> _Entry:
    zone = ZoneInfo(row["time_zone"])
    start, end = utc(row["starts_at"]).astimezone(zone), utc(row["ends_at"]).astimezone(zone)
    days = [start.date()]
    if start.date() != end.date() and start.time() < end.time():
        pattern = msgspec.json.decode(row["pattern"], type=Pattern)
        free = free_days(pattern, start.date(), end.date())
        days = [day for day in days_of(row["starts_at"], row["ends_at"], pattern, zone) if day not in free] or days
    # What a later version left out is off, unless it had taken place
    gone = row["plan_state"] == "retired" and row["state"] not in ("done", "declined", "cancelled")
    status = "CANCELLED" if gone else _STATUS.get(row["state"], "TENTATIVE")
    lines = [_KINDS[row["kind"]].text(language)]
    if partners:
        lines.append(_("With %(names)s", names=", ".join(partners)).text(language))
    if row["buddy"]:
        lines.append(_("%(name)s looks after you", name=row["buddy"]).text(language))
    lines.append(f"{base_url}/visits/{row['id']}")
    return _Entry(
        uid=f"{row['uid']}@gearmesh",
        sequence=row["revision"] + gone,
        stamp=utc(max(row["published_at"], row["answered_at"])),
        status=status,
        start=start,
        end=end,
        days=days,
        summary=_("Visit: %(department)s", department=row["host"]).text(language),
        description="\n".join(lines),
        place=row["place"],
    )


async def _meetings(person_id: str, language: Language, since: int) -> list[_Entry]:
    rows = await database.fetch(
        f"""SELECT x.id, x.revision, x.starts_at, x.ends_at, x.place, x.state, m.time_zone,
            {name_column("p", language)} AS name, d.name_{language} AS department
        FROM exchange_meeting x JOIN programme m ON m.id = x.programme_id
        JOIN person p ON p.id = CASE WHEN x.one_id = {{}} THEN x.other_id ELSE x.one_id END
        JOIN department d ON d.id = p.department_id
        WHERE (x.one_id = {{}} OR x.other_id = {{}}) AND x.ends_at > {{}} AND x.state <> 'planned'
        ORDER BY x.starts_at, x.id""",
        *(person_id, person_id, person_id, since),
    )
    entries = []
    for row in rows:
        zone = ZoneInfo(row["time_zone"])
        start = utc(row["starts_at"]).astimezone(zone)
        entries.append(
            _Entry(
                uid=f"{row['id']}@gearmesh",
                sequence=row["revision"],
                stamp=utc(row["starts_at"]) - timedelta(days=90),  # nothing else is known of when it was made
                status=_STATUS.get(row["state"], "TENTATIVE"),
                start=start,
                end=utc(row["ends_at"]).astimezone(zone),
                days=[start.date()],
                summary=_("Exchange meeting: %(name)s, %(department)s", name=row["name"],
                          department=row["department"]).text(language),
                description="",
                place=row["place"],
            )
        )  # fmt: skip
    return entries


def _written(entries: Sequence[_Entry], language: Language) -> Feed:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Gearmesh//rotations//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("My rotations").text(language))
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    if entries:
        calendar.add_missing_timezones(
            min(entry.start for entry in entries).date() - timedelta(days=370),
            max(entry.end for entry in entries).date() + timedelta(days=370),
        )
    content: bytes = calendar.to_ical()
    return Feed(content, hashlib.sha256(content).hexdigest()[:32])


def _event(entry: _Entry) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp)
    event.add("status", entry.status)
    event.add("transp", "TRANSPARENT" if entry.status == "CANCELLED" else "OPAQUE")
    zone, first = entry.start.tzinfo, entry.days[0]
    if len(entry.days) > 1:
        until = datetime.combine(entry.days[-1], entry.start.time(), tzinfo=zone)
        event.add("dtstart", datetime.combine(first, entry.start.time(), tzinfo=zone))
        event.add("dtend", datetime.combine(first, entry.end.time(), tzinfo=zone))
        event.add("rrule", {"freq": "daily", "until": until.astimezone(UTC)})
        between = (first + timedelta(days=n) for n in range((entry.days[-1] - first).days))
        left_out = [datetime.combine(day, entry.start.time(), tzinfo=zone) for day in between if day not in entry.days]
        if left_out:
            event.add("exdate", left_out)
    else:
        event.add("dtstart", entry.start)
        event.add("dtend", entry.end)
    event.add("summary", entry.summary)
    if entry.description:
        event.add("description", entry.description)
    if entry.place:
        event.add("location", entry.place)
    return event
