"""E-mails from templates: both parts, both languages, nothing of a value becomes markup or a header."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from api.core.i18n import LANGUAGES
from api.core.mail import render

LINK = "https://thanks.example/invitation/token?a=1&b=2"


def test_an_email_in_both_languages() -> None:
    values = {"name": "Grete <b>", "organisation": "Klinikum & Söhne\nBcc: x", "link": LINK, "days": 14}
    mails = [render("invitations/invitation", language=language, **values) for language in LANGUAGES]
    assert len({mail.subject for mail in mails}) == len(LANGUAGES)
    for language, mail in zip(LANGUAGES, mails, strict=True):
        assert "\n" not in mail.subject
        assert "Klinikum & Söhne" in mail.subject
        assert LINK in mail.text
        assert "Grete <b>" in mail.text
        assert "14" in mail.text
        assert "Grete &lt;b&gt;" in mail.html
        assert f'href="{LINK.replace("&", "&amp;")}"' in mail.html
        assert f'<html lang="{language}">' in mail.html
        assert "<img" not in mail.html  # nothing is loaded: no picture tells the sender who has read it
        assert "http" not in mail.html.replace(LINK.replace("&", "&amp;"), "")
    with pytest.raises(UndefinedError):
        render("invitations/invitation", language="de", name="Grete")
