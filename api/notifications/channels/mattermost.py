"""In a Mattermost channel: an incoming webhook with Markdown."""

from __future__ import annotations

from api.notifications.channels.letter import JSON, Letter


def _plain(text: str) -> str:
    """Text that Markdown takes literally; nobody is pinged by @channel, because the at sign is followed by a
    character without width."""
    escaped = "".join("\\" + c if c in "\\`*_{}[]()#+-.!|<>~:" else c for c in text)
    return escaped.replace("@", "@\u200b")


def payload(letter: Letter) -> JSON:
    """The request's body: title, the words as a quotation, the link."""
    quoted = "\n".join(f"> {_plain(line)}" for line in letter.words.splitlines())
    link = f"\n\n[{letter.link_text}]({letter.url})" if letter.url else ""
    return {"username": "Gearmesh", "text": f"**{_plain(letter.title)}**\n\n{quoted}{link}"}
