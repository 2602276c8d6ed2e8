"""Transactions for services: all or nothing, and acknowledged only once durable."""

from collections.abc import Callable, Coroutine
from functools import partial, wraps
from typing import Any, ParamSpec, overload

from api.core.database.context import Body, T, open_transaction
from api.core.database.database import current
from api.core.database.errors import TransactionMisuse
from api.core.database.savepoints import Savepoint

P = ParamSpec("P")
Verb = Callable[P, Coroutine[Any, Any, T]]


async def transact(body: Body[T], serializable: bool = False) -> T:
    """Run `body` in a transaction and return its result after the durable COMMIT; join one that is open.

    A body waits for nothing but the database (SQLite: SuspendedInTransaction) and may run more than
    once (PostgreSQL repeats it after conflicts), so it changes nothing outside of the database.
    Its exception undoes it and is raised here. Raises DatabaseUnavailable if it could not be done.
    """
    transaction = open_transaction()
    if transaction is None:
        return await current().engine.transact(body, serializable=serializable)
    if serializable and not transaction.serializable:
        raise TransactionMisuse("the transaction around this one is not serializable")
    return await body()


@overload
def transaction(verb: Verb[P, T]) -> Verb[P, T]: ...


@overload
def transaction(*, serializable: bool) -> Callable[[Verb[P, T]], Verb[P, T]]: ...


def transaction(verb: Any = None, *, serializable: bool = False) -> Any:
    """Decorate a service verb so that each call is one transaction, or part of the one it is called in."""
    if verb is None:
        return partial(transaction, serializable=serializable)

    @wraps(verb)
    async def inside(*arguments: Any, **named: Any) -> Any:
        return await transact(partial(verb, *arguments, **named), serializable=serializable)

    return inside


def savepoint() -> Savepoint:
    """`async with savepoint():` an exception undoes only what happened inside, and goes on."""
    return Savepoint()


def after_commit(callback: Callable[[], object]) -> None:
    """Call `callback` on the event loop's thread once the transaction is durable; never if it is undone."""
    transaction = open_transaction()
    if transaction is None:
        raise TransactionMisuse("after_commit() belongs inside a transaction")
    transaction.callbacks.append(callback)


def in_transaction() -> bool:
    return open_transaction() is not None
