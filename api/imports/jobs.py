"""The work of imports: reading a list, carrying it out, clearing up."""

from __future__ import annotations

from api.core.jobs import JobKind, Periodic
from api.imports.applying import apply
from api.imports.checking import check
from api.imports.service import throw_away, tidy

KINDS = (
    JobKind("import.check", run=check, attempts=5, at_once=1),
    JobKind("import.apply", run=apply, attempts=20, at_once=1),
    JobKind("import.discard", run=throw_away),
    JobKind("import.tidy", run=tidy),
)
PERIODICS = (Periodic("import.tidy", 3600),)
