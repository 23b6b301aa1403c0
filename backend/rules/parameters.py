"""Dated parameters of rules: what was in force on a day, by which source, and whether somebody checked it lately.

A file `<rule>.yaml` names a `source` and the day on which its values were last `checked` against it, then
`parameters`. A parameter is one value, in force as far back as the source knows, or a list: such a value first, or
none, then `{from: day, value: …}`, each with a `source` and a `checked` of its own where they differ from the file's.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from backend.errors import MisconfiguredError
from backend.rules.dates import months_after

STALE_AFTER = 12
"""Months after which a value that nobody checked is said as an estimate."""


@dataclass(frozen=True)
class Value:
    """One value of a parameter, in force from a day on (None: as far back as the source knows)."""

    value: Any
    since: date | None
    source: str
    checked: date


@dataclass(frozen=True)
class Figures:
    """The parameters of a rule on a day. Asking for one that was not yet in force raises MisconfiguredError."""

    rule: str
    today: date
    in_force: dict[str, Value]

    @property
    def stale(self) -> bool:
        """Whether one of them was last checked over twelve months before that day."""
        return any(months_after(value.checked, STALE_AFTER) < self.today for value in self.in_force.values())

    def __contains__(self, name: str) -> bool:
        return name in self.in_force

    def number(self, name: str) -> Decimal:
        """Return an amount, a rate or an average."""
        return Decimal(str(self._value(name)))

    def whole(self, name: str) -> int:
        """Return a count of days, months, years, children."""
        return int(self._value(name))

    def bands(self, name: str) -> list[tuple[int, Decimal]]:
        """Return a scale, lowest band first: where each begins, and its amount."""
        return sorted((int(least), Decimal(str(amount))) for least, amount in self._value(name).items())

    def _value(self, name: str) -> Any:
        if name not in self.in_force:
            raise MisconfiguredError(f"backend/rules/{self.rule}.yaml gives no {name} for {self.today}: add one")
        return self.in_force[name].value


@cache
def history(rule: str) -> dict[str, list[Value]]:
    """Return every value that `<rule>.yaml` gives, oldest first."""
    name = f"{rule.replace('-', '_')}.yaml"
    file = yaml.safe_load(files(__package__).joinpath(name).read_text("utf-8"))
    default = {"from": None, "source": file["source"], "checked": file["checked"]}
    read: dict[str, list[Value]] = {}
    for parameter, given in file["parameters"].items():
        entries = given if isinstance(given, list) else [given]
        rows = [
            default | (entry if isinstance(entry, dict) and "value" in entry else {"value": entry}) for entry in entries
        ]
        read[parameter] = [Value(row["value"], row["from"], row["source"], row["checked"]) for row in rows]
    return read


def on(rule: str, today: date) -> Figures:
    """Return the parameters of a rule that are in force on `today`."""
    in_force = {}
    for name, values in history(rule).items():
        begun = [value for value in values if value.since is None or value.since <= today]
        if begun:
            in_force[name] = begun[-1]
    return Figures(rule, today, in_force)
