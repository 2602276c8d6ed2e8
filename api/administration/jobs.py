"""What is done later: a whole import is taken back."""

from __future__ import annotations

from api.administration import whole
from api.core.i18n import gettext_later as _
from api.core.jobs import JobKind

KINDS = (JobKind(whole.JOB, run=whole.run, at_once=1, title=_("Take an import back")),)
