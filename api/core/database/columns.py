"""Column types that mean the same on both databases."""

from collections.abc import Callable
from typing import Any

from piccolo.columns.base import Column


class Id(Column):
    """A UUID that Python sees as its lower-case canonical string, on SQLite and on PostgreSQL."""

    value_type = str

    def __init__(self, default: str | Callable[[], str] | None = None, **kwargs: Any) -> None:
        self._validate_default(default, (str, None))
        self.default = default
        super().__init__(default=default, **kwargs)

    @property
    def column_type(self) -> str:
        return "UUID"

    def __get__(self, obj: Any, objtype: Any = None) -> Any:
        return obj.__dict__[self._meta.name] if obj else self

    def __set__(self, obj: Any, value: str | None) -> None:
        obj.__dict__[self._meta.name] = value
