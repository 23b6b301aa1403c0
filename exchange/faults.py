"""Faults that can be switched on: what networks and Twilio do on a bad day.

`PUT /faults` replaces all switches; a switch that is not named is off. Each fires with its
`probability` (0 to 1), and on the `next` occasions in any case. The same seed gives the same
faults for the same order of occasions, each switch having its own dice.
"""

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self


class UnknownFaultError(ValueError):
    """A switch or setting that does not exist, or a value that it cannot have."""


@dataclass(slots=True)
class Switch:
    """One fault: how likely, and how often in any case."""

    probability: float = 0.0
    next: int = 0


@dataclass(slots=True)
class Delay(Switch):
    """The webhook arrives late, by `ms` milliseconds."""

    ms: int = 1000


@dataclass(slots=True)
class Double(Switch):
    """The webhook is sent twice, one after the other or concurrently."""

    concurrently: bool = False


@dataclass(slots=True)
class ServerError(Switch):
    """A REST call answers 500, having `accepted` the message or not."""

    accepted: bool = False


@dataclass(slots=True)
class TimeOut(Switch):
    """A REST call is accepted, and answered only after `ms` milliseconds."""

    ms: int = 30_000


@dataclass(slots=True)
class Faults:
    """All switches.

    `reorder`: a copy of the webhook arrives once more after the call's next one; a status callback
    of a message arrives after the one that follows it. `drop`: the webhook is delivered, its answer
    is lost, and the fallback URL is asked.
    """

    seed: int = 0
    double: Double = field(default_factory=Double)
    delay: Delay = field(default_factory=Delay)
    reorder: Switch = field(default_factory=Switch)
    drop: Switch = field(default_factory=Switch)
    rest_429: Switch = field(default_factory=Switch)
    rest_5xx: ServerError = field(default_factory=ServerError)
    rest_timeout: TimeOut = field(default_factory=TimeOut)
    _dice: dict[str, random.Random] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Read the switches from JSON; raises `UnknownFaultError`."""
        faults = cls()
        for name, value in given.items():
            if name == "seed" and isinstance(value, int):
                faults.seed = value
            elif name in _SWITCHES and isinstance(value, Mapping):
                _set(getattr(faults, name), name, value)
            else:
                raise UnknownFaultError(f"no fault {name!r}; there are seed, {', '.join(sorted(_SWITCHES))}")
        return faults

    def show(self) -> dict[str, Any]:
        """Write the switches as JSON."""
        return {"seed": self.seed} | {name: asdict(getattr(self, name)) for name in sorted(_SWITCHES)}

    def fires(self, name: str) -> bool:
        """Throw the dice of one switch, and count down its `next`."""
        switch: Switch = getattr(self, name)
        dice = self._dice.setdefault(name, random.Random(f"{self.seed}/{name}"))  # noqa: S311 - repeatable on purpose
        by_chance = dice.random() < switch.probability
        if switch.next > 0:
            switch.next -= 1
            return True
        return by_chance


_SWITCHES = {each.name for each in fields(Faults)} - {"seed", "_dice"}


def _set(switch: Switch, name: str, given: Mapping[str, Any]) -> None:
    allowed = {each.name: type(getattr(switch, each.name)) for each in fields(switch)}
    for setting, value in given.items():
        kind = allowed.get(setting)
        fits = isinstance(value, bool) if kind is bool else isinstance(value, int | float) and value >= 0
        if kind is None or not fits or (setting == "probability" and value > 1):
            raise UnknownFaultError(f"{name}: {setting} cannot be {value!r}")
        setattr(switch, setting, kind(value))
