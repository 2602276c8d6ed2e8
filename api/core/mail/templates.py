"""E-mails from templates: `render("invitations/invitation")` takes `api/invitations/mails/invitation.html` and `.txt`.

The HTML extends `core/mail/layout.html`; the text's first line is the subject.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api.core.i18n import Language, translations
from api.core.mail.shape import Mail

_API = Path(__file__).parents[2]


@cache
def environment(language: Language) -> Environment:
    """Templates in the folders of the API, for what leaves it as text: e-mails and exports."""
    made = Environment(
        loader=FileSystemLoader(_API),
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.policies["ext.i18n.trimmed"] = True
    made.globals["language"] = language
    return made


def render(template: str, *, language: Language, **values: object) -> Mail:
    """The e-mail in `language`, yet without a recipient (`Mail.addressed`). Values are escaped in the HTML.

    `template` is "<slice>/<name>"; each needs `organisation`, its name. Raises if one needs what is not given.
    """
    folder, _slash, name = template.rpartition("/")
    found = environment(language)
    text, html = (
        found.get_template(f"{folder}/mails/{name}.{end}").render(**values).strip() for end in ("txt", "html")
    )
    subject, _break, body = text.partition("\n")
    return Mail(to="", subject=" ".join(subject.split()), text=body.strip() + "\n", html=html)
