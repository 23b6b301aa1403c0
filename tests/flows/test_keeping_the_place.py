"""`1` while waiting: hang up, keep the place, be called back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from backend import clock
from backend.wording import Language
from callcenter import callbacks
from tests.conftest import Texts
from tests.flows.advising import Carrier, Desk, all_tickets, call_due, kept, rows, states
from tests.flows.conftest import Wait

Count = Callable[[str], int]
A_FIXED_LINE, A_MOBILE = "0520191404", "0661000888"
WITHHELD = ("anonymous", "", "+266696687", "+7378742833", "Restricted")
NEXT = {"ar": "دوركم هو التالي", "fr": "Vous êtes la prochaine personne"}
COMING = {"ar": "المستشار في طريقه إليكم", "fr": "Un conseiller arrive"}
KEPT = {"ar": "احتفظنا برتبتكم", "fr": "Votre place est gardée"}
CALLING = {"ar": "مستشار يتصل بكم الآن", "fr": "Un conseiller vous appelle déjà"}

in_both_languages = pytest.mark.parametrize("language", ["ar", "fr"])


@in_both_languages
def test_one_keeps_the_place_and_the_number_is_confirmed(wait: Wait, texts: Texts, language: Language) -> None:
    """It counts from when the caller began to wait; said by SMS."""
    call = wait(language).keys("1").hears("callback-number-confirm", "7 7").keys("1").ends()
    call.hears_words(KEPT[language], "7 7")
    assert kept() == ("place", "promised", "+212661000777")
    (ticket,) = all_tickets()
    assert (ticket.state, ticket.outcome) == ("ended", "kept")
    assert rows("callbacks")[0].counts_from == ticket.counts_from
    assert [(kind, to) for kind, to, _ in texts.all()] == [("sms-callback-place", "+212661000777")]


def test_another_number_may_be_a_fixed_line(wait: Wait, texts: Texts) -> None:
    """It is called, and gets no SMS."""
    wait().keys("1").keys("2").hears("callback-number").dials(A_FIXED_LINE).ends()
    assert kept() == ("place", "promised", "+212520191404")
    assert texts.all() == []


@pytest.mark.parametrize("from_", WITHHELD)
def test_who_withholds_the_number_is_asked_for_one(wait: Wait, from_: str) -> None:
    """There is nothing to confirm; until it is given, there is nobody to call."""
    call = wait(from_=from_).keys("1").hears("callback-number")
    assert kept() == ("place", "promised", None)
    call.dials(A_MOBILE).ends().hears_words(KEPT["fr"], "8 8")
    assert kept() == ("place", "promised", "+212661000888")


def test_who_hangs_up_right_after_one_is_called_where_they_rang_from(wait: Wait) -> None:
    """The place is kept by the key; once the call is over, its turn comes."""
    call = wait().keys("1")
    call_due()
    assert kept()[1] == "promised"  # still on the line
    call.hangs_up()
    call_due()
    assert kept() == ("place", "due", "+212661000777")
    first, again = all_tickets()
    assert (again.kind, again.state, again.tier, again.counts_from) == (
        "callback",
        "waiting",
        "kept",
        first.counts_from,
    )


def test_who_withholds_the_number_and_hangs_up_right_after_one_cannot_be_called(wait: Wait) -> None:
    """The place is given up: nobody would ever be reached."""
    wait(from_="anonymous").keys("1").hangs_up()
    call_due()
    assert kept() == ("place", "cancelled", None)


def test_silence_at_the_number_keeps_the_place_too(wait: Wait) -> None:
    """Where they rang from; three silences are goodbye."""
    wait().keys("1").silence().silence().silence().ends()
    assert kept() == ("place", "promised", "+212661000777")


@in_both_languages
def test_one_is_ignored_once_an_advisor_has_accepted(
    wait: Wait, carrier: Carrier, count: Count, language: Language
) -> None:
    """They come: the caller is not sent away."""
    desk = Desk(carrier, language=language).is_ready()
    call = wait(language)
    desk.takes()
    call.keys("1").hears_words(COMING[language])
    assert (call.queued is not None, count("callbacks"), states()) == (True, 0, [("accepted", None)])
    desk.joins()
    assert desk.fetches(call).joined


def test_one_that_is_pressed_while_it_rings_at_an_advisor_keeps_the_place(wait: Wait, carrier: Carrier) -> None:
    """The offer goes, and the advisor stays ready."""
    desk = Desk(carrier).is_ready()
    wait().keys("1").hears("callback-number-confirm")
    with pytest.raises(AssertionError):
        desk.takes()
    assert (desk.state, states()) == ("ready", [("ended", "kept")])


@in_both_languages
def test_who_is_called_back_while_still_on_the_line_hears_so(wait: Wait, language: Language) -> None:
    """A caller who ponders for long: the number is not changed under the advisor's hands."""
    call = wait(language).keys("1").hears("callback-number-confirm")
    with time_machine.travel(clock.now() + callbacks.attempts.GOODBYE + timedelta(seconds=1)):
        call_due()
        call.keys("1").ends().hears_words(CALLING[language])
    assert kept()[1] == "due"


@in_both_languages
def test_who_rings_again_has_the_place_back(wait: Wait, language: Language) -> None:
    """Ahead of those who came meanwhile; the promised call is cancelled."""
    wait(language).keys("1").keys("1").ends()
    wait(language, from_="+212661000002")
    wait(language).hears_words(NEXT[language])
    first, _, again = all_tickets()
    assert (again.tier, again.counts_from) == ("kept", first.counts_from)
    assert kept()[1] == "cancelled"


def test_another_telephone_does_not_get_that_place(wait: Wait) -> None:
    """A place is a number's, or a person's."""
    wait().keys("1").keys("1").ends()
    wait(from_="+212661000002")
    assert kept()[1] == "promised"
