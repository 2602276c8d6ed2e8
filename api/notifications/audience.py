"""Who hears of which event: looked at when it is told, so that nobody hears of what they may no longer see.

Everything that a batch of events needs is read in a constant number of statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from api.core import database
from api.core.text import mentioned
from api.notifications.after_audience import AFTER, After, after_of, of_after
from api.notifications.case_audience import CASES, Case, cases_of, of_case
from api.notifications.order_audience import ORDERS, Order, of_order, orders_of
from api.notifications.people import people_with
from api.notifications.rotation_audience import ROTATIONS, of_rotation, visitors_of
from api.notifications.rules import Kind
from api.notifications.told import Told
from api.notifications.visit_audience import VISITS, VisitParts, of_visit, visits_of

READ = (
    *("kudos.delivered", "kudos.edited", "kudos.shown", "kudos.hidden", "kudos.withdrawn"),
    *("comment.added", "comment.edited", "comment.shown", "comment.hidden", "comment.withdrawn"),
    *("reaction.added", "reaction.removed", "report.opened", "report.resolved"),
    *CASES,
    *ORDERS,
    *ROTATIONS,
    *VISITS,
    *AFTER,
    *("points.alerted", "points.objected", "points.reversed"),
)
"""Events that tell somebody something, or take something back that they were told."""

_TO_HR = frozenset({"report.opened", "points.alerted", "points.objected", "absence_feed.failed", "visit.declined"})


class Known:
    """What the events of a batch are about, as it stands now."""

    def __init__(
        self,
        kudos: Iterable[database.Row],
        recipients: Iterable[database.Row],
        comments: Iterable[database.Row],
        hr: Iterable[str],
        alerts: Iterable[database.Row],
        cases: Mapping[str, Case] = MappingProxyType({}),
        orders: Mapping[str, Order] = MappingProxyType({}),
        visitors: Mapping[str, list[str]] = MappingProxyType({}),
        visits: Mapping[str, VisitParts] = MappingProxyType({}),
        after: Mapping[str, After] = MappingProxyType({}),
    ) -> None:
        self.kudos = {row["id"]: row for row in kudos}
        self.recipients: dict[str, dict[str, str | None]] = {}
        for row in recipients:
            self.recipients.setdefault(row["kudos_id"], {})[row["person_id"]] = row["manager_id"]
        self.comments = {row["id"]: row for row in comments}
        self.hr = list(hr)
        self.cases = cases
        self.orders = orders
        self.visitors = visitors
        self.visits = visits
        self.after = after
        self.givers = {row["id"]: row["giver_id"] for row in alerts}

    def commenters(self, kudos_id: str, before: int) -> Iterator[str]:
        """Who has commented on a kudos before that time, in words that still stand."""
        for row in self.comments.values():
            if row["kudos_id"] == kudos_id and row["created_at"] < before and stands(row):
                yield row["author_id"]


def stands(row: database.Row) -> bool:
    """Whether a kudos or a comment is neither taken back nor hidden."""
    return row["withdrawn_at"] is None and row["hidden_at"] is None


async def know(events: Sequence[database.Row]) -> Known:
    """Read what these events are about."""
    ids = sorted({row["kudos_id"] for row in events if row["kudos_id"]})
    commented = sorted({row["kudos_id"] for row in events if row["kind"].startswith("comment.")})
    odd = sorted({row["subject_id"] for row in events if row["kind"].startswith("points.") and row["subject_id"]})
    kudos = await _among(
        "SELECT id, giver_id, message, private, delivered_at, withdrawn_at, hidden_at, award_id FROM kudos WHERE id IN",
        ids,
    )
    recipients = await _among(
        """SELECT r.kudos_id, r.person_id, p.manager_id FROM kudos_recipient r JOIN person p ON p.id = r.person_id
        WHERE r.kudos_id IN""",
        ids,
    )
    comments = await _among(
        """SELECT id, kudos_id, author_id, message, created_at, withdrawn_at, hidden_at FROM comment
        WHERE kudos_id IN""",
        commented,
    )
    hr = await people_with("hr") if any(row["kind"] in _TO_HR for row in events) else []
    alerts = await _among("SELECT id, giver_id FROM points_alert WHERE id IN", odd)
    return Known(
        *(kudos, recipients, comments, hr, alerts, await cases_of(events), await orders_of(events)),
        visitors=await visitors_of(events),
        visits=await visits_of(events),
        after=await after_of(events),
    )


async def _among(select: str, ids: Sequence[str]) -> list[database.Row]:
    return await database.fetch(f"{select} ({database.placeholders(len(ids))})", *ids) if ids else []


def told(event: database.Row, known: Known) -> list[Told]:
    """Whom an event tells of what. Each person once, for the best reason; never the one who did it."""
    if event["kind"] in CASES:
        return of_case(event, known.cases)
    if event["kind"] in ORDERS:
        return of_order(event, known.orders)
    if event["kind"] in ROTATIONS:
        return of_rotation(event, known.visitors, known.hr)
    if event["kind"] in VISITS:
        return of_visit(event, known.visits, known.hr)
    if event["kind"] in AFTER:
        return of_after(event, known.after)
    if event["kind"].startswith("points."):
        return list(_points(event, known))
    kudos = known.kudos.get(event["kudos_id"])
    if kudos is None or kudos["withdrawn_at"] is not None:
        return []
    happened = event["kind"]
    found: list[Told] = []
    if happened in ("kudos.delivered", "kudos.shown"):
        found = list(_thanks(kudos, known))
    elif happened == "kudos.edited":
        found = [entry for entry in _thanks(kudos, known) if entry.kind is Kind.MENTIONED]
    elif happened in ("comment.added", "comment.shown", "comment.edited"):
        found = list(_comment(event, kudos, known, only_mentions=happened == "comment.edited"))
    elif happened == "reaction.added":
        found = list(_reaction(event, kudos, known))
    elif happened == "kudos.hidden" and kudos["hidden_at"] is not None:
        found = [_hidden(kudos["giver_id"], kudos["id"], kudos["id"], event["actor_id"])]
    elif happened == "comment.hidden":
        comment = known.comments.get(event["subject_id"])
        if comment is not None and comment["hidden_at"] is not None and comment["withdrawn_at"] is None:
            found = [_hidden(comment["author_id"], kudos["id"], comment["id"], event["actor_id"])]
    elif happened == "report.opened":
        found = [
            Told(
                person_id=person_id,
                kind=Kind.REPORTED,
                key=f"report:{event['subject_id']}",
                kudos_id=kudos["id"],
                subject_id=event["subject_id"],
            )
            for person_id in known.hr
        ]
    first: dict[str, Told] = {}
    for entry in found:
        if entry.person_id != event["actor_id"]:
            first.setdefault(entry.person_id, entry)
    return list(first.values())


def _points(event: database.Row, known: Known) -> Iterator[Told]:
    """HR of what looks odd and of objections, the giver of a reversal."""
    giver = known.givers.get(event["subject_id"])
    reversed_ = event["kind"] == "points.reversed"
    for person_id in filter(None, [giver] if reversed_ else known.hr):
        if person_id != event["actor_id"]:
            yield Told(
                person_id=person_id,
                kind=Kind.REVERSED if reversed_ else Kind.ODD_POINTS,
                key=f"{event['kind']}:{event['subject_id']}",
                subject_id=event["subject_id"],
                actor_id=event["actor_id"],
            )


def _hidden(person_id: str, kudos_id: str, subject_id: str, actor_id: str | None) -> Told:
    return Told(
        person_id=person_id,
        kind=Kind.HIDDEN,
        key=f"hidden:{subject_id}",
        kudos_id=kudos_id,
        subject_id=subject_id,
        actor_id=actor_id,
    )


def _thanks(kudos: database.Row, known: Known) -> Iterator[Told]:
    """Recipients, then who is mentioned, then the recipients' managers: what is private is between giver and
    recipients. Before it is delivered it may still be taken back, and tells nobody."""
    if not stands(kudos) or kudos["delivered_at"] is None:
        return
    recipients = known.recipients.get(kudos["id"], {})

    def entry(person_id: str, kind: Kind, subject_id: str | None = None) -> Told:
        return Told(
            person_id=person_id,
            kind=kind,
            key=f"kudos:{kudos['id']}",
            kudos_id=kudos["id"],
            subject_id=subject_id,
            actor_id=kudos["giver_id"],
            detail="award" if kind is Kind.THANKED and kudos["award_id"] is not None else "",
        )

    for person_id in recipients:
        if person_id != kudos["giver_id"]:
            yield entry(person_id, Kind.THANKED)
    if kudos["private"]:
        return
    for person_id in mentioned(kudos["message"]):
        if person_id != kudos["giver_id"]:
            yield entry(person_id, Kind.MENTIONED)
    for person_id, manager_id in recipients.items():
        if manager_id is not None and manager_id != kudos["giver_id"]:
            yield entry(manager_id, Kind.TEAM, person_id)


def _comment(event: database.Row, kudos: database.Row, known: Known, *, only_mentions: bool) -> Iterator[Told]:
    comment = known.comments.get(event["subject_id"])
    if comment is None or not stands(comment) or not stands(kudos):
        return
    giver, recipients = kudos["giver_id"], known.recipients.get(kudos["id"], {})

    def entry(person_id: str, kind: Kind) -> Told:
        return Told(
            person_id=person_id,
            kind=kind,
            key=f"comment:{comment['id']}",
            kudos_id=kudos["id"],
            subject_id=comment["id"],
            actor_id=comment["author_id"],
        )

    def told_of(person_id: str) -> bool:
        # Whoever may not know of the thanks (yet) is not told of what is said about them.
        if person_id == giver:
            return True
        return kudos["delivered_at"] is not None and (not kudos["private"] or person_id in recipients)

    people = [(person_id, Kind.MENTIONED) for person_id in mentioned(comment["message"])]
    if not only_mentions:
        others = (giver, *recipients, *known.commenters(kudos["id"], comment["created_at"]))
        people += [(person_id, Kind.COMMENTED) for person_id in others]
    for person_id, kind in people:
        if person_id != comment["author_id"] and told_of(person_id):
            yield entry(person_id, kind)


def _reaction(event: database.Row, kudos: database.Row, known: Known) -> Iterator[Told]:
    if not stands(kudos):
        return
    recipients = known.recipients.get(kudos["id"], {}) if kudos["delivered_at"] is not None else {}
    for person_id in (kudos["giver_id"], *recipients):
        yield Told(
            person_id=person_id,
            kind=Kind.REACTED,
            key=f"reaction:{kudos['id']}",
            kudos_id=kudos["id"],
            actor_id=event["actor_id"],
        )
