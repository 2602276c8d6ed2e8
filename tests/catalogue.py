"""The German catalogue beside the sources: `python -m tests.catalogue` adds what is new and drops what is gone."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
GERMAN = ROOT / "api/core/locales/de/LC_MESSAGES/messages.po"
_KEYWORDS = {**DEFAULT_KEYWORDS, "_n": (1, 2), "gettext_later": None, "ngettext_later": (1, 2)}
_METHODS = [
    ("api/demo/**.py", "ignore"),
    ("api/**.py", "python"),
    ("frontend/**.py", "python"),
    ("**.html", "jinja2"),
    ("**.txt", "jinja2"),
]
_JINJA = {"extensions": "jinja2.ext.i18n,jinja2.ext.loopcontrols", "trimmed": "true"}
_OPTIONS = {"**.html": _JINJA, "**.txt": _JINJA}


def extracted() -> Catalog:
    """Every sentence that the sources put before people."""
    catalogue = Catalog()
    for folder in ("api", "frontend"):
        found = extract_from_dir(
            ROOT / folder,
            [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in _METHODS],
            _OPTIONS,
            keywords=_KEYWORDS,
        )
        for _file, _line, message, _comments, context in found:
            catalogue.add(message, context=context)
    return catalogue


def german() -> Catalog:
    """The German catalogue as it is stored."""
    with GERMAN.open("rb") as file:
        return read_po(file, locale="de")


def main() -> None:
    """Write the catalogue anew; new sentences get an empty translation to be filled."""
    catalogue = german()
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    out = io.BytesIO()
    write_po(out, catalogue, width=100, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    head = b'# German. The message ids are the English texts.\nmsgid ""\nmsgstr ""\n"Language: de\\n"\n'
    head += b'"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    GERMAN.write_bytes(head + out.getvalue())
    for message in catalogue:
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string):
            print(message.id)


if __name__ == "__main__":
    main()
