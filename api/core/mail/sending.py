"""One e-mail to the mail server: what may be tried again and what never helps are told apart.

What is raised holds codes only, never an address: it is kept with the job and in the log.
"""

from __future__ import annotations

import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import aiosmtplib

from api.core.clock import now, utc
from api.core.jobs.kinds import PermanentFailure, TemporaryFailure
from api.core.mail.settings import MailSettings, ascii_domain
from api.core.mail.shape import Mail

SLOWEST = 20.0
"""Seconds that the mail server may take for each answer."""


REST_SECONDS = 5.0
"""For how long a process sends no e-mails of a kind after its mail server could not be reached."""


class MailUnavailable(TemporaryFailure):
    """The mail server cannot be reached, is busy or refuses us, not this e-mail: try later. The text is a code."""


async def send(mail: Mail, *, settings: MailSettings) -> None:
    """Hand one e-mail to the mail server; when this returns, the server has it.

    Raises MailUnavailable (try later) or PermanentFailure (this e-mail will never go).
    """
    sender = settings.sender_address
    recipient = _recipient(mail.to)
    message = _message(mail, sender, recipient)
    host, port = settings.server
    user, password = settings.user or (None, None)
    server = aiosmtplib.SMTP(
        hostname=host,
        port=port,
        username=user,
        password=password,
        use_tls=settings.tls,
        start_tls=settings.start_tls,
        local_hostname=sender.domain,
        timeout=SLOWEST,
    )
    # "from None": the server's own words name the address.
    try:
        async with server:
            await server.send_message(message, sender=sender.addr_spec, recipients=[recipient.addr_spec])
    except aiosmtplib.SMTPNotSupported:
        raise PermanentFailure("address_needs_smtputf8") from None
    except aiosmtplib.SMTPRecipientsRefused as error:
        raise _refused("recipient", error.recipients[0].code) from None
    except aiosmtplib.SMTPDataError as error:
        raise _refused("mail", error.code) from None
    except aiosmtplib.SMTPAuthenticationError as error:
        raise MailUnavailable(f"sign_in_{error.code}") from None
    except aiosmtplib.SMTPResponseException as error:
        raise MailUnavailable(f"server_{error.code}") from None
    except aiosmtplib.SMTPTimeoutError:
        raise MailUnavailable("timeout", rest=REST_SECONDS) from None
    except (aiosmtplib.SMTPException, ssl.SSLError, OSError) as error:
        raise MailUnavailable(f"connection_{type(error).__name__}", rest=REST_SECONDS) from None


def _refused(what: str, code: int) -> Exception:
    """5xx is for good (RFC 5321, 4.2.1), 4xx for now, as greylisting is."""
    return PermanentFailure(f"{what}_{code}") if code >= 500 else MailUnavailable(f"{what}_{code}")


def _recipient(address: str) -> Address:
    """The recipient, the domain as it travels. Umlauts before the @ need a server with SMTPUTF8; `send` finds out."""
    try:
        local, _at, domain = address.rpartition("@")
        found = Address("", local, ascii_domain(domain))
    except (ValueError, IndexError):
        raise PermanentFailure("address_invalid") from None
    if not local or not domain or found.addr_spec != f"{local}@{found.domain}":  # it had to be quoted
        raise PermanentFailure("address_invalid")
    return found


def _message(mail: Mail, sender: Address, recipient: Address) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = sender
        message["To"] = recipient
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(utc(now()))
        if mail.id:
            message["Message-ID"] = f"<{mail.id}@{sender.domain}>"
            message["X-Gearmesh-Id"] = mail.id
        # RFC 3834; the second is what Exchange understands: no "I am on holiday" comes back.
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        for name, value in mail.headers.items():
            message[name] = value
    except ValueError:  # a line break, or a header that may exist only once
        raise PermanentFailure("header_invalid") from None
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    return message
