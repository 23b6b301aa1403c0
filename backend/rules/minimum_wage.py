"""The legal minimum wage, a month: outside farming (SMIG) and in it (SMAG); not every day has a sourced value."""

from dataclasses import dataclass
from datetime import date

from backend.rules import parameters
from backend.rules.benefits import dirhams
from backend.values import Dirhams


@dataclass(frozen=True, slots=True)
class MinimumWage:
    """Dirhams a month, and whether they were last checked over twelve months ago."""

    outside_farming: Dirhams
    in_farming: Dirhams
    stale: bool


def on(today: date) -> MinimumWage | None:
    """Return the minimum wage in force on a day; None without a sourced value: what hangs on it is then not tested."""
    figures = parameters.on("minimum-wage", today)
    if not ("hourly" in figures and "daily-in-farming" in figures):
        return None
    return MinimumWage(
        dirhams(figures.number("hourly") * figures.whole("hours-a-month")),
        dirhams(figures.number("daily-in-farming") * figures.whole("days-a-month")),
        figures.stale,
    )
