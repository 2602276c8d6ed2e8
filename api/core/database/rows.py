"""The shape that both drivers' rows share."""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol


class Row(Protocol):
    """A result row: by name, by position, or unpacked like a tuple."""

    def __getitem__(self, key: str | int, /) -> Any: ...

    def __iter__(self) -> Iterator[Any]: ...

    def __len__(self) -> int: ...

    def keys(self) -> Iterable[str]: ...
