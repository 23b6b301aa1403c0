"""What advisors look up: articles, in each language, whose every figure is a dated parameter of `backend.rules`.

Texts are in `prompts/*/console-knowledge-articles.ftl`: a title, `.brief` (the answer), `.step-1` …, `.careful` (what
not to do or say), `.sought` (what else it is looked for by). A figure is a value named after its rule and parameter,
`{ $pension-older-than }`; a line is left out while one of its figures is not in force. `callcenter.finding` finds them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count, takewhile
from types import MappingProxyType
from typing import Any, NamedTuple

from backend.rules import categories, parameters
from backend.rules.dates import months_after
from backend.rules.parameters import STALE_AFTER, Value
from backend.values import Dirhams, Month, Term
from backend.wording import Language, Sayable, exists, variables, written
from callcenter.routing import Subject


class Filed(NamedTuple):
    """What calls an article fits, the first first of all, and its sources (`source-…`) beside those of its figures."""

    subjects: tuple[Subject, ...]
    sources: tuple[str, ...]


ARTICLES: Mapping[str, Filed] = MappingProxyType(
    {
        "registration-self-employed": Filed(("registration", "information"), ("communique", "reporter")),
        "registration-categories": Filed(("registration", "contributions"), ("communique",)),
        "registration-employee": Filed(("registration", "information"), ("guide",)),
        "contributions-owed": Filed(("contributions",), ("product",)),
        "contributions-paying": Filed(("contributions", "information"), ("cancellation", "reporter", "product")),
        "cancellation": Filed(("contributions",), ("cancellation",)),
        "cancellation-situations": Filed(("contributions",), ("cancellation", "product")),
        "amo-opening": Filed(("rights", "registration", "contributions"), ("communique", "cancellation")),
        "amo-closing": Filed(("rights", "contributions"), ("product",)),
        "amo-family": Filed(("registration", "rights"), ("communique", "two-millions")),
        "claims-depositing": Filed(("claims", "information"), ("reporter",)),
        "claims-statuses": Filed(("claims",), ("two-millions", "product")),
        "claims-rejected": Filed(("claims",), ("product",)),
        "pension": Filed(("rights",), ("guide",)),
        "family-allowances": Filed(("rights",), ("guide",)),
        "maternity": Filed(("rights",), ("guide",)),
        "birth-leave": Filed(("rights",), ("guide",)),
        "loss-of-employment": Filed(("rights",), ("guide",)),
        "loss-of-employment-documents": Filed(("rights",), ("guide",)),
        "benefits-of-self-employed": Filed(("rights",), ("reporter",)),
        "other-benefits": Filed(("rights", "other"), ("product",)),
        "portal": Filed(("information", "registration"), ("communique", "product")),
        "agencies": Filed(("information",), ("product",)),
        "complaints": Filed(("other", "claims"), ("product",)),
        "callbacks": Filed(("other",), ("product",)),
        "proving-identity": Filed(("other", "registration"), ("product",)),
        "changing-mobile": Filed(("other", "registration"), ("product",)),
        "never-said": Filed(("other",), ("product",)),
    }
)
RULES = (
    *("amo", "birth-leave", "cancellation", "claim-delay", "family-allowances"),
    *("loss-of-employment", "maternity", "minimum-wage", "pension"),
)
AMOUNTS = frozenset(
    {
        *("pension-pay-ceiling", "pension-floor", "pension-reduced-least", "pension-reduced-most"),
        *("family-allowances-first-amount", "family-allowances-next-amount", "birth-leave-ceiling"),
        *("minimum-wage-hourly", "minimum-wage-daily-in-farming"),
    }
)
"""Figures in dirhams."""
SHARES = frozenset(
    {
        *("pension-rate", "pension-rate-step", "pension-rate-ceiling", "loss-of-employment-rate", "maternity-rate"),
        "family-allowances-share-of-minimum-wage",
    }
)
"""Figures that are said in hundredths."""
THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
"""The space within a number: no line ends there."""
SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "000_": "cancellation",
        "001_": "reporter",
        "002_": "guide",
        "003_": "communique",
        "004_": "two-millions",
        "law 41.23": "law-cancellation",
        "the fund's communiqué on law 41.23": "law-cancellation",
        "law 02.24": "law-pension",
        "decree 2.25.265": "law-pension",
        "decree 2.23.715": "decree-allowances",
        "government's note on decree 2.25.983": "decree-wage",
        "the fund's claim form": "claim-form",
        "product.md": "product",
        "no": "assumption",  # "none: …", "no source gives …"
    }
)
"""How a parameter's source begins in backend/rules → what it is called here."""


@dataclass(frozen=True)
class Source:
    """Where an article has something from, and the day on which that was last looked at, where that is noted."""

    name: Term
    checked: date | None = None


@dataclass(frozen=True)
class Article:
    """An article in a language, on a day; `stale`: one of its figures was last checked over twelve months ago."""

    name: str
    title: str
    brief: str
    steps: tuple[str, ...]
    careful: str | None
    sources: tuple[Source, ...]
    stale: bool


@dataclass(frozen=True)
class Profession:
    """One row of the table of professions; without dates: those of the person's record."""

    name: Term
    contributions_from: Month | None
    amo_from: date | None


def read(name: str, language: Language, today: date) -> Article:
    """Return an article, with the figures in force on `today`."""
    message = f"article-{name}"
    lines = [message, *_attributes(message, language)]
    used = [figure for line in lines for figure in sorted(variables(language, line))]
    found = {figure: value for figure in used if (value := in_force(figure, today))}
    texts = {line: _worded(line, language, found) for line in lines}
    sources = dict.fromkeys(Source(Term(f"source-{each}")) for each in ARTICLES[name].sources)
    sources |= dict.fromkeys(Source(Term(source_of(value)), value.checked) for value in found.values())
    if name == "registration-categories":
        sources = {Source(Term("source-communique"), categories.checked()): None}
    dated = {source.name for source in sources if source.checked}
    return Article(
        name,
        texts[message] or "",
        texts[f"{message}.brief"] or "",
        tuple(text for line, text in texts.items() if ".step-" in line and text),
        texts.get(f"{message}.careful"),
        tuple(source for source in sources if source.checked or source.name not in dated),
        any(months_after(value.checked, STALE_AFTER) < today for value in found.values()),
    )


def fitting(subject: Subject) -> list[str]:
    """Return the articles that a call about `subject` may want, those first that are about it first of all."""
    places = {name: filed.subjects.index(subject) for name, filed in ARTICLES.items() if subject in filed.subjects}
    return sorted(places, key=places.__getitem__)


def professions() -> list[Profession]:
    """Return the professions of self-employed workers, in the order of the source, each with its two dates."""
    return [
        Profession(
            Term(f"category-{name}"),
            dates.contributions_from if dates else None,
            dates.amo_from if dates else None,
        )
        for name, dates in categories.openings().items()
    ]


def in_force(figure: str, today: date) -> Value | None:
    """Return the parameter behind a figure on a day; None while there is none."""
    rule, parameter, _ = _parted(figure)
    return parameters.on(rule, today).in_force.get(parameter)


def values(figure: str) -> list[Sayable]:
    """Return all that a figure ever was, oldest first."""
    rule, parameter, _ = _parted(figure)
    return [_sayable(figure, value.value) for value in parameters.history(rule)[parameter]]


def is_figure(name: str) -> bool:
    """Say whether a value of this name is a figure."""
    return any(name.startswith(f"{rule}-") for rule in RULES)


def source_of(value: Value) -> str:
    """Return the message that names a parameter's source."""
    beginning = max((each for each in SOURCES if value.source.startswith(each)), key=len)
    return f"source-{SOURCES[beginning]}"


def _worded(line: str, language: Language, found: Mapping[str, Value]) -> str | None:
    wanted = variables(language, line)
    if wanted - found.keys():
        return None
    text = written(language, line, **{figure: _sayable(figure, found[figure].value) for figure in wanted})
    return THOUSANDS.sub("\u00a0", text)


def _attributes(message: str, language: Language) -> Iterator[str]:
    yield f"{message}.brief"
    yield from takewhile(lambda each: exists(language, each), (f"{message}.step-{number}" for number in count(1)))
    if exists(language, f"{message}.careful"):
        yield f"{message}.careful"


def _parted(figure: str) -> tuple[str, str, str]:
    """Return a figure's rule, its parameter, and which end of a scale it is: `least`, `most` or neither."""
    rule = max((each for each in RULES if figure.startswith(f"{each}-")), key=len)
    parameter = figure.removeprefix(f"{rule}-")
    for end in ("least", "most"):
        if parameter.endswith(f"-{end}"):
            return rule, parameter.removesuffix(f"-{end}"), end
    return rule, parameter, ""


def _sayable(figure: str, value: Any) -> Sayable:
    if isinstance(value, dict):
        value = (min if _parted(figure)[2] == "least" else max)(value.values())
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return Month.parse(value)
    number = Decimal(str(value))
    if figure in AMOUNTS:
        return Dirhams(number)
    if figure in SHARES:
        number *= 100
    return int(number) if number == number.to_integral_value() else str(number).replace(".", ",")
