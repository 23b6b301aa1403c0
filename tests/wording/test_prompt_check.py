"""What `svi prompts check` finds."""

import inspect
from collections.abc import Callable
from pathlib import Path

import pytest

from backend import messages
from backend.wording import LANGUAGES, Language
from backend.wording.catalogue import Catalogue, catalogue
from ivr.conversation import Caller
from ivr.prompt_check import problems
from ivr.prompt_check.limits import seconds, too_long
from ivr.prompt_check.uses import MESSAGE_AT, NOT_VALUES, Code, read_module

Check = Callable[..., list[str]]

QUESTION = "{key} = {text}\n    .title = T\n    .more = M\n"
WELCOME = "welcome = W\n"


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Return a checker of French and Arabic Fluent text against Python source."""

    def run(source: str, fr: str, ar: str | None = None) -> list[str]:
        texts: dict[Language, str] = {"ar": fr if ar is None else ar, "fr": fr}
        catalogues: dict[Language, Catalogue] = {}
        for language, text in texts.items():
            folder = tmp_path / language
            folder.mkdir()
            (folder / "some.ftl").write_text(text, encoding="utf-8")
            catalogues[language] = Catalogue(language, folder)
        code = Code()
        read_module(code, source, "flow.py")
        return problems(catalogues, code)

    return run


def test_prompts_in_order_are_no_problem(check: Check) -> None:
    """What is in both languages, used, given its values and short passes."""
    source = 'caller.hear("welcome")\ncaller.choose("payment", {})\ncaller.hear("code-wrong", left=2)'
    fluent = WELCOME + QUESTION.format(key="payment", text="P") + "code-wrong = { TRIES($left) }\n"
    assert check(source, fluent) == []


def test_a_message_or_attribute_missing_in_one_language_is_found(check: Check) -> None:
    """A caller in that language would hear an apology."""
    found = check('caller.hear("welcome"); x = "bye"', WELCOME + "bye = B\n    .title = T\n", WELCOME)
    assert found == ["bye: missing in ar", "bye.title: missing in ar"]


def test_languages_that_need_different_values_are_found(check: Check) -> None:
    """A value left out of one language is information lost for its speakers."""
    found = check('caller.hear("welcome", left=1)', "welcome = { $left }\n", WELCOME)
    assert "welcome: the languages need different values (ar none; fr $left)" in found


def test_a_prompt_that_no_code_says_is_found(check: Check) -> None:
    """Comments and docstrings that merely mention it don't count."""
    assert check("# welcome", WELCOME) == ["welcome: no code says it"]


@pytest.mark.parametrize(
    "source",
    [
        'caller.hear("welcome")',
        'SAYS = {"x": "welcome"}',
        'caller.hear(f"{key}come")',
        'caller.hear(f"wel{rest}")',
    ],
)
def test_a_literal_or_a_fitting_f_string_is_a_use(check: Check, source: str) -> None:
    """Ids may be chosen from a table or put together from a key."""
    assert check(source, WELCOME) == []


def test_a_prompt_quoted_by_another_is_used(check: Check) -> None:
    """A message may be a part of others only."""
    assert check('caller.hear("all")', WELCOME + "all = { welcome } and on\n") == []


def test_a_prompt_that_code_names_and_nobody_wrote_is_found(check: Check) -> None:
    """The line of code is named."""
    found = check('caller.hear("welcome")\ncaller.hear("welcom" if x else "welcome")', WELCOME)
    assert found == ["flow.py:2: there is no prompt 'welcom'"]


def test_a_question_without_its_title_or_more_is_found(check: Check) -> None:
    """Advisors see the title; the second failure hears `.more`."""
    found = check('caller.ask("code", six)', "code = C\n")
    assert found == ["flow.py:1: there is no prompt 'code.title'", "flow.py:1: there is no prompt 'code.more'"]


@pytest.mark.parametrize(
    "call",
    [
        'caller.hear("code-wrong", {})',
        'spoken(language, "code-wrong", {})',
        'messages.send(work, "code-wrong", key, to, language, person=1, {})',
    ],
)
def test_a_value_not_given_or_not_said_is_found(check: Check, call: str) -> None:
    """Keywords of a call are compared with the message's variables."""
    found = check(call.replace(", {}", ", right=1"), "code-wrong = { TRIES($left) }\n")
    assert found == [
        "flow.py:1: 'code-wrong' is not given $left",
        "flow.py:1: 'code-wrong' does not say $right",
    ]


def test_values_in_a_mapping_are_left_to_the_tests_of_the_flow(check: Check) -> None:
    """`**values` can't be read from the syntax."""
    assert check('caller.hear("code-wrong", **values)', "code-wrong = { TRIES($left) }\n") == []


def test_a_value_without_a_sample_is_found(check: Check) -> None:
    """How long a prompt lasts depends on what it may be given."""
    (found,) = set(check('caller.hear("welcome", unheard=1)', "welcome = { $unheard }\n"))
    assert found == "welcome: $unheard has no sample: add it to ivr/prompt_check/samples.py"


def test_a_prompt_of_more_than_twenty_seconds_is_found(check: Check) -> None:
    """Nobody keeps a longer one in mind; a digit read alone counts as several letters."""
    found = check('caller.hear("welcome")', "welcome = " + "Bonjour à tous. " * 19)
    assert found == ["welcome (ar): 28 s, 20 at most", "welcome (fr): 22 s, 20 at most"]
    assert seconds("fr", "1 0 4, 2 2 8, 8 1 5") > 5


def test_a_sentence_of_more_than_twelve_words_is_found(check: Check) -> None:
    """One idea a sentence; a colon ends one, an elided article is no word."""
    (arabic, french) = check('caller.hear("welcome")', "welcome = L'eau " + "va bien " * 6)
    assert french.startswith("welcome (fr): a sentence of 13 words")
    assert arabic.startswith("welcome (ar): a sentence of 13 words")


@pytest.mark.parametrize(("language", "press"), [("ar", "اضغط"), ("fr", "tapez")])
def test_a_menu_of_six_choices_is_found(check: Check, language: Language, press: str) -> None:
    """`0`, `*` and `#` are everywhere, and don't count."""
    menus = [f"menu-{most} = " + "".join(f"Ici, {press} {key}. " for key in range(most + 1)) for most in (5, 6)]
    assert check('x = ["menu-5", "menu-6"]', "\n".join(menus)) == [f"menu-6 ({language}): 6 choices, 5 at most"]


def test_an_sms_of_three_segments_is_found(check: Check) -> None:
    """A carrier bills each, and some handsets show them apart."""
    found = check('x = "sms-code"', "sms-code = " + "ب" * 135)
    assert len(found) == 2
    assert found[1].startswith("sms-code (fr): 3 segments, 2 at most")


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_prompts_are_short_enough_with_their_longest_values(language: Language) -> None:
    """Speech, menus and SMS of prompts/ keep product.md's limits."""
    assert list(too_long(language, catalogue(language))) == []


def test_our_languages_have_the_same_messages_and_values() -> None:
    """Arabic and French say the same things."""
    arabic, french = catalogue("ar"), catalogue("fr")
    assert arabic.messages == french.messages
    assert all(arabic.variables(message) == french.variables(message) for message in arabic.messages)


def test_the_check_knows_every_way_to_say_a_message() -> None:
    """A new way to say something is a new call to look at, and its own keywords aren't values."""
    methods = inspect.getmembers(Caller, inspect.isfunction)
    ways: dict[str, Callable[..., object]] = {name: way for name, way in methods if not name.startswith("_")}
    for name, way in {**ways, "send": messages.send}.items():
        parameters = inspect.signature(way).parameters
        if not {"key", "message"} & set(parameters):
            continue
        own = {each.name for each in parameters.values() if each.kind is inspect.Parameter.KEYWORD_ONLY}
        assert name in MESSAGE_AT
        assert own == NOT_VALUES.get(name, frozenset())
