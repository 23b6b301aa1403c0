"""Numbers, amounts and days as French says them (interfaces.md, "Spoken French")."""

from datetime import date, time
from types import MappingProxyType

from backend.opening_hours import Days, OpeningHours, Span
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


def hours(opening: OpeningHours) -> str:
    """Return `du lundi au vendredi, de 8 heures 30 à 16 heures 30`; a sentence for each kind of days."""
    return ". ".join(
        f"{_enumerated([_days(days) for days in period.days])}, {' et '.join(map(_span, period.spans))}"
        for period in opening.periods
    )


def short_hours(opening: OpeningHours) -> str:
    """Return `lun-ven 8h30-16h30`."""
    return ", ".join(
        " ".join([
            ",".join("-".join(WEEKDAYS[day][:3] for day in dict.fromkeys(days)) for days in period.days),
            *("-".join(map(_short_time, span)) for span in period.spans),
        ])
        for period in opening.periods
    )  # fmt: skip


def _days(days: Days) -> str:
    if days == (0, 6):
        return "tous les jours"
    first, last = (WEEKDAYS[day] for day in days)
    return f"le {first}" if first == last else f"du {first} au {last}"


def _enumerated(words: list[str]) -> str:
    return " et ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _span(span: Span) -> str:
    return f"de {_time(span.opens)} à {_time(span.closes)}"


def _time(at: time) -> str:
    return f"{at.hour} heure{'s' if at.hour > 1 else ''}" + (f" {at.minute:02}" if at.minute else "")


def _short_time(at: time) -> str:
    return f"{at.hour}h" + (f"{at.minute:02}" if at.minute else "")


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


FRENCH = Grammar(
    comma=",",
    month_names=MONTHS,
    weekday_names=WEEKDAYS,
    amount=amount,
    day=day,
    counted=counted,
    hours=hours,
    short_hours=short_hours,
    groups_thousands=True,
)
