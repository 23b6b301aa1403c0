"""The words of menus: which was said, and what a recogniser is told to expect."""

from pathlib import Path

import pytest

from backend.wording import LANGUAGES, Language
from backend.wording.catalogue import Catalogue
from bench.hearing import DAYS, QUESTIONS
from ivr.hearing import words
from ivr.hearing.understanding import LONGEST_HINT, MOST_HINTS, Asking, Unsure, listening, understand
from ivr.hearing.words import Found
from ivr.inputs import Answer, Choices, Entry, Reply, Sign
from ivr.prompt_check import ROOT, spoken

MENU = Asking(QUESTIONS["main-menu"], "main-menu", {})
SERVICES = {"1": "registration", "2": "contributions"}


@pytest.mark.parametrize("confidence", [None, 0.0, -1.0, 7.0, float("nan"), float("inf")])
def test_a_confidence_that_is_missing_or_absurd_counts_as_0_6(confidence: float | None) -> None:
    """What was said is said back."""
    heard = understand("fr", MENU, Reply(speech="inscription", confidence=confidence))
    assert heard == Unsure(Answer("registration"), exact=True)


@pytest.mark.parametrize(
    ("confidence", "heard"),
    [
        (1.0, Answer("registration")),
        (0.8, Answer("registration")),
        (0.79, Unsure(Answer("registration"), exact=True)),
        (0.5, Unsure(Answer("registration"), exact=True)),
        (0.49, Sign.WRONG),
    ],
)
def test_three_bands_of_confidence(confidence: float, heard: Answer | Sign | Unsure) -> None:
    """Taken, said back, wrong."""
    assert understand("fr", MENU, Reply(speech="inscription", confidence=confidence)) == heard


def test_hearing_it_again_is_never_said_back() -> None:
    """It loses nothing; an advisor and the menu before do."""
    assert understand("fr", MENU, Reply(speech="répétez", confidence=0.5)) is Sign.REPEAT
    assert understand("fr", MENU, Reply(speech="retour", confidence=0.5)) == Unsure(Sign.BACK, exact=True)


@pytest.mark.parametrize("said", ["inscription ou cotisations", "pas l'inscription", "non inscription", "", "euh", "."])
def test_neither_two_choices_nor_a_denied_one_nor_noise_is_a_choice(said: str) -> None:
    """It is asked again."""
    assert words.choice("fr", said, "main-menu", SERVICES) is None


def test_a_choice_wins_over_a_sign_of_the_same_words() -> None:
    """«Un conseiller» is a choice where there is one."""
    assert words.choice("fr", "un conseiller", "self-service", {"1": "now", "2": "advisor"}) == Found(
        "advisor", sure=True
    )


def test_a_key_may_be_said() -> None:
    """One that the menu has; zero is an advisor, as when it is pressed."""
    assert words.choice("fr", "tapez le deux", "main-menu", SERVICES) == Found("contributions", sure=True)
    assert words.choice("ar", "رقم جوج", "main-menu", SERVICES) == Found("contributions", sure=True)
    assert words.choice("fr", "trois", "main-menu", SERVICES) is None
    assert words.choice("fr", "zéro", "main-menu", SERVICES) == Found("advisor", sure=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("message", QUESTIONS)
def test_hints_are_within_what_twilio_takes(language: Language, message: str) -> None:
    """At most 500 of at most 100 characters, without the comma that parts them; none where only keys are heard."""
    listens = QUESTIONS[message]
    told = listening("all", language, Asking(listens, message, DAYS if message == "callback-day" else {}))
    if isinstance(listens, Entry) and listens.spoken is None:
        assert told is None
        return
    assert told
    assert 5 < len(told.hints) <= MOST_HINTS
    assert all(0 < len(hint) <= LONGEST_HINT and not {",", "،"} & set(hint) for hint in told.hints)


def test_what_is_listened_for_by_the_setting() -> None:
    """Nothing, menus, or all; and nothing before there is a language."""
    entry = Asking(QUESTIONS["birth-date"], "birth-date", {})
    assert [bool(listening(mode, "fr", MENU)) for mode in ("off", "menus", "all")] == [False, True, True]
    assert [bool(listening(mode, "fr", entry)) for mode in ("off", "menus", "all")] == [False, False, True]
    assert listening("all", None, MENU) is None


def test_the_check_reads_the_choices_of_menus_from_the_code() -> None:
    """A mapping written there, named, joined to another, or made from another."""
    source = """
NAMED: dict[str, tuple[str, object]] = {"1": ("one", f)}
async def flow(caller):
    await caller.choose("written", {"1": "a", "2": "b"})
    made = {key: (name, g(c)) for key, (name, c) in NAMED.items()}
    await caller.menu("joined", made | {"5": ("five", f)})
"""
    assert dict(spoken.read_module(source)) == {"written": {"a", "b"}, "joined": {"one", "five"}}


def test_the_check_finds_missing_unused_and_doubled_words(tmp_path: Path) -> None:
    """What a caller would say in vain."""
    text = "payment = P\n    .words-debit = le compte\n    .words-self = moi, le compte\n    .words-old = vieux\n"
    (tmp_path / "some.ftl").write_text(text, encoding="utf-8")
    found = list(spoken.problems({"payment": {"debit", "self", "new"}}, {"fr": Catalogue("fr", tmp_path)}))
    assert found == [
        "payment.words-new: missing in fr: what callers say for this choice, the first said back",
        "payment.words-self (fr): 'le compte' is also said for debit",
        "payment.words-old (fr): no menu has this choice",
    ]


def test_every_menu_of_the_flows_is_checked() -> None:
    """The check found them in the code."""
    menus = {message for message, listens in QUESTIONS.items() if isinstance(listens, Choices)}
    assert set(spoken.choices(ROOT / "ivr" / "flows")) >= menus - {"entry-help", "heard-confirm"}
