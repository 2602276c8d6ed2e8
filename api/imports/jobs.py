"""The work of imports: reading a list, carrying it out, clearing up."""

from __future__ import annotations

from api.core.i18n import gettext_later as _
from api.core.jobs import JobKind, Periodic
from api.imports.applying import apply
from api.imports.checking import check
from api.imports.service import throw_away, tidy

KINDS = (
    JobKind("import.check", run=check, attempts=5, at_once=1, title=_("Read and compare a list")),
    JobKind("import.apply", run=apply, attempts=20, at_once=1, title=_("Carry out an import")),
    JobKind("import.discard", run=throw_away, title=_("Clear away a cancelled import")),
    JobKind("import.tidy", run=tidy, title=_("Clear away imports that were left")),
)
PERIODICS = (Periodic("import.tidy", 3600),)
