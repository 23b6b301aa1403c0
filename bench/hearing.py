"""How well answers by voice are understood: the utterances of tests/hearing, played to the recogniser of words.

`python bench/hearing.py` prints, for each language, how many were taken as they were meant, said back before they were
taken, refused, and taken for something else (which must be none).
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import yaml

from backend.wording import LANGUAGES, Language
from ivr import inputs
from ivr.hearing.understanding import Asking, Unsure, listening, understand
from ivr.inputs import Answer, Choices, Reply, Sign

UTTERANCES = Path(__file__).resolve().parents[1] / "tests" / "hearing"
CONFIDENCE = 0.9  # of an utterance that says none
KEYED_ONLY = "wrong"  # what speech is where only keys are listened to
Outcome = Literal["right", "said back", "refused", "rightly refused", "wrong"]
OUTCOMES: tuple[Outcome, ...] = ("right", "said back", "refused", "rightly refused", "wrong")
SERVICES = ("registration", "contributions", "claims", "rights")
DAYS = MappingProxyType({"first": date(2024, 3, 21), "second": date(2024, 3, 22)})


def _menu(*names: str) -> Choices:
    return Choices({str(key): name for key, name in enumerate(names, 1)})


QUESTIONS: Mapping[str, Choices | inputs.Entry[object]] = MappingProxyType(
    {
        "main-menu": _menu(*SERVICES, "information"),
        "reason": _menu(*SERVICES, "other"),
        "self-service": _menu("now", "advisor"),
        "anything-else": _menu("main-menu", "goodbye"),
        "entry-help": _menu("again"),
        "code-help": _menu("another", "not-my-number", "call-me"),
        "confirm-identity": _menu("me", "not-me"),
        "payment": _menu("direct-debit", "self"),
        "declaration": _menu("declare", "cancel"),
        "callback-number-confirm": _menu("this-number", "another"),
        "callback-day": _menu("first", "second"),
        "callback-half-day": _menu("morning", "afternoon"),
        "callback-confirm": _menu("me"),
        "recording": _menu("yes", "no"),
        "survey": _menu("1", "2", "3", "4", "5"),
        "survey-reason": _menu("waiting", "welcome", "explanations", "solution", "other"),
        "resume": _menu("go-on", "afresh"),
        "claims-menu": _menu("next", "by-sms", "by-number"),
        "heard-confirm": _menu("yes", "no"),
        "rights-menu": _menu("amo", "pension", "family-allowances", "loss-of-employment", "maternity-and-birth"),
        "own-choice": _menu("yes", "no"),
        "maternity-or-birth": _menu("maternity", "birth-leave"),
        "documents-sms": _menu("send", "no"),
        "information-menu": _menu("registering", "paying", "depositing", "portal", "agencies"),
        "registration-kind": _menu("self-employed", "employee"),
        "postcode-again": _menu("again", "other"),
        "information-sms": _menu("send", "no"),
        "identity-card": inputs.identity_card,
        "birth-date": inputs.birth_date,
        "new-mobile": inputs.moroccan_mobile,
        "callback-number": inputs.telephone,
        "last-day-worked": inputs.calendar_date,
        "leave-start": inputs.calendar_date,
        "postcode": inputs.postcode,
        "sms-mobile": inputs.moroccan_mobile,
        "code": inputs.one_time_code,
        "bank-account": inputs.rib,
        "tax-reference": inputs.tax_reference,
        "file-number": inputs.file_number,
    }
)


@dataclass(frozen=True)
class Utterance:
    """One line of the set: what was said where, and what was meant by it."""

    language: Language
    question: str
    said: str
    meant: str
    confidence: float


@dataclass(frozen=True)
class Heard:
    """One utterance, and what became of it."""

    utterance: Utterance
    as_what: str
    outcome: Outcome


def utterances(language: Language) -> Iterator[Utterance]:
    """Give the utterances of a language."""
    file = UTTERANCES / f"utterances-{language}.yaml"
    for question, lines in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        for said, meant, *confidence in lines:
            yield Utterance(language, question, said, meant, *(confidence or [CONFIDENCE]))


def hear(each: Utterance) -> Heard:
    """Play one utterance to the question that it answers."""
    listens = QUESTIONS[each.question]
    asking = Asking(listens, each.question, DAYS if each.question == "callback-day" else {})
    heard = _heard(each, asking)
    return Heard(each, heard, _outcome(heard, _canonical(listens, each.meant)))


def score(language: Language) -> Counter[Outcome]:
    """Count what became of the utterances of a language."""
    return Counter(hear(each).outcome for each in utterances(language))


def _heard(each: Utterance, asking: Asking) -> str:
    if listening("all", each.language, asking) is None:
        return KEYED_ONLY
    understood = understand(each.language, asking, Reply(speech=each.said, confidence=each.confidence))
    if isinstance(understood, Unsure):
        exact = each.question == "heard-confirm" and understood.exact
        return _name(understood.meant) if exact else f"confirm {_name(understood.meant)}"
    return _name(understood)


def _name(meant: Answer | Sign) -> str:
    return meant.value


def _canonical(listens: Choices | inputs.Entry[object], meant: str) -> str:
    """Return what was meant as an answer is journaled: keys become a value."""
    confirm, _, keys = meant.rpartition(" ")
    if isinstance(listens, Choices) or not keys.isdecimal():
        return meant
    return f"{confirm} {listens.parse(keys)}".strip()


def _outcome(heard: str, meant: str) -> Outcome:
    if heard == meant:
        return "rightly refused" if meant == "wrong" else "said back" if meant.startswith("confirm ") else "right"
    if heard == f"confirm {meant}":
        return "said back"
    return "refused" if heard == "wrong" or heard.startswith("confirm ") else "wrong"


def main() -> None:
    """Print the scores, and with `-v` every utterance that was not understood."""
    print(f"{'language':10}{'said':>6}" + "".join(f"{outcome:>17}" for outcome in OUTCOMES))
    for language in LANGUAGES:
        counted = score(language)
        print(f"{language:10}{counted.total():6}" + "".join(f"{counted[outcome]:17}" for outcome in OUTCOMES))
    if "-v" in sys.argv:
        for language in LANGUAGES:
            for each in map(hear, utterances(language)):
                if each.outcome in {"refused", "wrong"} or (
                    each.outcome == "said back" and "confirm" not in each.utterance.meant
                ):
                    print(
                        each.outcome,
                        "|",
                        each.utterance.question,
                        "|",
                        each.utterance.said,
                        "|",
                        each.utterance.meant,
                        "→",
                        each.as_what,
                    )


if __name__ == "__main__":
    main()
