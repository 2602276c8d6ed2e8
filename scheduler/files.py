"""Instances and plans as JSON files: read with every problem listed, written person by person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, BinaryIO, Final, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from scheduler.applying import apply, require_known
from scheduler.changes import AnyChange
from scheduler.model import Instance
from scheduler.plan import Plan, Reason
from scheduler.validate import InstanceError, Problem, meaningless, validate

T = TypeVar("T", Instance, Plan)
_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"


class FileError(InstanceError):
    """A file that is no instance or plan. `problems` lists everything, with places."""


def read_instance(path: Path | str) -> Instance:
    """The instance in a file.

    Raises `FileError` with every problem: syntax, shape, unknown ids, contradictions.
    """
    return parse_instance(_bytes(path))


def parse_instance(data: bytes) -> Instance:
    """The instance in these bytes; raises `FileError` as `read_instance` does."""
    instance = _parse(data, Instance)
    problems = validate(instance)
    if problems:
        raise FileError(problems)
    return instance


def read_plan(path: Path | str) -> Plan:
    """The plan in a file. Raises `FileError` with every problem of syntax and shape."""
    return parse_plan(_bytes(path))


def parse_plan(data: bytes) -> Plan:
    """The plan in these bytes; raises `FileError` as `read_plan` does."""
    return _parse(data, Plan)


def write(value: Instance | Plan, out: BinaryIO) -> None:
    """Write as JSON: one line for each person, visit and so on, never the whole text in memory."""
    encoder = msgspec.json.Encoder()
    data: Iterator[tuple[str, object]] = (
        (info.encode_name, getattr(value, info.name)) for info in msgspec.structs.fields(type(value))
    )
    out.write(b"{")
    for number, (name, field) in enumerate(data):
        out.write((b",\n" if number else b"\n") + encoder.encode(name) + b": ")
        if isinstance(field, tuple) and field:
            out.write(b"[\n")
            for index, item in enumerate(field):
                out.write((b",\n" if index else b"") + encoder.encode(item))
            out.write(b"\n]")
        else:
            out.write(encoder.encode(field))
    out.write(b"\n}\n")


def write_file(value: Instance | Plan, path: Path | str) -> None:
    """Write to a file, which is complete or not there: a crash leaves the old one."""
    target = Path(path)
    draft = target.with_name(target.name + ".part")
    with draft.open("wb") as out:
        write(value, out)
    draft.replace(target)


def parse_changes(data: bytes, instance: Instance) -> list[AnyChange]:
    """The list of changes in these bytes, which must leave an instance that means something.

    Raises `FileError` with every problem.
    """
    try:
        changes = msgspec.json.decode(data, type=list[AnyChange])
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$")
        raise FileError([Problem(place=f"changes{path.rstrip('`')}", reason=_shape("shape", message))]) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FileError([_syntax(data, error)]) from None
    try:
        require_known(instance, changes)
    except InstanceError as error:
        raise FileError(error.problems) from None
    found = meaningless(apply(instance, changes))
    if found:
        raise FileError(found)
    return changes


def schema(kind: Any) -> dict[str, Any]:
    """The JSON Schema of a file of instances, plans or (`list[AnyChange]`) changes; `schemas/` holds them."""
    name = kind.__name__.lower() if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else "changes"
    return {"$schema": _SCHEMA, "$id": f"urn:gearmesh:scheduler:{name}:1", **msgspec.json.schema(kind)}


def _bytes(path: Path | str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reason = Reason(code="unreadable", about={"message": error.strerror or str(error)})
        raise FileError([Problem(place=str(path), reason=reason)]) from error


def _parse(data: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError:
        try:
            found = list(_all_problems(json.loads(data), kind))
        except (ValueError, RecursionError) as error:
            found = [_syntax(data, error)]
        raise FileError(found) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FileError([_syntax(data, error)]) from None


def _syntax(data: bytes, error: Exception) -> Problem:
    try:
        json.loads(data)
    except json.JSONDecodeError as found:
        return Problem(place=f"line {found.lineno}, column {found.colno}", reason=_shape("syntax", found.msg))
    except (UnicodeDecodeError, RecursionError):
        pass
    return Problem(place="file", reason=_shape("syntax", str(error)))


def _shape(code: str, message: str) -> Reason:
    return Reason(code=code, about={"message": message})


def _all_problems(value: object, hint: Any, place: str = "") -> Iterator[Problem]:
    """Convert piece by piece: one broken field does not hide the next."""
    fields = _fields(hint)
    if fields is not None and isinstance(value, dict):
        prefix = f"{place}." if place else ""
        for name in sorted(value.keys() - fields.keys()):
            yield Problem(place=f"{prefix}{name}", reason=Reason(code="unknown_field", about={"field": str(name)}))
        for name, (required, inner) in fields.items():
            if name in value:
                yield from _all_problems(value[name], inner, f"{prefix}{name}")
            elif required:
                yield Problem(place=f"{prefix}{name}", reason=Reason(code="missing_field", about={"field": name}))
        return
    item = _item(hint)
    if item is not None and isinstance(value, list):
        for index, each in enumerate(value):
            yield from _all_problems(each, item, f"{place}[{index}]")
        return
    try:
        msgspec.convert(value, hint, strict=True)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$")
        yield Problem(place=(place or "file") + path.rstrip("`"), reason=_shape("shape", message))


def _fields(hint: Any) -> dict[str, tuple[bool, Any]] | None:
    """A struct's fields by their names in the file: whether each is needed, and its type."""
    if not (isinstance(hint, type) and issubclass(hint, msgspec.Struct)):
        return None
    hints = get_type_hints(hint)
    return {info.encode_name: (info.required, hints[info.name]) for info in msgspec.structs.fields(hint)}


def _item(hint: Any) -> Any | None:
    """The type of the items of a tuple of any length, also where there may be None or a single one instead."""
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    for option in options:
        if get_origin(option) is tuple:
            return get_args(option)[0]
    return None
