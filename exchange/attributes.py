"""Reading the attributes of a verb: what Twilio refuses is complained of and takes its default."""

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from exchange.complaints import Code
from exchange.verbs import Method

Complain = Callable[[Code, str], None]
T = TypeVar("T")


class Attributes:
    """Reads attributes by parsers that return None for what Twilio refuses."""

    def __init__(self, given: Mapping[str, str], complain: Complain) -> None:
        self._given = given
        self._complain = complain

    def read(self, name: str, code: Code, parse: Callable[[str], T | None], default: T) -> T:
        """Return the attribute's value, or its default when absent or refused."""
        given = self._given.get(name)
        if given is None:
            return default
        value = parse(given)
        if value is None:
            self._complain(code, f"{name} {given}")
            return default
        return value


def positive(given: str) -> int | None:
    """Read a whole number above zero."""
    return int(given) if given.isascii() and given.isdigit() and int(given) > 0 else None


def http_method(given: str) -> Method | None:
    """Read GET or POST."""
    return cast("Method", given) if given in {"GET", "POST"} else None


def boolean(given: str) -> bool | None:
    """Read `true` or `false`."""
    return {"true": True, "false": False}.get(given)
