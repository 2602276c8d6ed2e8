"""What is done later: e-mails, deliveries, anniversaries, cleaning."""

from __future__ import annotations

from api.core.jobs import JobKind, Periodic
from api.notifications import cleaning, delivering, milestones
from api.notifications.channels import mail
from api.notifications.endpoints import JOB as DELIVER

CLEAN = "notifications.clean"

KINDS = (
    JobKind(mail.JOB, run=mail.run, attempts=20, at_once=4),
    JobKind(DELIVER, run=delivering.run, attempts=delivering.ATTEMPTS, at_once=8),
    JobKind(milestones.FIND, run=milestones.find),
    JobKind(milestones.TELL, run=milestones.tell_one),
    JobKind(CLEAN, run=cleaning.clean),
)
PERIODICS = (Periodic(milestones.FIND, milestones.FIND_EVERY), Periodic(CLEAN, 24 * 3600))
