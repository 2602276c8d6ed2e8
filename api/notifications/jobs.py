"""What is done later: e-mails, deliveries, anniversaries, cleaning."""

from __future__ import annotations

from api.core.i18n import gettext_later as _
from api.core.jobs import JobKind, Periodic
from api.notifications import cleaning, delivering, milestones
from api.notifications.addressing import JOB as DELIVER
from api.notifications.channels import mail

CLEAN = "notifications.clean"

KINDS = (
    JobKind(mail.JOB, run=mail.run, attempts=20, at_once=4, title=_("Send an e-mail with news")),
    JobKind(DELIVER, run=delivering.run, attempts=delivering.ATTEMPTS, at_once=8, title=_("Tell an integration")),
    JobKind(milestones.FIND, run=milestones.find, title=_("Look for anniversaries")),
    JobKind(milestones.TELL, run=milestones.tell_one, title=_("Tell of an anniversary")),
    JobKind(CLEAN, run=cleaning.clean, title=_("Clear away old notifications")),
)
PERIODICS = (Periodic(milestones.FIND, milestones.FIND_EVERY), Periodic(CLEAN, 24 * 3600))
