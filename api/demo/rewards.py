"""A catalogue for the demo, and orders in every state, made by the same steps that people take."""

from __future__ import annotations

from api.approvals import service as approvals
from api.approvals import steps
from api.approvals.kinds import use_kinds
from api.approvals.rules import Decision
from api.cases import CASES
from api.core import database
from api.core.access.actor import Actor
from api.core.clock import DAY, HOUR
from api.core.sealing import sealing_in_use
from api.demo.generate import Demo
from api.demo.people import Person
from api.points import ledger
from api.points.rules import HOUSE, AccountKind
from api.rewards import codes, ordering, service
from api.rewards.catalogue import create_reward

_CODES = "KAFFEE-7F3K-2M\nKAFFEE-9QX4-8T\nKAFFEE-1WZ6-5R\nKAFFEE-4HN8-3V\nKAFFEE-6BD2-9P\nKAFFEE-8LS5-7C"

CATALOGUE: dict[str, dict[str, object]] = {
    "coffee": {
        "title_de": "Kaffee für eine Woche", "title_en": "Coffee for a week",
        "text_de": "Fünfmal Kaffee oder Tee an der Bar im Foyer. Der Code kommt sofort.",
        "text_en": "Coffee or tea five times at the bar in the foyer. The code comes at once.",
        "kind": "voucher", "points": 60, "cents": 1_250, "tax_class": "benefit", "motif": "cup", "hue": 2,
        "limit_count": 1, "limit_period": "month",
    },
    "donation": {
        "title_de": "10 € für die Klinikclowns", "title_en": "€10 for the clinic clowns",
        "text_de": "Sie kommen jeden Donnerstag auf die Kinderstation. Das Haus überweist für Dich.",
        "text_en": "They visit the children’s ward every Thursday. The house transfers it for you.",
        "kind": "donation", "points": 100, "cents": 1_000, "tax_class": "exempt", "motif": "heart", "hue": 10,
    },
    "bike": {
        "title_de": "Lastenrad fürs Wochenende", "title_en": "Cargo bike for a weekend",
        "text_de": "Freitagmittag bis Montagfrüh, mit Kindersitz. Schreib dazu, welches Wochenende.",
        "text_en": "Friday noon to Monday morning, with a child seat. Say which weekend.",
        "kind": "goods", "points": 240, "cents": 1_500, "tax_class": "benefit", "motif": "bike", "hue": 6, "stock": 4,
    },
    "book": {
        "title_de": "Büchergutschein, 25 €", "title_en": "Book voucher, €25",
        "text_de": "Für die Buchhandlung in der Lindenstraße, persönlich überreicht.",
        "text_en": "For the bookshop on Lindenstrasse, handed over in person.",
        "kind": "voucher", "points": 250, "cents": 2_500, "tax_class": "benefit", "motif": "book", "hue": 3, "stock": 12,
    },
    "tree": {
        "title_de": "Ein Baum mit Namen", "title_en": "A tree with a name",
        "text_de": "Im Garten des Hauses. Du sagst, für wen er steht.",
        "text_en": "In the hospital garden. You choose whom it is for.",
        "kind": "custom", "points": 300, "cents": 0, "tax_class": "exempt", "motif": "tree", "hue": 14, "stock": 3,
    },
    "breakfast": {
        "title_de": "Frühstück fürs Team", "title_en": "Breakfast for the team",
        "text_de": "Brötchen, Obst und guter Kaffee für bis zu zwölf.",
        "text_en": "Rolls, fruit and decent coffee for up to twelve.",
        "kind": "team_event", "points": 400, "cents": 6_000, "tax_class": "exempt", "motif": "gift", "hue": 12,
    },
    "theatre": {
        "title_de": "Karte fürs Schauspielhaus", "title_en": "Theatre ticket",
        "text_de": "Ein Platz in einer Vorstellung Deiner Wahl.",
        "text_en": "One seat in any performance you like.",
        "kind": "voucher", "points": 450, "cents": 3_800, "tax_class": "benefit", "motif": "ticket", "hue": 9, "stock": 2,
    },
    "afternoon": {
        "title_de": "Ein freier Nachmittag", "title_en": "A free afternoon",
        "text_de": "An einem Tag, dem Deine Führungskraft zustimmt. Die Besetzung geht vor.",
        "text_en": "On a day your manager agrees to. Staffing comes first.",
        "kind": "time_off", "points": 800, "cents": 0, "tax_class": "exempt", "motif": "clock", "hue": 8,
        "limit_count": 1, "limit_period": "quarter",
    },
}

_EXTRA = {"Aylin Demir": 860, "Jonas Weber": 760, "Meike Brüning": 420, "Renate Oswald": 140, "Greta Sommer": 360}
_EXTRA |= {"Priya Raman": 130, "Samuel Mbeki": 80}
"""Points that these people have earned before."""


async def put_rewards(demo: Demo) -> None:
    """Store catalogue and orders in the running transaction."""
    use_kinds(CASES)
    people = {name: demo.person(name) for name in _EXTRA}
    await _earn(people)
    hr = _as(demo, demo.hr)
    ids = {}
    for key, fields in CATALOGUE.items():
        with_codes = key == "coffee" and sealing_in_use() is not None
        fields = {**fields, "fulfilment": "codes"} if with_codes else fields
        ids[key] = (await create_reward(actor=hr, fields=fields))[0].id
        if with_codes:
            await codes.import_codes(actor=hr, reward_id=ids[key], text=_CODES)

    async def order(name: str, key: str, days: int, note: str = "", when: str = "now") -> str:
        actor = _as(demo, people[name])
        made, _fresh = await ordering.order(actor=actor, reward_id=ids[key], note=note, when=when)
        await _was(made, days)
        return made

    await order("Aylin Demir", "bike", 1, "Vom 27. bis 30. November, wir ziehen um.")
    await order("Aylin Demir", "coffee", 0)
    mine = await order("Jonas Weber", "theatre", 9)
    await _decide(mine)
    await service.hand_over(actor=hr, redemption_id=mine)
    await order("Jonas Weber", "book", 1, "Für meine Nichte.", "now_taxed")
    await _decide(await order("Meike Brüning", "breakfast", 3, "Für die ganze Abrechnung, nach dem Monatsabschluss."))
    given = await order("Renate Oswald", "donation", 6)
    await service.hand_over(actor=hr, redemption_id=given)
    await _decide(await order("Greta Sommer", "tree", 4), "Gepflanzt wird erst im März. Bestell ihn dann noch einmal.")
    await order("Priya Raman", "donation", 2)
    await service.cancel(
        actor=_as(demo, people["Samuel Mbeki"]), redemption_id=await order("Samuel Mbeki", "coffee", 1)
    )
    await _nobody_is_told()


async def _earn(people: dict[str, Person]) -> None:
    issue = await ledger.account(AccountKind.ISSUE, HOUSE)
    for name, person in people.items():
        own = await ledger.account(AccountKind.EARNED, person.id)
        await ledger.transfer(kind="boost", entries={own: _EXTRA[name], issue: -_EXTRA[name]})


def _actor(person_id: str, name: str, department_id: str) -> Actor:
    return Actor(
        id=person_id,
        name=name,
        email="",
        department_id=department_id,
        department_code="",
        department_name="",
        department_hue=1,
        roles=frozenset(),
        language="de",
        time_zone="Europe/Berlin",
        theme="",
        directory_revision=0,
        demo=True,
        organisation="",
    )


def _as(demo: Demo, person: Person) -> Actor:
    return _actor(person.id, person.name, demo.department_ids[person.department])


async def _decide(redemption_id: str, reason: str = "") -> None:
    """Whoever is asked decides, and it takes effect."""
    row = await database.fetch_one(
        """SELECT d.approval_id, p.id, p.name, p.department_id FROM redemption r JOIN approval_decider d ON d.approval_id = r.approval_id
        JOIN person p ON p.id = d.person_id WHERE r.id = {} ORDER BY p.id LIMIT 1""",
        redemption_id,
    )
    assert row is not None
    decided = await approvals.decide(
        actor=_actor(row["id"], row["name"], row["department_id"]),
        approval_ids=[row["approval_id"]],
        decision=Decision.DECLINE if reason else Decision.APPROVE,
        undo_seconds=0,
        reason=reason,
    )
    await steps.settle(row["approval_id"], decided.id)


async def _was(redemption_id: str, days: int) -> None:
    """It was ordered some days ago, in the morning."""
    before = days * DAY + 2 * HOUR
    for table, column, key in (
        ("redemption", "created_at", "id"),
        ("redemption", "changed_at", "id"),
        ("redemption_step", "at", "redemption_id"),
    ):
        await database.execute(f"UPDATE {table} SET {column} = {column} - {{}} WHERE {key} = {{}}", before, redemption_id)


async def _nobody_is_told() -> None:
    """All this is long known: notifications begin with what happens next."""
    last = await database.fetch_one("SELECT txid, id FROM event ORDER BY txid DESC, id DESC LIMIT 1")
    if last is not None:
        await database.execute("UPDATE notification_state SET txid = {}, event_id = {}", last["txid"], last["id"])
