"""How keys become an answer, or a sign that there is none."""

import pytest

from ivr.inputs import (
    Answer,
    Choices,
    Entry,
    Reply,
    Sign,
    birth_date,
    identity_card,
    moroccan_mobile,
    one_time_code,
    rib,
    telephone,
)

MENU = Choices({"1": "yes", "2": "no"})


@pytest.mark.parametrize(
    ("keys", "ended_by", "meant"),
    [
        ("1", "", Answer("yes")),
        ("٢", "", Answer("no")),
        (" 2 ", "", Answer("no")),
        ("1#", "", Answer("yes")),
        ("1", "#", Answer("yes")),
        ("0", "", Sign.ADVISOR),
        ("٠", "", Sign.ADVISOR),
        ("*", "", Sign.REPEAT),
        ("", "*", Sign.REPEAT),
        ("#", "", Sign.BACK),
        ("", "#", Sign.BACK),
        ("#", "#", Sign.BACK),
        ("", "", Sign.SILENCE),
        ("  ", "", Sign.SILENCE),
        ("3", "", Sign.WRONG),
        ("A", "", Sign.WRONG),
        ("12", "", Sign.WRONG),
        ("1" * 40, "", Sign.WRONG),
        ("\x00", "", Sign.WRONG),
    ],
)
def test_a_menu(keys: str, ended_by: str, meant: Answer | Sign) -> None:
    """One key: a choice, `0` an advisor, `*` again, `#` back; whatever else is a key is wrong, no key is silence."""
    assert MENU.read(Reply(keys, ended_by), after_entry=False) == meant


@pytest.mark.parametrize(
    ("keys", "ended_by", "meant"),
    [
        ("123456", "", Answer("123456")),
        ("١٢٣٤٥٦", "", Answer("123456")),
        ("123 456", "", Answer("123456")),
        ("123456#", "", Answer("123456")),
        ("", "*", Sign.HELP),
        ("*", "", Sign.HELP),
        ("*", "*", Sign.HELP),
        ("**", "", Sign.HELP),
        ("12", "*", Sign.RESTART),
        ("12*", "", Sign.RESTART),
        ("12*", "*", Sign.RESTART),
        ("12*34", "", Sign.RESTART),
        ("12*123456", "", Answer("123456")),
        ("", "", Sign.SILENCE),
        ("#", "", Sign.EMPTY),
        ("", "#", Sign.EMPTY),
        ("12345", "", Sign.WRONG),
        ("1234567", "", Sign.WRONG),
        ("#12345", "", Sign.WRONG),
        ("12#456", "", Sign.WRONG),
        ("ABCDEF", "", Sign.WRONG),
        ("1" * 40, "", Sign.WRONG),
    ],
)
def test_an_entry_of_fixed_length(keys: str, ended_by: str, meant: Answer | Sign) -> None:
    """`*` alone is a wish for help, `*` after digits begins again, wherever the carrier puts the key that ended it."""
    assert one_time_code.read(Reply(keys, ended_by), after_entry=False) == meant


@pytest.mark.parametrize(
    ("keys", "ended_by", "meant"),
    [
        ("14031988", "", Answer("1988-03-14")),
        ("1970", "#", Answer("1970")),
        ("1970#", "", Answer("1970")),
        ("12*1970", "#", Answer("1970")),
        ("*", "", Sign.HELP),
        ("*", "#", Sign.HELP),
        ("14*", "", Sign.RESTART),
        ("14*14031", "", Sign.RESTART),
        ("123*2005", "", Sign.RESTART),
        ("12*99", "#", Sign.WRONG),
        ("31021988", "", Sign.WRONG),
        ("1403", "", Sign.WRONG),
    ],
)
def test_a_birth_date(keys: str, ended_by: str, meant: Answer | Sign) -> None:
    """Ended by `#` or by eight keys, a `*` among them: what that cuts short is no year, it begins again."""
    assert birth_date.read(Reply(keys, ended_by), after_entry=False) == meant


def test_a_caller_who_hesitates_within_a_birth_date_has_not_keyed_a_year() -> None:
    """The 20th of May, then ten silent seconds: where the carrier says that no key ended it, it is no year 2005."""
    assert birth_date.read(Reply("2005", timed_out=True), after_entry=False) is Sign.WRONG
    assert birth_date.read(Reply("2005", "#"), after_entry=False) == Answer("2005")
    assert identity_card.read(Reply("2005", timed_out=True), after_entry=False) == Answer("2005")


@pytest.mark.parametrize(
    ("keys", "ended_by", "meant"),
    [
        ("482913", "#", Answer("482913")),
        ("482913", "", Answer("482913")),
        ("482913#", "", Answer("482913")),
        ("48*482913", "#", Answer("482913")),
        ("1*2*482913", "", Answer("482913")),
        ("*482913", "#", Answer("482913")),
        ("48*", "#", Sign.RESTART),
        ("48*", "", Sign.RESTART),
        ("*", "#", Sign.HELP),
        ("*", "", Sign.HELP),
        ("", "#", Sign.EMPTY),
        ("", "", Sign.SILENCE),
        ("BK482913", "#", Sign.WRONG),
        ("123456789", "#", Sign.WRONG),
    ],
)
def test_an_entry_of_varying_length(keys: str, ended_by: str, meant: Answer | Sign) -> None:
    """What follows the last `*` counts; `#` or a few silent seconds end it."""
    assert identity_card.read(Reply(keys, ended_by), after_entry=False) == meant


@pytest.mark.parametrize("reply", [Reply("#"), Reply("", "#"), Reply("#", "#")])
@pytest.mark.parametrize("listens", [MENU, one_time_code, birth_date, identity_card])
def test_a_lone_hash_after_an_entry_of_fixed_length_is_a_habit(listens: Choices | Entry[object], reply: Reply) -> None:
    """Callers press it though the entry has ended by itself."""
    assert listens.read(reply, after_entry=True) is Sign.HABIT


def test_a_hash_of_habit_may_be_followed_by_digits() -> None:
    """It took the place of a digit: asked again, uncounted; if all the digits came, they are taken."""
    assert one_time_code.read(Reply("#12345"), after_entry=True) is Sign.HABIT
    assert one_time_code.read(Reply("#123456"), after_entry=True) == Answer("123456")
    assert birth_date.read(Reply("#1403198"), after_entry=True) is Sign.HABIT


@pytest.mark.parametrize("listens", [MENU, one_time_code, identity_card])
def test_speech_where_only_keys_are_heard_is_a_wrong_answer(listens: Choices | Entry[object]) -> None:
    """It is not silence: the caller did answer. With keys, the keys count."""
    assert listens.read(Reply(speech="oui"), after_entry=False) is Sign.WRONG
    assert isinstance(listens.read(Reply("1" if listens is MENU else "123456", "", "oui"), after_entry=False), Answer)


@pytest.mark.parametrize(
    ("entry", "keys", "meant"),
    [
        (telephone, "0520191404", Answer("+212520191404")),
        (telephone, "0661000777", Answer("+212661000777")),
        (telephone, "0899999999", Sign.WRONG),
        (telephone, "0033123456", Sign.WRONG),
        (moroccan_mobile, "0661000777", Answer("+212661000777")),
        (moroccan_mobile, "0520191404", Sign.WRONG),
        (rib, "230810000123456789012321", Answer("230810000123456789012321")),
        (rib, "230810000123456789012322", Sign.WRONG),
    ],
)
def test_an_entry_must_be_what_it_is_said_to_be(entry: Entry[object], keys: str, meant: Answer | Sign) -> None:
    """A Moroccan number, a mobile, a RIB with its key: parsed by the value's own type, kept in its canonical form."""
    assert entry.read(Reply(keys), after_entry=False) == meant


def test_how_the_carrier_collects() -> None:
    """Menus end by one key and none finishes them; entries of fixed length by `*`, others and dates by `#`."""
    collected = [each.gathering for each in (MENU, one_time_code, birth_date, identity_card)]
    assert [(how.digits, how.end_key, how.timeout) for how in collected] == [
        (1, "", 6),
        (6, "*", 45),
        (8, "#", 10),
        (None, "#", 4),
    ]
