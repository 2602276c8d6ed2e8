"""What a transaction promises, on both databases."""

import asyncio
import contextvars
import gc
import threading
from contextlib import suppress

import pytest

from api.core import database
from api.core.database import Database, TransactionMisuse
from tests.core.database.toys import Toy, add, names, toy_id

WHO: contextvars.ContextVar[str] = contextvars.ContextVar("who")


async def test_result_comes_back_and_is_read_afterwards(db: Database) -> None:
    assert await database.transact(lambda: add(1)) == toy_id(1)
    assert await names() == ["toy 1"]


async def test_exception_undoes_the_body_and_is_raised(db: Database) -> None:
    async def body() -> None:
        await add(1)
        raise KeyError("no")

    with pytest.raises(KeyError, match="no"):
        await database.transact(body)
    assert await names() == []


async def test_body_reads_its_own_writes_and_others_do_not(db: Database) -> None:
    inside: list[list[str]] = []

    async def body() -> None:
        await add(1)
        inside.append(await names())
        raise KeyError

    with pytest.raises(KeyError):
        await database.transact(body)
    assert inside == [["toy 1"]]
    assert await names() == []


@pytest.mark.parametrize("many", [1, 40])
async def test_statements_together_happen_wholly_or_not(db: Database, many: int) -> None:
    change = "UPDATE toy SET name = {} WHERE id = {}"
    insert = "INSERT INTO toy (id, name, weight) VALUES ({}, {}, 0)"

    async def body(last: int) -> None:
        await add(0)
        new = [(toy_id(number), f"new {number}") for number in range(1, many + 1)]
        await database.together((insert, new), (change, [("old", toy_id(0))]), (insert, []))
        await database.together()
        await database.together((insert, [(toy_id(last), "again")]))

    with pytest.raises(database.INTEGRITY_ERRORS):
        await database.transact(lambda: body(1))
    assert await names() == []
    await database.transact(lambda: body(many + 1))
    assert sorted(await names()) == sorted(["old", "again", *(f"new {number}" for number in range(1, many + 1))])


async def test_failing_body_does_not_hurt_the_others(db: Database) -> None:
    async def body(number: int) -> int:
        await add(number)
        if number % 3 == 0:
            raise ValueError(number)
        return number

    outcomes = await asyncio.gather(
        *(database.transact(lambda n=n: body(n)) for n in range(30)),  # type: ignore[misc]
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [ValueError if n % 3 == 0 else int for n in range(30)]
    assert len(await names()) == 20


async def test_violated_constraint_is_the_same_set_of_errors(db: Database) -> None:
    await add(1)
    with pytest.raises(database.INTEGRITY_ERRORS):
        await database.transact(lambda: add(1))

    async def forgiving() -> str:
        try:
            async with database.savepoint():
                await add(1)
        except database.INTEGRITY_ERRORS:
            return await add(2)
        return "not reached"

    assert await database.transact(forgiving) == toy_id(2)
    assert await names() == ["toy 1", "toy 2"]


async def test_context_of_the_caller_is_visible_in_the_body(db: Database) -> None:
    WHO.set("Ada")

    async def body() -> str:
        return WHO.get()

    assert await database.transact(body) == "Ada"


async def test_decorated_verbs_join_the_transaction_around_them(db: Database) -> None:
    @database.transaction
    async def inner(*, number: int) -> str:
        assert database.in_transaction()
        return await add(number)

    @database.transaction(serializable=True)
    async def outer(*, fail: bool) -> list[str]:
        ids = [await inner(number=1), await inner(number=2)]
        if fail:
            raise KeyError
        return ids

    with pytest.raises(KeyError):
        await outer(fail=True)
    assert await names() == []
    assert await outer(fail=False) == [toy_id(1), toy_id(2)]
    assert not database.in_transaction()


async def test_serializable_inside_of_weaker_is_refused(db: Database) -> None:
    async def body() -> None:
        await database.transact(lambda: add(1), serializable=True)

    with pytest.raises(TransactionMisuse):
        await database.transact(body)
    assert await names() == []


async def test_savepoint_undoes_only_its_part(db: Database) -> None:
    async def body() -> None:
        await add(1)
        with suppress(KeyError):
            async with database.savepoint():
                await add(2)
                async with database.savepoint():
                    await add(3)
                raise KeyError
        async with database.savepoint():
            await add(4)

    await database.transact(body)
    assert await names() == ["toy 1", "toy 4"]


async def test_savepoint_and_after_commit_belong_inside(db: Database) -> None:
    with pytest.raises(TransactionMisuse):
        async with database.savepoint():
            pass
    with pytest.raises(TransactionMisuse):
        database.after_commit(lambda: None)


async def test_callbacks_run_on_the_loops_thread_after_the_commit(db: Database) -> None:
    seen: list[object] = []

    def callback() -> None:
        seen.append((threading.current_thread() is threading.main_thread(), database.in_transaction()))
        asyncio.get_running_loop().create_task(look())

    looked = asyncio.Event()

    async def look() -> None:
        seen.append(await names())
        looked.set()

    async def body() -> None:
        await add(1)
        database.after_commit(callback)
        seen.append("body")

    await database.transact(body)
    assert seen[:2] == ["body", (True, False)]
    await looked.wait()
    assert seen[2:] == [["toy 1"]]


async def test_callbacks_of_what_was_undone_never_run(db: Database) -> None:
    seen: list[str] = []

    async def body(fail: bool) -> None:
        database.after_commit(lambda: seen.append("outer"))
        with suppress(KeyError):
            async with database.savepoint():
                database.after_commit(lambda: seen.append("inner"))
                raise KeyError
        if fail:
            raise ValueError("late")

    with pytest.raises(ValueError, match="late"):
        await database.transact(lambda: body(True))
    assert seen == []
    await database.transact(lambda: body(False))
    assert seen == ["outer"]


async def test_failing_callback_harms_nobody(db: Database) -> None:
    async def body() -> int:
        database.after_commit(lambda: 1 // 0)
        await add(1)
        return 7

    assert await database.transact(body) == 7
    assert await names() == ["toy 1"]


async def test_cancelled_waiter_leaves_the_body_committed(db: Database) -> None:
    waiting = asyncio.create_task(database.transact(lambda: add(1)))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await database.transact(lambda: add(2))
    for _ in range(100):
        if await names() == ["toy 1", "toy 2"]:
            break
        await asyncio.sleep(0.01)
    assert await names() == ["toy 1", "toy 2"]


async def test_failure_that_nobody_waits_for_is_not_reported(db: Database) -> None:
    reported: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))

    async def body() -> None:
        await add(1)
        raise KeyError

    waiting = asyncio.create_task(database.transact(body))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await database.transact(lambda: add(2))
    await asyncio.sleep(0.05)
    gc.collect()
    assert reported == []
    assert await names() == ["toy 2"]


async def test_piccolo_inside_uses_the_transaction(db: Database) -> None:
    async def body() -> list[dict[str, object]]:
        await Toy.insert(Toy(id=toy_id(1), name="bear", weight=3))
        await Toy.update({Toy.weight: Toy.weight + 1}).where(Toy.id == toy_id(1))
        rows: list[dict[str, object]] = await Toy.select(Toy.name, Toy.weight)
        return rows

    async def failing() -> None:
        await Toy.delete(force=True)
        raise KeyError

    assert await database.transact(body) == [{"name": "bear", "weight": 4}]
    with pytest.raises(KeyError):
        await database.transact(failing)
    assert await Toy.count() == 1


async def test_piccolo_outside_is_a_transaction_by_itself(db: Database) -> None:
    inserted = await Toy.insert(Toy(id=toy_id(1), name="bear"), Toy(id=toy_id(2), name="car")).returning(Toy.id)
    assert inserted == [{"id": toy_id(1)}, {"id": toy_id(2)}]
    bear = await Toy.objects().get(Toy.name == "bear")
    assert bear is not None
    assert bear.id == toy_id(1)
    bear.weight = 9
    await bear.save()
    assert await Toy.select(Toy.weight).where(Toy.id == toy_id(1)).first() == {"weight": 9}
    assert await Toy.raw("SELECT name FROM toy WHERE weight > {}", 5) == [{"name": "bear"}]
    assert await Toy.exists().where(Toy.name == "car")


async def test_piccolos_own_transaction_is_a_savepoint_inside_and_refused_outside(db: Database) -> None:
    async def body() -> None:
        await add(1)
        with suppress(KeyError):
            async with db.engine.transaction():
                await add(2)
                raise KeyError
        await db.engine.atomic().run()

    await database.transact(body)
    assert await names() == ["toy 1"]
    with pytest.raises(TransactionMisuse):
        async with db.engine.transaction():
            pass
    atomic = db.engine.atomic()
    atomic.add(Toy.insert(Toy(id=toy_id(3), name="x", weight=3)), Toy.insert(Toy(id=toy_id(3), name="y")))
    with pytest.raises(database.INTEGRITY_ERRORS):
        await atomic.run()
    assert await names() == ["toy 1"]


async def test_statements_that_end_transactions_are_refused(db: Database) -> None:
    for text in ("COMMIT", " rollback", "BEGIN IMMEDIATE", "SAVEPOINT x", "Release x"):
        with pytest.raises(TransactionMisuse):
            await database.execute(text)


async def test_code_scheduled_inside_is_outside_once_the_transaction_is_over(db: Database) -> None:
    loop = asyncio.get_running_loop()
    later: asyncio.Future[bool] = loop.create_future()

    async def body() -> None:
        # The scheduled call inherits the context of the body, and so its transaction.
        loop.call_soon_threadsafe(loop.call_later, 0.05, lambda: later.set_result(database.in_transaction()))

    await database.transact(body)
    assert await later is False


async def test_execute_many_is_one_transaction(db: Database) -> None:
    template = "INSERT INTO toy (id, name, weight) VALUES ({}, {}, {})"
    rows = [(toy_id(n), f"toy {n}", n) for n in range(5000)]
    await database.execute_many(template, rows)
    await database.execute_many(template, [])
    with pytest.raises(database.INTEGRITY_ERRORS):
        await database.execute_many(template, [(toy_id(9001), "new", 1), *rows[:1]])
    row = await database.fetch_one("SELECT count(*) AS n, max(name) AS last FROM toy")
    assert row is not None
    assert (row["n"], row[0], tuple(row)) == (5000, 5000, (5000, "toy 999"))
    assert list(row.keys()) == ["n", "last"]
    assert await database.fetch_one("SELECT 1 FROM toy WHERE weight < {}", 0) is None


async def test_statements_are_counted_in_and_out_of_transactions(db: Database) -> None:
    async def body() -> None:
        await add(1)
        async with database.savepoint():
            await Toy.select()

    with database.count_statements() as outer:
        await names()
        with database.count_statements() as inner:
            await database.transact(body)
        await Toy.insert(Toy(id=toy_id(2), name="two"))
        await database.execute_many("UPDATE toy SET weight = {} WHERE id = {}", [(1, toy_id(1)), (2, toy_id(2))])
    assert (inner.n, outer.n) == (2, 5)
    await names()
    assert outer.n == 5


async def test_after_stop_everything_is_refused(db: Database) -> None:
    assert database.current() is db
    await db.stop()
    with pytest.raises(database.DatabaseUnavailable):
        database.current()
    with pytest.raises(database.DatabaseUnavailable):
        await db.engine.transact(lambda: add(1))
    with pytest.raises(database.DatabaseUnavailable):
        await Toy.select()
    await db.stop()
    await db.start()
    assert await names() == []


async def test_stop_finishes_what_was_accepted(db: Database) -> None:
    waiting = [asyncio.create_task(database.transact(lambda n=n: add(n))) for n in range(40)]  # type: ignore[misc]
    await asyncio.sleep(0)
    await db.stop()
    assert await asyncio.gather(*waiting) == [toy_id(n) for n in range(40)]
    await db.start()
    assert len(await names()) == 40


async def test_together_keeps_the_order_however_many_there_are(empty_db: Database) -> None:
    number = database.sql(sqlite="INTEGER PRIMARY KEY", postgres="BIGINT GENERATED ALWAYS AS IDENTITY")
    await database.execute(f"CREATE TABLE ran (number {number}, part INT NOT NULL, row INT NOT NULL)")
    insert = "INSERT INTO ran (part, row) VALUES ({}, {})"
    for rows in (2, 20):  # one statement on PostgreSQL, and several
        batches = [(insert, [(part, row) for row in range(rows)]) for part in range(3)]
        await database.transact(lambda batches=batches: database.together(*batches))  # type: ignore[misc]
        ran = await database.fetch("SELECT part, row FROM ran ORDER BY number")
        assert [tuple(one) for one in ran] == [one for _insert, values in batches for one in values]
        await database.execute("DELETE FROM ran")
