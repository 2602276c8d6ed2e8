"""What an e-mail is."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Mail(msgspec.Struct, frozen=True):
    """One e-mail to one person. `id` is its job's: it becomes the Message-ID, so that whoever gets it twice can tell.

    `headers` are further ones, like List-Unsubscribe; a line break in any of them is refused when it is sent.
    """

    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = {}
    id: str = ""

    def addressed(self, to: str, *, id: str, headers: Mapping[str, str] | None = None) -> Mail:
        """This e-mail for somebody, by the job of this id."""
        return msgspec.structs.replace(self, to=to, id=id, headers=headers or self.headers)
