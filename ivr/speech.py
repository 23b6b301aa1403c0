"""A turn's prompts → what is played: a recording where there is one, else text for a voice of the language.

A recording is `prompts/<language>/<message>.mp3` or `.wav`, of a message without values (`welcome.mp3`,
`birth-date.more.wav`); it is named by its content (`/audio/<sha256>`), so that carriers may keep it. Recordings are
found when the process starts to speak; new ones need a restart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from backend.settings import settings
from backend.wording import LANGUAGES, Language, spoken, variables
from backend.wording.catalogue import PROMPTS
from ivr.conversation import Prompt

MOST_ENCODED = 4_400
"""A Say stays under this many URL-encoded characters."""
LONGEST_ENCODED = 12  # of one character: four bytes, each as %XX
SPOKEN_AS: Mapping[Language, str] = MappingProxyType({"ar": "ar-XA", "fr": "fr-FR"})
HEARD_AS: Mapping[Language, str] = MappingProxyType({"ar": "ar-MA", "fr": "fr-FR"})
HEARD_BY: Mapping[Language, str] = MappingProxyType({"ar": "googlev2_long", "fr": "googlev2_telephony"})
"""Twilio's `speechModel`: the telephone's where it serves the language; Moroccan Arabic has the general one."""
SENTENCE_END = re.compile(r"(?<=[.!?؟]) ")


@dataclass(frozen=True, slots=True)
class Said:
    """Text, the locale tag and the name of the voice that says it."""

    language: str
    voice: str
    text: str


@dataclass(frozen=True, slots=True)
class Played:
    """A recording, by its path on our server."""

    path: str


Utterance = Said | Played


class Recordings:
    """The recordings of a folder of prompts."""

    def __init__(self, folder: Path) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._files: dict[str, Path] = {}
        for file in sorted((*folder.glob("*/*.mp3"), *folder.glob("*/*.wav"))):
            digest = sha256(file.read_bytes()).hexdigest()
            self._files[digest] = file
            self._names.setdefault((file.parent.name, file.stem), digest)

    def of(self, language: Language, message: str) -> str | None:
        """Return the digest of the recording of `message`; a message with values never has one."""
        digest = self._names.get((language, message))
        return digest if digest and not variables(language, message) else None

    def file(self, digest: str) -> Path | None:
        """Return the file of that digest."""
        return self._files.get(digest)


def render(
    language: Language | None, prompts: Sequence[Prompt], recordings: Recordings | None = None
) -> list[Utterance]:
    """Return what is played for `prompts`; before a language is chosen, each prompt in every language.

    Neighbouring texts of one language are one Said, as long as that is short enough for a Say.
    Raises WordingError where a message, or a value that it needs, is missing.
    """
    recorded = recordings or _recordings()
    utterances: list[Utterance] = []
    for speaker, prompt in _in_order(language, prompts):
        if digest := recorded.of(speaker, prompt.message):
            utterances.append(Played(f"/audio/{digest}"))
            continue
        for text in _short_enough(spoken(speaker, prompt.message, **prompt.values)):
            last = utterances[-1] if utterances else None
            said = Said(SPOKEN_AS[speaker], _voice(speaker), text)
            if isinstance(last, Said) and last.language == said.language and _fits(f"{last.text} {text}"):
                utterances[-1] = replace(last, text=f"{last.text} {text}")
            else:
                utterances.append(said)
    return utterances


def recording(sha: str) -> Path | None:
    """Return the recording whose content has this SHA-256 (hexadecimal), or None."""
    return _recordings().file(sha)


def _in_order(language: Language | None, prompts: Sequence[Prompt]) -> Iterator[tuple[Language, Prompt]]:
    languages = (language,) if language else LANGUAGES
    return ((each, prompt) for prompt in prompts for each in languages)


def _voice(language: Language) -> str:
    return settings().svi_voice_ar if language == "ar" else settings().svi_voice_fr


def _short_enough(text: str) -> list[str]:
    """Cut what is too long for a Say into sentences, and a sentence that is too long by itself into words."""
    if _fits(text):
        return [text]
    sentences = SENTENCE_END.split(text)
    return [piece for each in sentences for piece in ([each] if _fits(each) else each.split(" "))]


def _fits(text: str) -> bool:
    return len(text) * LONGEST_ENCODED < MOST_ENCODED or len(quote(text, safe="")) < MOST_ENCODED


@cache
def _recordings() -> Recordings:
    return Recordings(PROMPTS)
