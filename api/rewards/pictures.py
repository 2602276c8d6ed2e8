"""Pictures of rewards: looked at by what they hold, made anew, so that nothing but the picture is stored and served."""

from __future__ import annotations

import asyncio
import io
import warnings

import msgspec
from PIL import Image, ImageOps, UnidentifiedImageError

from api.core import database
from api.core.access.actor import Actor
from api.core.changes import lock_directory
from api.core.clock import DAY, now
from api.core.errors import Invalid, NotFound
from api.core.i18n import gettext_later as _
from api.core.ids import first_uuid7, is_uuid, uuid7

LARGEST_FILE = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
SIZE = (1_200, 800)
"""What is larger is made smaller; a card is 400 pixels wide."""

UNUSED_FOR = DAY
"""So long a form may stay open between choosing a picture and saving the reward."""

BROUGHT_BACK_FOR = 90 * DAY
"""So long taking a change back finds the picture that it replaced."""

MEDIA_TYPE = "image/webp"
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY = 80

_NO_PICTURE = _("This is no picture that we can read. Choose a JPEG, PNG or WebP file.")


class Picture(msgspec.Struct, frozen=True):
    """A picture as it is stored."""

    content: bytes
    width: int
    height: int


def made_anew(content: bytes) -> Picture:
    """A picture as WebP of at most SIZE, upright, without where and by whom it was taken. Raises Invalid.

    Takes a moment of CPU: call it in a thread.
    """
    if len(content) > LARGEST_FILE:
        raise Invalid.field("picture", _("Pictures may have up to %(n)s MB.", n=LARGEST_FILE // 2**20))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow only warns of what unpacks to more than memory holds
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise Invalid.field("picture", _("This picture has too many pixels. Make it smaller first."))
                # JPEG is unpacked at about the size that is needed
                image.draft("RGB", (SIZE[0] * 2, SIZE[1] * 2))
                upright = ImageOps.exif_transpose(image)
                see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
                flat = upright.convert("RGBA" if see_through else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        raise Invalid.field("picture", _NO_PICTURE) from error
    flat.thumbnail(SIZE)
    out = io.BytesIO()
    flat.save(out, "WEBP", quality=_QUALITY, method=4)
    return Picture(out.getvalue(), flat.width, flat.height)


async def store_picture(*, actor: Actor, content: bytes) -> str:
    """Make a picture anew and store it; returns its id, for a reward's `picture_id`. Raises Invalid."""
    picture = await asyncio.to_thread(made_anew, content)
    picture_id = uuid7()
    await database.execute(
        """INSERT INTO reward_picture (id, content, width, height, created_by, created_at)
        VALUES ({}, {}, {}, {}, {}, {})""",
        *(picture_id, picture.content, picture.width, picture.height, actor.id, now()),
    )
    return picture_id


@database.transaction
async def clear_unused() -> int:
    """Remove pictures that no reward shows: uploaded in vain, or replaced so long ago that nobody brings them back.

    Returns how many.
    """
    await lock_directory()  # nobody chooses one meanwhile
    found = await database.fetch(
        """SELECT p.id FROM reward_picture p WHERE p.created_at < {}
        AND NOT EXISTS (SELECT 1 FROM reward w WHERE w.picture_id = p.id)""",
        now() - UNUSED_FOR,
    )
    if not found:
        return 0
    changes = await database.fetch(
        "SELECT before FROM change WHERE id >= {} AND kind = 'reward.changed'", first_uuid7(now() - BROUGHT_BACK_FOR)
    )
    replaced = {msgspec.json.decode(row["before"]).get("picture_id") for row in changes}
    gone = [(row["id"],) for row in found if row["id"] not in replaced]
    await database.execute_many("DELETE FROM reward_picture WHERE id = {}", gone)
    return len(gone)


async def picture(picture_id: str) -> bytes:
    """A picture's bytes. Raises NotFound."""
    row = is_uuid(picture_id) and await database.fetch_one(
        "SELECT content FROM reward_picture WHERE id = {}", picture_id
    )
    if not row:
        raise NotFound
    return bytes(row["content"])
