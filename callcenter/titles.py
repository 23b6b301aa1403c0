"""What a question is called, and what came of it, for advisors and in figures."""

import re

from backend.wording import Language, exists, variables, written
from callcenter.tickets import Step

ABOUT = {"-help": "entry-help", "-confirm": "heard-confirm"}
"""How questions about another question end, and the prompt that they are asked with."""
COMMA = re.compile("[,،]")


def title(question: str, language: Language) -> str:
    """Return a question's title; of help with an entry and of an answer said back, theirs and the question's own."""
    if exists(language, f"{question}.title"):
        return written(language, f"{question}.title")
    for ending, message in ABOUT.items():
        own = question.removesuffix(ending)
        if own != question and all(exists(language, f"{each}.title") for each in (own, message)):
            return f"{written(language, f'{message}.title')} ({written(language, f'{own}.title')})"
    return question


def of_step(step: Step, language: Language) -> tuple[str, str]:
    """Return a step of a call's path in words: the question, and what came of it."""
    question = step.question.partition(".")[0]
    return title(question, language), _outcome(language, question, step.outcome)


def _outcome(language: Language, question: str, outcome: str) -> str:
    """Return what came of a question, in words: of a menu's choice, the first that callers say for it."""
    for message in (f"{question}.words-{outcome}", f"outcome-{outcome}", f"tongue-{outcome}"):
        if exists(language, message) and not variables(language, message):
            return COMMA.split(written(language, message))[0]
    return outcome
