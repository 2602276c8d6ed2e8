"""Imports: the run, and what belongs to it until it ends."""

from __future__ import annotations

from piccolo.columns import BigInt, Boolean, Bytea, Integer, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class ImportRun(Table, tablename="import_run"):
    """One list on its way in. `mapping` is JSON from field to column, `counts` what it does, by action.

    `basis` is the directory's revision that the difference was made against; `cursor` how far another product's
    history has been read; `holder` the process that reads it; `problem` a sentence (JSON of a Message) where the
    whole file is refused. `created_by` is empty for the command line.
    """

    id = Id(primary_key=True)
    kind = Varchar()
    state = Varchar()
    created_by = Id(null=True)
    file_name = Varchar()
    size = BigInt()
    encoding = Varchar()
    delimiter = Varchar()
    mapping = Text()
    complete = Boolean()
    counts = Text()
    errors = Integer()
    problem = Text()
    basis = BigInt()
    cursor = Varchar()
    holder = Id(null=True)
    progress = BigInt()
    total = BigInt()
    created_at = BigInt()
    seen_at = BigInt()
    ended_at = BigInt(null=True)


class ImportChunk(Table, tablename="import_chunk"):
    """A piece of an uploaded file, so that any process can read it."""

    import_id = Id(primary_key=True)
    number = Integer()
    content = Bytea()


class ImportRow(Table, tablename="import_row"):
    """One change that waits to be applied. It goes in the transaction that applies it."""

    import_id = Id(primary_key=True)
    phase = Integer()
    line = Integer()
    thing = Varchar()
    action = Varchar()
    content = Text()


class ImportFault(Table, tablename="import_fault"):
    """What is wrong with a row: `field` of it, `content` as it was read, `message` as JSON of a Message."""

    import_id = Id(primary_key=True)
    number = Integer()
    line = Integer()
    field = Varchar()
    content = Text()
    message = Text()


class KudosOrigin(Table, tablename="kudos_origin"):
    """Which kudos came from where: `external_id` names it at `source`."""

    source = Varchar(primary_key=True)
    external_id = Varchar()
    kudos_id = Id()
