"""What a question is called, for advisors and in figures."""

from backend.wording import Language, exists, written

ABOUT = {"-help": "entry-help", "-confirm": "heard-confirm"}
"""How questions about another question end, and the prompt that they are asked with."""


def title(question: str, language: Language) -> str:
    """Return a question's title; of help with an entry and of an answer said back, theirs and the question's own."""
    if exists(language, f"{question}.title"):
        return written(language, f"{question}.title")
    for ending, message in ABOUT.items():
        own = question.removesuffix(ending)
        if own != question and all(exists(language, f"{each}.title") for each in (own, message)):
            return f"{written(language, f'{message}.title')} ({written(language, f'{own}.title')})"
    return question
