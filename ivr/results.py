"""Results of `once`, written into the journal with their types and read back.

Only plain values, the value types, and dataclasses of `backend` and `callcenter` pass: a result is small.
"""

import dataclasses
import importlib
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from backend.errors import SviError

MOST_ITEMS = 20
_ROOMS = ("backend.", "callcenter.")


class UnreadableError(SviError):
    """A journaled result no longer fits its type, after a deploy: an advisor, never a second run."""


def encode(value: Any) -> Any:  # noqa: PLR0911 one return a kind of value
    """Return `value` as JSON can hold it. Raises TypeError for what may not be a result."""
    match value:
        case None | bool():
            return value
        case list() | tuple() if len(value) > MOST_ITEMS:
            raise TypeError(f"{len(value)} items can't be the result of once: {MOST_ITEMS} at most")
        case list():
            return [encode(item) for item in value]
        case tuple():
            return {"$": "tuple", "v": [encode(item) for item in value]}
        case datetime() | date():
            return {"$": "datetime" if isinstance(value, datetime) else "date", "v": value.isoformat()}
        case _ if type(value) in (int, str):
            return value
        case str() | Decimal():
            return {"$": _name(type(value)), "v": str(value)}
        case _ if dataclasses.is_dataclass(value):
            fields = {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
            return {"$": _name(type(value)), "f": fields}
    raise TypeError(f"{type(value).__name__} can't be the result of once")


def decode(stored: Any) -> Any:
    """Return what `encode` was given. Raises UnreadableError."""
    try:
        return _decode(stored)
    except (ArithmeticError, AttributeError, ImportError, TypeError, ValueError) as error:
        raise UnreadableError(f"a journaled result no longer fits its type: {type(error).__name__}") from error


def _decode(stored: Any) -> Any:  # noqa: PLR0911 one return a kind of value
    match stored:
        case list():
            return [_decode(item) for item in stored]
        case {"$": "tuple", "v": items}:
            return tuple(_decode(item) for item in items)
        case {"$": "datetime", "v": text}:
            return datetime.fromisoformat(text)
        case {"$": "date", "v": text}:
            return date.fromisoformat(text)
        case {"$": name, "v": text}:
            return _type(name)(text)
        case {"$": name, "f": fields}:
            return _type(name)(**{key: _decode(value) for key, value in fields.items()})
        case dict():
            raise ValueError("not written by `encode`")
    return stored


def _name(kind: type) -> str:
    """Return the name by which `_type` finds a type again. Raises TypeError where it would not."""
    name = f"{kind.__module__}:{kind.__qualname__}"
    if not kind.__module__.startswith(_ROOMS) or "." in kind.__qualname__:
        raise TypeError(f"{name} can't be the result of once")
    return name


@cache
def _type(name: str) -> Any:
    module, _, kind = name.partition(":")
    if not module.startswith(_ROOMS):
        raise TypeError(f"{name} is not of ours")
    return getattr(importlib.import_module(module), kind)
