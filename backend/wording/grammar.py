"""What a language knows about numbers and days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from backend.opening_hours import OpeningHours
from backend.values import Dirhams


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one language words figures; `month_names` and `weekday_names` begin with January and Monday."""

    comma: str
    month_names: tuple[str, ...]
    weekday_names: tuple[str, ...]
    amount: Callable[[Dirhams], str]
    day: Callable[[date], str]
    counted: Callable[[str, int], str]
    """Thing (`month`, `day`, `minute`, `file`, `try`), number → the number of them."""
    hours: Callable[[OpeningHours], str]
    """Opening hours as a voice says them: sentences, the last without its full stop."""
    short_hours: Callable[[OpeningHours], str]
    """The same for an SMS."""
    groups_thousands: bool
