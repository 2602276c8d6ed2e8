"""Bonusly's API, as far as reading its history needs it: users, and bonuses with those added on (`child_bonuses`).

Its lists come in pages by `limit` and `skip`, newest first, wrapped as `{"success": ..., "result": [...]}`. It answers
429 with `Retry-After` when asked too often.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx
import msgspec

from api.core.clock import SECOND, utc
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.imports.history import Remark, Thanks

BASE = "https://bonus.ly/api/v1"
PAGE = 100
_TRIES = 6
_LARGEST_ANSWER = 32 * 1024 * 1024
_LONGEST_PAUSE = 15 * 60
_NO_TOKEN = _("Bonusly does not accept this token. It needs the right to read bonuses and users.")
_NO_ANSWER = _("Bonusly did not answer as it should, several times. Go on later: it continues where it stopped.")
_AMOUNT = re.compile(r"(?<![\w+])\+\d+\b ?")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")

Shape = TypeVar("Shape")
Pause = Callable[[float], Awaitable[None]]


class CannotRead(Exception):
    """The history cannot be read (on) now; `message` says why, for people."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.source)
        self.message = message


class User(msgspec.Struct, frozen=True):
    """Somebody there."""

    id: str = ""
    email: str = ""
    full_name: str = ""
    display_name: str = ""


class Bonus(msgspec.Struct, frozen=True):
    """A thank-you there. `receiver` is the older field, `parent_bonus_id` marks one that was added on to another."""

    id: str
    created_at: datetime
    giver: User | None = None
    receiver: User | None = None
    receivers: list[User] | None = None
    reason: str = ""
    reason_decoded: str | None = None
    value: str | None = None
    hashtag: str | None = None
    parent_bonus_id: str | None = None
    child_bonuses: list[Bonus] | None = None


class Users(msgspec.Struct, frozen=True):
    """A page of users."""

    result: list[User]


class Bonuses(msgspec.Struct, frozen=True):
    """A page of bonuses."""

    result: list[Bonus]


class Client:
    """Reads page after page; waits when it is told to, tries again when an answer is broken or missing.

    Methods raise CannotRead once that has not helped.
    """

    def __init__(self, http: httpx.AsyncClient, token: str, *, base: str, pause: Pause) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self._base = base.rstrip("/")
        self._pause = pause

    async def users(self, skip: int) -> list[User]:
        """Users from `skip` on, at most a page; those who have left, too."""
        params = {"limit": str(PAGE), "skip": str(skip), "include_archived": "true"}
        return (await self._page("users", params, Users)).result

    async def bonuses(self, skip: int, until: int) -> list[Bonus]:
        """Bonuses from `skip` on that were given before `until` (microseconds), newest first."""
        params = {"limit": str(PAGE), "skip": str(skip), "include_children": "true", "end_time": utc(until).isoformat()}
        return (await self._page("bonuses", params, Bonuses)).result

    async def _page(self, path: str, params: Mapping[str, str], shape: type[Shape]) -> Shape:
        for attempt in range(_TRIES):
            if attempt:
                await self._pause(min(60.0, 2.0**attempt))
            try:
                answer = await self._ask(path, params)
                while answer.status_code == 429:
                    await self._pause(_retry_after(answer))
                    answer = await self._ask(path, params)
                if answer.status_code in (401, 403):
                    raise CannotRead(
                        _("Bonusly does not accept this token. It needs the right to read bonuses and users.")
                    )
                if answer.status_code < 500 and answer.status_code != 200:
                    raise CannotRead(_("Bonusly refuses to answer (%(status)s).", status=answer.status_code))
                if answer.status_code == 200:
                    return msgspec.json.decode(answer.content, type=shape)
            except (httpx.RequestError, msgspec.MsgspecError, UnicodeDecodeError):
                continue  # cut off, or not whole: ask again
        raise CannotRead(
            _("Bonusly did not answer as it should, several times. Go on later: it continues where it stopped.")
        )

    async def _ask(self, path: str, params: Mapping[str, str]) -> httpx.Response:
        async with self._http.stream("GET", f"{self._base}/{path}", params=params, headers=self._headers) as answer:
            content = bytearray()
            async for piece in answer.aiter_bytes():
                content += piece
                if len(content) > _LARGEST_ANSWER:
                    raise CannotRead(_("Bonusly’s answer is far too large."))
        return httpx.Response(
            answer.status_code, headers={"retry-after": answer.headers.get("retry-after", "")}, content=bytes(content)
        )


def _retry_after(answer: httpx.Response) -> float:
    """Seconds to wait, from a number or a date; a while if it does not say."""
    text = answer.headers.get("retry-after", "")
    if text.isascii() and text.isdigit():
        return float(min(int(text), _LONGEST_PAUSE))
    try:
        seconds = (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        seconds = 30.0
    return max(1.0, min(seconds, _LONGEST_PAUSE))


def thanks_of(bonus: Bonus, line: int, emails: Mapping[str, str]) -> Thanks:
    """A bonus as thanks; `emails` knows users by their id, where the bonus itself has no address."""
    receivers = bonus.receivers or ([bonus.receiver] if bonus.receiver else [])
    return Thanks(
        line=line,
        external_id=bonus.id,
        giver=_address(bonus.giver, emails),
        recipients=[_address(user, emails) for user in receivers],
        message=_words(bonus),
        values=[tag for tag in (bonus.value, bonus.hashtag) if tag],
        at=_moment(bonus.created_at),
        remarks=[
            Remark(_address(child.giver, emails), _words(child), _moment(child.created_at))
            for child in bonus.child_bonuses or ()
        ],
    )


def _address(user: User | None, emails: Mapping[str, str]) -> str:
    if user is None:
        return ""
    return user.email or emails.get(user.id, "") or user.full_name or user.display_name


def _words(bonus: Bonus) -> str:
    """What was said, without pictures and amounts of points."""
    return _AMOUNT.sub("", _PICTURE.sub("", bonus.reason_decoded or bonus.reason)).strip()


def _moment(time: datetime) -> int:
    known = time if time.tzinfo else time.replace(tzinfo=UTC)
    return round(known.timestamp() * SECOND)
