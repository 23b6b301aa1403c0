"""Numbers, amounts and days as French says them (interfaces.md, "Spoken French")."""

from datetime import date
from types import MappingProxyType

from backend.values import Dirhams
from backend.wording.grammar import Grammar
from backend.wording.languages import WordingError

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
NOUNS = MappingProxyType(
    {
        "month": ("mois", "mois"),
        "day": ("jour", "jours"),
        "minute": ("minute", "minutes"),
        "file": ("dossier", "dossiers"),
        "try": ("essai", "essais"),
    }
)
MILLION = 1_000_000


def amount(dirhams: Dirhams) -> str:
    """Return `1 250,50 dirhams`: narrow spaces between thousands, singular below two, millions "de dirhams".

    Raises WordingError for a negative amount: a credit needs a sentence of its own.
    """
    if dirhams < 0:
        raise WordingError(f"{dirhams} dirhams can't be said: say a credit as one, by its positive amount")
    whole, centimes = divmod(dirhams.centimes, 100)
    figures = _grouped(whole) + (f",{centimes:02}" if centimes else "")
    if whole >= MILLION and not whole % MILLION and not centimes:
        return f"{figures} de dirhams"
    return f"{figures} dirham{'s' if whole > 1 else ''}"


def day(day: date) -> str:
    """Return `1er mars 2022`, `20 mars 2024`."""
    ordinal = "1er" if day.day == 1 else str(day.day)
    return f"{ordinal} {MONTHS[day.month - 1]} {day.year}"


def counted(thing: str, number: int) -> str:
    """Return `1 jour`, `2 jours`, `1 000 jours`; `une minute`, because a voice would read `1` as "un"."""
    singular, plural = NOUNS[thing]
    if thing == "minute" and number == 1:
        return "une minute"
    return f"{_grouped(number)} {plural if number > 1 else singular}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


FRENCH = Grammar(
    comma=",",
    month_names=MONTHS,
    weekday_names=WEEKDAYS,
    amount=amount,
    day=day,
    counted=counted,
    groups_thousands=True,
)
