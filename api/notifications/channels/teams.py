"""In a Microsoft Teams channel: a Workflows webhook with an Adaptive Card."""

from __future__ import annotations

from api.notifications.channels.letter import JSON, Letter


def _plain(text: str) -> str:
    """Text that a TextBlock's Markdown takes literally."""
    return "".join("\\" + c if c in "\\`*_{}[]()#+-.!|<>" else c for c in text)


def payload(letter: Letter) -> JSON:
    """The request's body: a message with one card. Paragraphs need an empty line between them."""
    words = "\n\n".join(_plain(line) for line in letter.words.splitlines() if line.strip())
    card: JSON = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "lang": letter.language,
        "body": [
            {"type": "TextBlock", "text": _plain(letter.title), "weight": "Bolder", "wrap": True},
            {"type": "TextBlock", "text": words, "wrap": True},
        ],
    }
    if letter.url:
        card["actions"] = [{"type": "Action.OpenUrl", "title": letter.link_text, "url": letter.url}]
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}
