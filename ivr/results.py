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
        case list() | tuple() if len(value) <= MOST_ITEMS:
            return [encode(item) for item in value]
        case datetime():
            return {"$": "datetime", "v": value.isoformat()}
        case date():
            return {"$": "date", "v": value.isoformat()}
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
    match stored:
        case list():
            return [decode(item) for item in stored]
        case {"$": "datetime", "v": text}:
            return datetime.fromisoformat(text)
        case {"$": "date", "v": text}:
            return date.fromisoformat(text)
        case {"$": name, "v": text}:
            return _type(name)(text)
        case {"$": name, "f": fields}:
            try:
                return _type(name)(**{key: decode(value) for key, value in fields.items()})
            except TypeError as error:
                raise UnreadableError(f"a journaled {name} no longer fits: {error}") from None
    return stored


def _name(kind: type) -> str:
    if not kind.__module__.startswith(_ROOMS):
        raise TypeError(f"{kind.__module__}.{kind.__qualname__} can't be the result of once")
    return f"{kind.__module__}:{kind.__qualname__}"


@cache
def _type(name: str) -> Any:
    module, _, qualified = name.partition(":")
    if not module.startswith(_ROOMS):
        raise UnreadableError(f"a journaled {name} is not of ours")
    try:
        return getattr(importlib.import_module(module), qualified)
    except (ImportError, AttributeError):
        raise UnreadableError(f"a journaled {name} no longer exists") from None
