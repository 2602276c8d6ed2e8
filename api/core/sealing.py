"""What must not stand in the database as it is, sealed under the installation's secret key (AES-256-GCM).

A sealed text names the key it needs (4 bytes) and is bound to its place, so that it cannot be moved to another row.
Keys come from the setting: the first one seals, all of them open, so that a key can be replaced.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_BYTES = 32
_NONCE_BYTES = 12
_NAME_BYTES = 4


class SealBroken(Exception):
    """The text was sealed under another key, for another place, or was changed."""


class Sealing:
    """Seals and opens under these keys of 32 bytes each."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = {_name(key): key for key in keys}
        self._first = keys[0]

    @classmethod
    def read(cls, setting: str) -> Sealing:
        """From the setting: one key in Base64, or several separated by commas. Raises ValueError."""
        return cls(read_keys(setting))

    def seal(self, text: str, place: str) -> bytes:
        """`text` sealed for `place` (an id)."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return self.mark + nonce + AESGCM(self._first).encrypt(nonce, text.encode(), place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        """What was sealed. Raises SealBroken."""
        key = self._keys.get(sealed[:_NAME_BYTES])
        nonce, content = sealed[_NAME_BYTES : _NAME_BYTES + _NONCE_BYTES], sealed[_NAME_BYTES + _NONCE_BYTES :]
        if key is None:
            raise SealBroken
        try:
            return AESGCM(key).decrypt(nonce, content, place.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error

    @property
    def mark(self) -> bytes:
        """What everything begins with that is sealed under the first key."""
        return _name(self._first)

    def is_current(self, sealed: bytes) -> bool:
        """Whether it was sealed under the first key, not under a former one."""
        return sealed.startswith(self.mark)

    def fingerprint(self, text: str) -> str:
        """The same for the same text, and tells nothing about it to whoever lacks the key."""
        return _fingerprint(self._first, text)

    def former_fingerprints(self, text: str) -> list[str]:
        """The same under the keys that seal no longer."""
        return [_fingerprint(key, text) for key in self._keys.values() if key != self._first]


def _name(key: bytes) -> bytes:
    return hashlib.sha256(b"gearmesh key " + key).digest()[:_NAME_BYTES]


def _fingerprint(key: bytes, text: str) -> str:
    return hmac.digest(key, b"fingerprint " + text.encode(), "sha256").hex()[:32]


def read_keys(setting: str) -> list[bytes]:
    """The keys of the setting. Raises ValueError with what it should be."""
    try:
        keys = [base64.b64decode(part.strip(), altchars=b"-_", validate=True) for part in setting.split(",")]
    except ValueError:
        keys = []
    if not keys or any(len(key) != _KEY_BYTES for key in keys):
        raise ValueError("what `gearmesh secret-key` prints; a former key may follow after a comma")
    return keys


def new_key() -> str:
    """A new key as the setting holds it."""
    return base64.urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


_in_use: Sealing | None = None


def use_sealing(setting: str) -> None:
    """Keep the keys for this process; empty: nothing can be sealed or opened."""
    global _in_use
    _in_use = Sealing.read(setting) if setting else None


def sealing_in_use() -> Sealing | None:
    """The keys of this process, None without the setting."""
    return _in_use
