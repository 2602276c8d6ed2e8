"""A catalogue for the demo, and orders in every state, made by the same steps that people take."""

from __future__ import annotations

from api.approvals.kinds import use_kinds
from api.cases import CASES
from api.core import database
from api.core.clock import DAY, HOUR, MINUTE
from api.core.sealing import sealing_in_use
from api.demo.cast import actor, decide, on_stage
from api.demo.generate import Demo
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
    with on_stage(demo, "rewards") as stage:
        stage.ago(30 * DAY)
        for name, points in _EXTRA.items():
            await _earn(demo.person(name).id, points)
        hr = await actor(demo.hr.id)
        ids = {}
        for key, fields in CATALOGUE.items():
            with_codes = key == "coffee" and sealing_in_use() is not None
            fields = {**fields, "fulfilment": "codes"} if with_codes else fields
            ids[key] = (await create_reward(actor=hr, fields=fields))[0].id
            if with_codes:
                await codes.import_codes(actor=hr, reward_id=ids[key], text=_CODES)

        async def order(name: str, key: str, days: int, note: str = "", when: str = "now") -> str:
            stage.ago(days * DAY + 2 * HOUR)
            made, _fresh = await ordering.order(
                actor=await actor(demo.person(name).id), reward_id=ids[key], note=note, when=when
            )
            stage.ago(MINUTE)
            return made

        await order("Aylin Demir", "bike", 1, "Vom 27. bis 30. November, wir ziehen um.")
        await order("Aylin Demir", "coffee", 0)
        mine = await order("Jonas Weber", "theatre", 9)
        await _decide(mine)
        await service.hand_over(actor=hr, redemption_id=mine)
        await order("Jonas Weber", "book", 1, "Für meine Nichte.", "now_taxed")
        team = await order("Meike Brüning", "breakfast", 3, "Für die ganze Abrechnung, nach dem Monatsabschluss.")
        await _decide(team)
        given = await order("Renate Oswald", "donation", 6)
        await service.hand_over(actor=hr, redemption_id=given)
        tree = await order("Greta Sommer", "tree", 4)
        await _decide(tree, "Gepflanzt wird erst im März. Bestell ihn dann noch einmal.")
        await order("Priya Raman", "donation", 2)
        samuel = await actor(demo.person("Samuel Mbeki").id)
        await service.cancel(actor=samuel, redemption_id=await order("Samuel Mbeki", "coffee", 1))
        await _nobody_is_told()


async def _earn(person_id: str, points: int) -> None:
    issue = await ledger.account(AccountKind.ISSUE, HOUSE)
    own = await ledger.account(AccountKind.EARNED, person_id)
    await ledger.transfer(kind="boost", entries={own: points, issue: -points})


async def _decide(redemption_id: str, reason: str = "") -> None:
    row = await database.fetch_one("SELECT approval_id FROM redemption WHERE id = {}", redemption_id)
    assert row is not None
    await decide(row["approval_id"], reason)


async def _nobody_is_told() -> None:
    """All this is long known: notifications begin with what happens next."""
    last = await database.fetch_one("SELECT txid, id FROM event ORDER BY txid DESC, id DESC LIMIT 1")
    if last is not None:
        await database.execute("UPDATE notification_state SET txid = {}, event_id = {}", last["txid"], last["id"])
