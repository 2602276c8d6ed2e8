"""A real SMTP server on loopback that keeps what it gets."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from api.core.mail import MailSettings


class Inbox:
    """What has arrived, and how the server answers: `refuse_recipient` and `refuse_mail` are SMTP replies."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.port = 0
        self.refuse_recipient = ""
        self.refuse_mail = ""

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.refuse_mail:
            return self.refuse_mail
        self.mails.append(message_from_bytes(cast(bytes, envelope.content), policy=default))
        self.recipients.extend(envelope.rcpt_tos)
        return "250 OK"

    @property
    def settings(self) -> MailSettings:
        """How to reach it."""
        return MailSettings(
            f"smtp://127.0.0.1:{self.port}", "Gearmesh <thanks@hospital.example>", "http://gearmesh.test"
        )


@contextmanager
def open_inbox(host: str = "127.0.0.1", **options: Any) -> Iterator[Inbox]:
    """The server, in a thread of its own; options as `aiosmtpd.smtp.SMTP` takes them."""
    inbox = Inbox()
    with socket.create_server((host, 0)) as free:  # the controller does not tell which port it got
        inbox.port = free.getsockname()[1]
    controller = Controller(inbox, hostname=host, port=inbox.port, **options)
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    """The text part, or the HTML."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())
