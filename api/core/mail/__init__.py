"""E-mail: templates in the reader's language, sent by SMTP. A slice's e-mails lie in its folder `mails`."""

from api.core.mail.sending import MailUnavailable, send
from api.core.mail.settings import MailSettings
from api.core.mail.shape import Mail
from api.core.mail.templates import render
from api.core.mail.used import mail_in_use, use_mail

__all__ = ["Mail", "MailSettings", "MailUnavailable", "mail_in_use", "render", "send", "use_mail"]
