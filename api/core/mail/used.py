"""The mail server that this process sends through: jobs have no settings of their own."""

from __future__ import annotations

from api.core.mail.settings import MailSettings

_used: MailSettings | None = None


def use_mail(settings: MailSettings | None) -> None:
    """Send by these from now on; None: this installation sends no e-mail."""
    global _used
    _used = settings


def mail_in_use() -> MailSettings | None:
    """The mail server of this process, or None where there is none."""
    return _used
