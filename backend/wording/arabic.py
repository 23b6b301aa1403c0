"""Numbers, amounts and days as Modern Standard Arabic says them in Morocco (interfaces.md, "Spoken Arabic").

Figures are Western. A counted noun takes the form that its number asks for, in the genitive that follows
«مبلغ», «منذ», «خلال» or a verb's object; sentences are built so that it stands in such a place.
"""

from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType

from backend.opening_hours import Days, OpeningHours, Span
from backend.values import Dirhams
from backend.wording.grammar import Grammar
from backend.wording.languages import WordingError

MONTHS = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "ماي",
    "يونيو",
    "يوليوز",
    "غشت",
    "شتنبر",
    "أكتوبر",
    "نونبر",
    "دجنبر",
)
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
# The hours of a clock, from one: they are feminine ordinals, as in الساعة الثامنة.
HOURS = (
    "الواحدة",
    "الثانية",
    "الثالثة",
    "الرابعة",
    "الخامسة",
    "السادسة",
    "السابعة",
    "الثامنة",
    "التاسعة",
    "العاشرة",
    "الحادية عشرة",
    "الثانية عشرة",
)
PARTS_OF_AN_HOUR = MappingProxyType({0: "", 15: " والربع", 20: " والثلث", 30: " والنصف"})
NOON, AFTERNOON, EVENING = 12, 13, 18  # the hours from which «زوالا», «بعد الزوال», «مساء» are said
# Three to ten agree in the opposite gender: ثلاثة أشهر (a month is masculine), ثلاث دقائق (a minute feminine).
WITH_MASCULINE = ("ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة")
WITH_FEMININE = ("ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر")


@dataclass(frozen=True, slots=True)
class Noun:
    """The forms of a counted noun: one and two have no figure; 3-10, 11-99, and the full hundreds have."""

    one: str
    two: str
    few: str
    many: str
    hundred: str
    in_letters: tuple[str, ...] = ()

    def counted(self, number: int) -> str:
        """Return `number` of them: its last two digits decide the form."""
        if number == 1:
            return self.one
        if number == 2:  # noqa: PLR2004 the dual
            return self.two
        last = number % 100
        if 3 <= last <= 10:  # noqa: PLR2004 Arabic's plural of few
            figure = self.in_letters[number - 3] if self.in_letters and number == last else str(number)
            return f"{figure} {self.few}"
        return f"{number} {self.many if last > 10 else self.hundred}"  # noqa: PLR2004 11 to 99


DIRHAM = Noun("درهم واحد", "درهمين", "دراهم", "درهما", "درهم")
CENTIME = Noun("سنتيم واحد", "سنتيمين", "سنتيمات", "سنتيما", "سنتيم")
NOUNS = MappingProxyType(
    {
        "month": Noun("شهر واحد", "شهرين", "أشهر", "شهرا", "شهر", WITH_MASCULINE),
        "day": Noun("يوم واحد", "يومين", "أيام", "يوما", "يوم", WITH_MASCULINE),
        "minute": Noun("دقيقة واحدة", "دقيقتين", "دقائق", "دقيقة", "دقيقة", WITH_FEMININE),
        "file": Noun("ملف واحد", "ملفين", "ملفات", "ملفا", "ملف", WITH_MASCULINE),
        "try": Noun("محاولة واحدة", "محاولتين", "محاولات", "محاولة", "محاولة", WITH_FEMININE),
    }
)


def amount(dirhams: Dirhams) -> str:
    """Return «مبلغ 1250 درهما و50 سنتيما»: always with «مبلغ», which a preposition may join («بمبلغ»).

    Raises WordingError for a negative amount: a credit needs a sentence of its own.
    """
    if dirhams < 0:
        raise WordingError(f"{dirhams} dirhams can't be said: say a credit as one, by its positive amount")
    whole, centimes = divmod(dirhams.centimes, 100)
    parts = [DIRHAM.counted(whole)] if whole or not centimes else []
    parts += [CENTIME.counted(centimes)] if centimes else []
    return f"مبلغ {' و'.join(parts)}"


def day(day: date) -> str:
    """Return «فاتح مارس 2022», «20 مارس 2024»."""
    ordinal = "فاتح" if day.day == 1 else str(day.day)
    return f"{ordinal} {MONTHS[day.month - 1]} {day.year}"


def counted(thing: str, number: int) -> str:
    """Return «شهرين», «ثلاثة أشهر», «11 شهرا», «100 شهر»."""
    return NOUNS[thing].counted(number)


def hours(opening: OpeningHours) -> str:
    """Return «من الاثنين إلى الجمعة: من الثامنة والنصف صباحا إلى الرابعة والنصف بعد الزوال»."""
    return ". ".join(
        f"{' و'.join(map(_days, period.days))}: {'. '.join(map(_span, period.spans))}" for period in opening.periods
    )


def short_hours(opening: OpeningHours) -> str:
    """Return «الاثنين-الجمعة 8:30 إلى 16:30»: a dash between figures would be read from the left."""
    return "، ".join(
        f"{' و'.join('-'.join(WEEKDAYS[day] for day in dict.fromkeys(days)) for days in period.days)}"
        f" {' و'.join(f'{_short_time(opens)} إلى {_short_time(closes)}' for opens, closes in period.spans)}"
        for period in opening.periods
    )


def _days(days: Days) -> str:
    if days == (0, 6):
        return "كل يوم"
    first, last = (WEEKDAYS[day] for day in days)
    return f"يوم {first}" if first == last else f"من {first} إلى {last}"


def _span(span: Span) -> str:
    opens, closes = _part_of_day(span.opens), _part_of_day(span.closes)
    return f"من {_time(span.opens)}{'' if opens == closes else f' {opens}'} إلى {_time(span.closes)} {closes}"


def _time(at: time) -> str:
    part = PARTS_OF_AN_HOUR.get(at.minute) or (f" و{counted('minute', at.minute)}" if at.minute else "")
    return f"{HOURS[(at.hour - 1) % 12]}{part}"


def _part_of_day(at: time) -> str:
    if at.hour >= EVENING:
        return "مساء"
    if at.hour >= AFTERNOON:
        return "بعد الزوال"
    return "زوالا" if at.hour == NOON else "صباحا"


def _short_time(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"


ARABIC = Grammar(
    comma="،",
    month_names=MONTHS,
    weekday_names=WEEKDAYS,
    amount=amount,
    day=day,
    counted=counted,
    hours=hours,
    short_hours=short_hours,
    groups_thousands=False,
)
