"""`gearmesh verify`: silent on what is sound, and each check finds just what it is for."""

import asyncio
import sqlite3

import pytest

from api.app import open_database
from api.approvals.kinds import use_kinds
from api.cases import CASES
from api.core import database
from api.core.access.actor import Actor
from api.core.access.actors import actor_of_token
from api.core.sealing import use_sealing
from api.core.settings import Settings
from api.kudos.service import give_kudos, withdraw_kudos
from api.rewards.catalogue import create_reward
from api.rewards.codes import import_codes
from api.rewards.ordering import order
from frontend.cli import main
from tests.databases import Kind
from tests.drills.command import environment, gearmesh
from tests.drills.stored import opened
from tests.support.house import organisation_url
from tests.support.organisation import AYLIN, CARE, HELENE, JONAS, MIRIAM, OSKAR, PERSONNEL, Person
from tests.support.points import switch_on
from tests.support.rewards import KEY, fund

ORDERED = "01900000-0000-7000-8fff-000000000001"
FILE, REFERENCES = "the database file is sound", "every reference leads somewhere"


async def _actor(person: Person) -> Actor:
    actor = await actor_of_token(person.token, accept_language="en")
    assert actor is not None
    return actor


async def _give(giver: Person, *recipients: Person, message: str) -> str:
    kudos_id, _fresh = await give_kudos(
        actor=await _actor(giver),
        recipients=[person.id for person in recipients],
        message=message,
        value=CARE,
        private=False,
        undo_seconds=60,
        points=5,
    )
    return kudos_id


async def _rewards() -> None:
    """A code that nobody has ordered, and an order that waits."""
    use_sealing(KEY)
    use_kinds(CASES)
    hr = await _actor(HELENE)
    fields = {"title_en": "Coffee", "kind": "voucher", "points": 1, "tax_class": "exempt"}
    coded, _fresh = await create_reward(actor=hr, fields={**fields, "fulfilment": "codes"})
    await import_codes(actor=hr, reward_id=coded.id, text="A1")
    plain, _fresh = await create_reward(actor=hr, fields=fields)
    await fund(MIRIAM, 1)
    await order(actor=await _actor(MIRIAM), reward_id=plain.id, client_id=ORDERED)


async def _use(url: str) -> None:
    """A database that somebody used: two thanks with points that stand, one taken back."""
    db = open_database(Settings(database_url=url))
    await db.start()
    try:
        await switch_on()
        await _give(AYLIN, JONAS, MIRIAM, message="The first thank-you.")
        await _give(JONAS, AYLIN, message="The second thank-you.")
        gone = await _give(MIRIAM, AYLIN, message="The third thank-you.")
        await withdraw_kudos(actor=await _actor(MIRIAM), kudos_id=gone)
        await _rewards()
    finally:
        await db.stop()


@pytest.fixture
def url(kind: Kind) -> str:
    """A fresh copy of the used database."""
    found = organisation_url(kind)
    asyncio.run(_use(found))
    return found


FIRST = "(SELECT id FROM kudos WHERE message = 'The first thank-you.')"
GONE = "(SELECT id FROM kudos WHERE withdrawn_at IS NOT NULL)"
BROKEN = {
    "every kudos thanks somebody besides its giver": f"DELETE FROM kudos_recipient WHERE kudos_id = {GONE};"
    f"DELETE FROM kudos_edge WHERE kudos_id = {GONE}",
    "recipients stand at their kudos's place in the feed": (
        f"UPDATE kudos_recipient SET position = position + 1 WHERE kudos_id = {FIRST}"
    ),
    "edges are those of giver and recipients": (
        f"UPDATE kudos_edge SET position = position + 1 WHERE kudos_id = {FIRST}"
    ),
    "the count of “me_too” is that of its rows": f"UPDATE kudos SET me_too = 1 WHERE id = {FIRST}",
    "the count of “strong” is that of its rows": f"UPDATE kudos SET strong = 1 WHERE id = {FIRST}",
    "the count of “learned” is that of its rows": f"UPDATE kudos SET learned = 1 WHERE id = {FIRST}",
    "the count of comments is that of those to be seen": f"UPDATE kudos SET comments = 1 WHERE id = {FIRST}",
    "thanks per edge and week are those of public, visible kudos": "UPDATE edge_week SET thanks = thanks + 1",
    "thanks per person are those of public, visible kudos": "DELETE FROM person_tally",
    "words of withdrawn kudos and comments are gone": f"UPDATE kudos SET message = 'Still here.' WHERE id = {GONE}",
    "of erased people nothing is left but an id": f"UPDATE person SET erased_at = 1 WHERE id = '{OSKAR.id}'",
    "work that runs has a lease, and no other": (
        f"INSERT INTO job (id, kind, state, run_at, created_at) VALUES ('{OSKAR.id}', 'toy', 'running', 1, 1)"
    ),
    "hidden kudos and comments have a reason": f"UPDATE kudos SET hidden_at = 1 WHERE id = {GONE}",
    "every kudos that stands can be found, and no other": "DELETE FROM kudos_search",
    "points of thanks that stand are held until they are delivered, and then have moved": (
        f"UPDATE kudos SET delivered_at = 1 WHERE id = {FIRST}"
    ),
    "every open case waits for a decision, what is over for none, and nobody has decided their own": (
        "INSERT INTO approval (id, position, kind, subject_id, requester_id, concerned_id, amount, created_at)"
        f" VALUES ('{OSKAR.id}', 1, 'toy', '{OSKAR.id}', '{AYLIN.id}', '{AYLIN.id}', 0, 1)"
    ),
    "proposed awards hold their points, granted ones have moved them and are thanks, others neither": (
        f"""INSERT INTO award_programme VALUES
            ('{OSKAR.id}', 'A', 'A', '', '', '', '', '', '', 'everyone', 1, 1, 1, NULL);
        INSERT INTO nomination SELECT '{OSKAR.id}', 1, '{OSKAR.id}', '{AYLIN.id}', '{JONAS.id}', department_id, NULL,
            '', 'en', private, 1, (SELECT id FROM transfer WHERE state = 'held' LIMIT 1), 'declined', 1, 1
            FROM person JOIN kudos ON kudos.id = {FIRST} WHERE person.id = '{JONAS.id}'"""
    ),
    "open orders hold their points, those that are handed over have spent them, others neither": (
        f"UPDATE redemption SET state = 'declined' WHERE id = '{ORDERED}'"
    ),
    "codes not handed over are those in stock and those ordered": (
        "UPDATE reward SET stock = 5 WHERE fulfilment = 'codes'"
    ),
    "every order that a code fulfils has one of its own, and no other has": (
        f"UPDATE reward_code SET redemption_id = '{ORDERED}';UPDATE reward SET stock = 0 WHERE fulfilment = 'codes'"
    ),
    "a person's month is the sum of what counts towards its limit": (
        f"INSERT INTO benefit_month (person_id, month, cents) VALUES ('{AYLIN.id}', '2026-03', 7)"
    ),
    "what was handed over is entered for payroll once, what was refunded is taken back": (
        f"""INSERT INTO benefit (id, person_id, month, redemption_id, cents, tax_class, country, at)
        VALUES ('{OSKAR.id}', '{AYLIN.id}', '2026-03', '{ORDERED}', 7, 'taxed', 'DE', 1)"""
    ),
    "everyone reports to somebody who works here": (
        f"UPDATE person SET manager_id = '{OSKAR.id}' WHERE id = '{AYLIN.id}'"
    ),
    "every transfer's postings sum to zero": """INSERT INTO posting (transfer_id, account_id, amount)
        SELECT t.id, a.id, 7 FROM transfer t, account a WHERE t.state = 'voided' AND a.kind = 'issue'""",
    "balances are what postings come to, held is what open holds took, neither is below zero": (
        "UPDATE account SET balance = balance + 1 WHERE kind = 'earned'"
    ),
    "each hold is settled once, and only what moved is reversed, once": """UPDATE transfer SET reverses_id =
        (SELECT id FROM transfer WHERE state = 'voided') WHERE kind = 'allowance'""",
    "everybody's allowances are those of their periods": (
        f"UPDATE allowance SET amount = amount + 1 WHERE person_id = '{AYLIN.id}'"
    ),
}


def verified(url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Exit status of `gearmesh verify` and the checks it calls broken."""
    for name, value in environment({"database_url": url}).items():
        monkeypatch.setenv(name, value)
    capsys.readouterr()
    status = main(["verify"])
    lines = capsys.readouterr().out.splitlines()
    return status, [line.removeprefix("broken  ") for line in lines if line.startswith("broken")]


async def _execute(url: str, statements: str) -> None:
    async with opened(url):
        for statement in statements.split(";"):
            await database.execute(statement)


@pytest.mark.parametrize("check", BROKEN)
def test_a_check_finds_just_what_it_is_for(
    url: str, check: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(_execute(url, BROKEN[check]))
    assert verified(url, monkeypatch, capsys) == (1, [check])


@pytest.mark.parametrize(
    ("check", "damage"),
    [
        (FILE, "UPDATE sqlite_master SET sql = sql || ' WHERE search = 0' WHERE name = 'person_search'"),
        (REFERENCES, f"DELETE FROM dependency;DELETE FROM department WHERE id = '{PERSONNEL.id}'"),
    ],
)
def test_damage_to_a_sqlite_file_is_found(
    check: str, damage: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = organisation_url("sqlite")
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    connection.execute("PRAGMA writable_schema = ON")
    for statement in damage.split(";"):
        connection.execute(statement)
    connection.commit()
    connection.close()
    assert verified(url, monkeypatch, capsys) == (1, [check])


async def test_a_used_database_is_sound(kind: Kind) -> None:
    url = organisation_url(kind)
    await _use(url)
    outcome = await gearmesh("verify", database_url=url)
    assert (outcome.status, outcome.err) == (0, "")
    checks = [*([FILE, REFERENCES] if kind == "sqlite" else []), *BROKEN]
    assert outcome.out.splitlines() == [f"ok      {check}" for check in checks]
