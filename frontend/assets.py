"""The pages' static files: read once, served for ever under addresses that change with their content.

The style sheets go out as one response, in the order below. Script modules stay single files; they lie under
one folder named by the hash of everything, so that their relative imports work without an import map, which
a strict content security policy would not allow inline. What npm brought lies in vendor/ under hashed names.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

STATIC = Path(__file__).parent / "static"
STYLES = ("tokens", "base", "layout", "components", "drawings", "board", "pages", "rewards", "visits", "after")
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
SMALL = 200_000
"""Bytes up to which the slowest, best brotli is worth its time (about 0.1 s)."""


class VendorMissingError(RuntimeError):
    """The files from npm are not there: the build hook has not run."""


@dataclass(slots=True)
class Asset:
    """One file as it is sent. Its compressed forms are made when first asked for and kept."""

    content: bytes
    media_type: str
    etag: str
    _encoded: dict[str, bytes] = field(default_factory=dict)

    def encoded(self, encoding: str) -> bytes:
        """The content in "br", "gzip" or "identity". Takes up to 0.2 s the first time."""
        if encoding == "identity":
            return self.content
        if encoding not in self._encoded:
            if encoding == "br":
                quality = 11 if len(self.content) <= SMALL else 5
                self._encoded[encoding] = brotli.compress(self.content, quality=quality)
            else:
                self._encoded[encoding] = gzip.compress(self.content, 9, mtime=0)
        return self._encoded[encoding]

    def is_encoded(self, encoding: str) -> bool:
        """Whether `encoded` answers at once."""
        return encoding == "identity" or encoding in self._encoded


class Assets:
    """All static files by the path after /static/, and their addresses by plain name."""

    def __init__(self, folder: Path = STATIC) -> None:
        own = {
            "gearmesh.css": b"\n".join((folder / "css" / f"{name}.css").read_bytes() for name in STYLES),
            "favicon.svg": (folder / "favicon.svg").read_bytes(),
            "api-reference.js": (folder / "viewer" / "api-reference.js").read_bytes(),
        }
        for script in sorted((folder / "js").glob("*.js")):
            own[f"js/{script.name}"] = script.read_bytes()
        version = hashlib.sha256(b"\0".join(own.values())).hexdigest()[:12]
        self.files: dict[str, Asset] = {}
        self.addresses: dict[str, str] = {}
        for name, content in own.items():
            self._add(name, f"{version}/{name}", content)
        for name, entry in _manifest(folder / "vendor").items():
            self._add(name, f"vendor/{entry['file']}", (folder / "vendor" / entry["file"]).read_bytes())
        self.scripts = [address for name, address in self.addresses.items() if name.startswith("js/")]

    def _add(self, name: str, path: str, content: bytes) -> None:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()[:12]).decode()
        self.files[path] = Asset(content, TYPES[Path(path).suffix], f'"{digest}"')
        self.addresses[name] = f"/static/{path}"


def _manifest(vendor: Path) -> dict[str, dict[str, str]]:
    try:
        manifest: dict[str, Any] = json.loads((vendor / "manifest.json").read_bytes())
    except FileNotFoundError as error:
        raise VendorMissingError(
            "frontend/static/vendor is missing; installing Gearmesh (pip install -e .) fetches it."
        ) from error
    files: dict[str, dict[str, str]] = manifest["files"]
    return files


@cache
def assets() -> Assets:
    """The files of this installation, read at first use."""
    return Assets()


def asset(name: str) -> str:
    """The address of a file by its plain name: "gearmesh.css", "js/main.js", "htmx.min.js"."""
    return assets().addresses[name]


def best_encoding(accept: str) -> str:
    """ "br", "gzip" or "identity", by an Accept-Encoding header (RFC 9110, 12.5.3); brotli where allowed."""
    allowed = set()
    for part in accept.lower().split(","):
        name, _, parameters = part.partition(";")
        weight = parameters.strip().removeprefix("q=")
        if weight.strip("0.") or not weight:
            allowed.add(name.strip())
    return next((encoding for encoding in ("br", "gzip") if encoding in allowed), "identity")


@get("/static/{path:path}", include_in_schema=False, opt={"policy": "public"})
async def serve_asset(request: Request[Any, Any, Any], path: FromPath[str]) -> Response[bytes]:
    """A file by its hashed path, 404 for anything else: only what was read at start can be asked for."""
    found = assets().files.get(path.lstrip("/"))
    if found is None:
        raise NotFoundException
    headers = {
        "cache-control": "public, max-age=31536000, immutable",
        "etag": found.etag,
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
    }
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    encoding = best_encoding(request.headers.get("accept-encoding", ""))
    if found.is_encoded(encoding):
        content = found.encoded(encoding)
    else:
        content = await asyncio.to_thread(found.encoded, encoding)
    if encoding != "identity":
        headers["content-encoding"] = encoding
    return Response(content, headers=headers, media_type=found.media_type)
