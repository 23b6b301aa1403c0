"""How long a prompt may be, with the longest values it may be given.

Speech: at most 20 s, sentences of twelve words. Menus: at most five choices beside `0`, `*`, `#`. SMS: at most
two segments.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from types import MappingProxyType

from backend.wording import Language
from backend.wording.catalogue import Catalogue, Sayable
from backend.wording.segments import MOST_SEGMENTS, segments
from ivr.prompt_check.samples import samples

MOST_SECONDS = 20
LETTERS_A_SECOND: Mapping[Language, int] = MappingProxyType({"ar": 11, "fr": 14})
LETTERS_A_DIGIT = 6
"""A digit read alone lasts as long as this many letters."""
MOST_WORDS = 12
MOST_CHOICES = 5
KEY_IN_A_MENU: Mapping[Language, re.Pattern[str]] = MappingProxyType(
    {"ar": re.compile(r"اضغط (?:الزر )?([1-9])\b"), "fr": re.compile(r"tapez (?:la touche )?([1-9])\b")}
)
SENTENCE_END = re.compile(r"[.!?؟:](?:\s|$)")
LONE_DIGIT = re.compile(r"\b\d\b")
WORD = re.compile(r"[^\W\d_]{2,}")


def too_long(language: Language, catalogue: Catalogue) -> Iterator[str]:
    """Return the messages of one language that are longer than a caller or an SMS can take, a line each."""
    for message in sorted(catalogue.messages):
        unknown = [name for name in catalogue.variables(message) if not samples(name, catalogue)]
        for name in unknown:
            yield f"{message}: ${name} has no sample: add it to ivr/prompt_check/samples.py"
        if unknown or message.endswith((".title", ".sought", ".noise")) or ".words-" in message:
            continue
        reasons = _sms(catalogue, message) if message.startswith("sms-") else _speech(language, catalogue, message)
        yield from (f"{message} ({language}): {reason}" for reason in reasons)


def seconds(language: Language, text: str) -> float:
    """Return about how long `text` takes to say, in seconds."""
    return (len(text) + LETTERS_A_DIGIT * len(LONE_DIGIT.findall(text))) / LETTERS_A_SECOND[language]


def _sms(catalogue: Catalogue, message: str) -> Iterator[str]:
    longest = max((catalogue.text("written", message, each) for each in _values(catalogue, message)), key=segments)
    if segments(longest) > MOST_SEGMENTS:
        yield f"{segments(longest)} segments, {MOST_SEGMENTS} at most: {longest!r}"


def _speech(language: Language, catalogue: Catalogue, message: str) -> Iterator[str]:
    longest = max((catalogue.text("spoken", message, each) for each in _values(catalogue, message)), key=len)
    if (lasts := seconds(language, longest)) > MOST_SECONDS:
        yield f"{lasts:.0f} s, {MOST_SECONDS} at most"
    for sentence in SENTENCE_END.split(longest):
        if (words := len(WORD.findall(sentence))) > MOST_WORDS:
            yield f"a sentence of {words} words, twelve at most: {sentence.strip()!r}"
    choices = set(KEY_IN_A_MENU[language].findall(longest))
    if len(choices) > MOST_CHOICES:
        yield f"{len(choices)} choices, {MOST_CHOICES} at most"


def _values(catalogue: Catalogue, message: str) -> Iterator[dict[str, Sayable]]:
    names = sorted(catalogue.variables(message))
    return (dict(zip(names, each, strict=True)) for each in product(*(samples(name, catalogue) for name in names)))
