"""Pictures of rewards: looked at by what they hold, made anew, so that nothing but the picture is stored and served."""

from __future__ import annotations

import asyncio
import io
import warnings

import msgspec
from PIL import Image, ImageOps, UnidentifiedImageError

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Invalid, NotFound
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7

LARGEST_FILE = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
SIZE = (1_200, 800)
"""What is larger is made smaller; a card is 400 pixels wide."""

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


async def picture(picture_id: str) -> bytes:
    """A picture's bytes. Raises NotFound."""
    row = is_uuid(picture_id) and await database.fetch_one(
        "SELECT content FROM reward_picture WHERE id = {}", picture_id
    )
    if not row:
        raise NotFound
    return bytes(row["content"])
