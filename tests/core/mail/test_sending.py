"""E-mails over a real SMTP server: what arrives, what may be tried again, what never helps."""

from __future__ import annotations

import socket
import time

import pytest

from api.core.jobs import PermanentFailure
from api.core.mail import Mail, MailSettings, MailUnavailable, send
from api.core.mail import sending as module
from tests.support.mail import open_inbox, text_of

JOB = "01900000-0000-7000-8002-000000000001"
MAIL = Mail(to="jörg@müller.example", subject="Dank für dich", text="Grüße\n", html="<p>Grüße</p>", id=JOB)


async def test_an_email_arrives_as_it_was_meant() -> None:
    with open_inbox(enable_SMTPUTF8=True) as inbox:
        unsubscribe = {"List-Unsubscribe": "<https://thanks.example/u>"}
        await send(MAIL.addressed("jonas@müller.example", id=JOB, headers=unsubscribe), settings=inbox.settings)
        (mail,) = inbox.mails
        assert inbox.recipients == ["jonas@xn--mller-kva.example"]
        assert mail["Subject"] == "Dank für dich"
        assert mail["From"] == "Gearmesh <thanks@hospital.example>"
        assert mail["Message-ID"] == f"<{JOB}@hospital.example>"
        assert (mail["X-Gearmesh-Id"], mail["Auto-Submitted"]) == (JOB, "auto-generated")
        assert mail["List-Unsubscribe"] == "<https://thanks.example/u>"
        assert mail.get_content_type() == "multipart/alternative"
        assert (text_of(mail).strip(), text_of(mail, "html").strip()) == ("Grüße", "<p>Grüße</p>")

        await send(MAIL, settings=inbox.settings)
        assert inbox.recipients[-1] == "jörg@xn--mller-kva.example"

    with open_inbox(enable_SMTPUTF8=False) as inbox:
        with pytest.raises(PermanentFailure, match="address_needs_smtputf8"):
            await send(MAIL, settings=inbox.settings)
        assert inbox.mails == []


async def test_nothing_can_be_slipped_into_the_headers() -> None:
    with open_inbox() as inbox:
        for mail in (
            MAIL.addressed("a@b.example\r\nBcc: c@d.example", id=JOB),
            MAIL.addressed("a@b.example>, <c@d.example", id=JOB),
            MAIL.addressed("a b@c.example", id=JOB),
            MAIL.addressed("nobody", id=JOB),
            MAIL.addressed("", id=JOB),
            MAIL.addressed("@b.example", id=JOB),
            MAIL.addressed("a@" + "b" * 70 + ".example", id=JOB),
            MAIL.addressed("a@b.example", id=JOB, headers={"List-Id": "x\r\nBcc: c@d.example"}),
            MAIL.addressed("a@b.example", id=JOB, headers={"Subject": "another"}),
            Mail(to="a@b.example", subject="x\nBcc: c@d.example", text="", html=""),
        ):
            with pytest.raises(PermanentFailure):
                await send(mail, settings=inbox.settings)
        assert inbox.mails == []


async def test_what_helps_later_and_what_never(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = MAIL.addressed("jonas@hospital.example", id=JOB)
    with open_inbox() as inbox:
        for field, reply, wanted, code in (
            ("refuse_recipient", "550 no such user jonas@hospital.example", PermanentFailure, "recipient_550"),
            ("refuse_recipient", "450 greylisted", MailUnavailable, "recipient_450"),
            ("refuse_mail", "554 we think this is spam", PermanentFailure, "mail_554"),
            ("refuse_mail", "452 disk full", MailUnavailable, "mail_452"),
        ):
            setattr(inbox, field, reply)
            with pytest.raises(wanted) as caught:
                await send(mail, settings=inbox.settings)
            assert str(caught.value) == code  # no address in what is kept with the job
            setattr(inbox, field, "")
        settings = inbox.settings
    with pytest.raises(MailUnavailable, match="connection_"):
        await send(mail, settings=settings)  # nobody listens there any more

    monkeypatch.setattr(module, "SLOWEST", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        began = time.monotonic()
        with pytest.raises(MailUnavailable, match="timeout"):
            await send(mail, settings=MailSettings(address, settings.sender, settings.base_url))
        assert time.monotonic() - began < 2


async def test_a_password_goes_only_through_tls() -> None:
    with open_inbox("127.0.0.2") as inbox:  # not what counts as this machine, and without TLS
        settings = MailSettings(f"smtp://me:secret@127.0.0.2:{inbox.port}", "thanks@hospital.example", "")
        assert settings.start_tls is True
        with pytest.raises(MailUnavailable):
            await send(MAIL.addressed("jonas@hospital.example", id=JOB), settings=settings)
        assert inbox.mails == []
    assert MailSettings("smtps://host", "a@b.example", "").server == ("host", 465)
    assert MailSettings("smtp://me@host", "a@b.example", "").server == ("host", 587)
    assert MailSettings("smtp://localhost", "a@b.example", "").start_tls is False
