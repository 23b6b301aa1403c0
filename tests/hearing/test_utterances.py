"""The sets of utterances, and the score that `bench/hearing.py` prints."""

import pytest

from backend.wording import LANGUAGES, Language
from backend.wording.catalogue import catalogue
from bench.hearing import QUESTIONS, hear, score, utterances
from ivr.inputs import Choices

UNDERSTOOD = 0.95  # of what could be understood: taken, or said back
RIGHT = 0.85  # taken at once

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@in_each_language
def test_nothing_is_taken_for_something_else(language: Language) -> None:
    """What was not said, or was said in doubt, is never taken: at worst it is asked again."""
    wrong = [each for each in map(hear, utterances(language)) if each.outcome == "wrong"]
    assert not wrong


@in_each_language
def test_most_of_what_is_said_is_understood(language: Language) -> None:
    """With noise words, slips of the recogniser, slang; the floor is a little under what was reached."""
    counted = score(language)
    meant = counted.total() - counted["rightly refused"]
    assert counted["right"] >= RIGHT * meant
    assert counted["right"] + counted["said back"] >= UNDERSTOOD * meant


@in_each_language
def test_the_set_is_large_and_asks_every_question(language: Language) -> None:
    """At least 150 utterances, over every menu and every entry, keys-only ones included."""
    said = list(utterances(language))
    assert len(said) >= 150
    assert len({(each.question, each.said, each.confidence) for each in said}) == len(said)
    assert {each.question for each in said} >= set(QUESTIONS) - {"resume"}


@in_each_language
def test_the_set_knows_the_choices_that_the_prompts_have_words_for(language: Language) -> None:
    """A choice that changes its name changes it here too."""
    for message, listens in QUESTIONS.items():
        if isinstance(listens, Choices):
            of_prompts = {
                each.partition(".words-")[2]
                for each in catalogue(language).messages
                if each.startswith(f"{message}.words-")
            }
            assert of_prompts == set(listens.names.values()), message
