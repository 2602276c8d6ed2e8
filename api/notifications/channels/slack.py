"""In a Slack channel: an incoming webhook with Block Kit blocks."""

from __future__ import annotations

from api.notifications.channels.letter import JSON, Letter

_LONGEST = 2_900  # of the 3,000 characters that a section takes


def escape(text: str) -> str:
    """Text that Slack takes literally: these three are its control characters, so nobody is pinged by <!channel>."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def payload(letter: Letter) -> JSON:
    """The request's body. `text` is what notifications show; `plain_text` blocks format nothing."""
    words = letter.words if len(letter.words) <= _LONGEST else letter.words[:_LONGEST] + "…"
    blocks: list[JSON] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*{escape(letter.title).replace('*', '∗')}*"}},
        {"type": "section", "text": {"type": "plain_text", "text": words, "emoji": False}},
    ]
    if letter.url:
        link = f"<{letter.url}|{escape(letter.link_text)}>"
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": link}]})
    return {"text": escape(letter.title), "blocks": blocks, "unfurl_links": False}
