"""Part of a transaction that can be undone by itself."""

from types import TracebackType

from api.core.database.context import OpenTransaction, open_transaction
from api.core.database.errors import TransactionMisuse


class Savepoint:
    """`async with`: an exception undoes what happened inside, drops its callbacks, and goes on."""

    __slots__ = ("_callbacks", "_name", "_transaction")

    async def __aenter__(self) -> OpenTransaction:
        transaction = open_transaction()
        if transaction is None:
            raise TransactionMisuse("a savepoint belongs inside a transaction; open one with transact()")
        self._transaction = transaction
        self._name = transaction.next_savepoint()
        self._callbacks = len(transaction.callbacks)
        await transaction.command(f"SAVEPOINT {self._name}")
        return transaction

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        transaction = self._transaction
        if error is not None:
            del transaction.callbacks[self._callbacks :]
            if transaction.lost or isinstance(error, GeneratorExit):
                return  # there is nothing left to roll back to
            await transaction.command(f"ROLLBACK TO SAVEPOINT {self._name}")
        await transaction.command(f"RELEASE SAVEPOINT {self._name}")
