"""Proving at the desk who calls, and correcting a mobile; nobody is told apart from somebody."""

import re

from backend import identity
from backend.values import BirthDate, RegistrationNumber
from backend.work import Actor, begin
from exchange.dialler import Call
from tests.conftest import Texts
from tests.console.acting import NEW, audited, does, form, occasions, offered, opens_hicham
from tests.console.conftest import Browser, accepts
from tests.flows.advising import Desk, rows


def way_of_hicham() -> str:
    """Return how the vocal server would have him prove who he is."""
    with begin(Actor("call", str(rows("calls")[0].id))) as work:
        return identity.claim_number(work, RegistrationNumber("104228815"), BirthDate.parse("18091975")).way


def test_a_mobile_is_corrected_held_told_and_taken_back(with_stranger: Browser, samira: Desk, texts: Texts) -> None:
    """Of who lost the telephone, and can prove nothing; until the hold is over, the old number can come back."""
    opens_hicham(samira)
    assert (
        "Ce numéro est déjà enregistré"
        in form(with_stranger, "correct-mobile").posts(mobile="0661000201", read_back="yes").text
    )
    page = does(with_stranger, "correct-mobile", mobile=NEW, read_back="yes")
    assert "Le mobile enregistré finit maintenant par 99" in page
    (told,) = [(to, body) for occasion, to, body in texts.all() if occasion == "sms-mobile-changed"]
    assert told[0] == "+212661000201"
    assert "Alaoui" not in told[1]
    person = next(row for row in rows("people") if row.registration_number == "104228815")
    assert person.mobile == "+212661000999"
    assert person.portal_from is not None
    refused = form(with_stranger, "send-code").posts()
    assert "sms-code-aloud" not in [occasion for occasion, _, _ in texts.all()], "that number proves nobody yet"
    assert refused.status_code in {200, 400, 409}
    assert way_of_hicham() == "advisor"
    does(with_stranger, "restore-mobile", not_theirs="yes")
    assert way_of_hicham() == "code"
    person = next(row for row in rows("people") if row.registration_number == "104228815")
    assert (person.mobile, person.portal_from) == ("+212661000201", None)
    assert "restore-mobile" not in offered(with_stranger)
    happened = audited("mobile.corrected", "mobile.restored")
    assert [(action, reason) for action, _, _, reason in happened] == [
        ("mobile.corrected", "opening 1"),
        ("mobile.restored", "opening 1"),
    ]


def test_a_caller_is_proved_by_the_code_that_they_say(with_stranger: Browser, texts: Texts) -> None:
    """A wrong one counts; the SMS says that it is for the advisor; then the record is theirs, by the call."""
    does(with_stranger, "send-code", registration_number="104 228 815", born="18/09/1975")
    code = texts.newest("sms-code-aloud")[:6]
    wrong = form(with_stranger, "check-code").posts(code="000000" if code != "000000" else "111111")
    assert "Essais restants : 2" in wrong.text
    page = does(with_stranger, "check-code", code=code)
    assert "L&#39;identité est prouvée" in page
    assert "Hicham Alaoui" in page
    (ticket,) = rows("tickets")
    assert ticket.identified
    assert "send-statement" in offered(with_stranger)
    assert not {"send-code", "check-code"} & offered(with_stranger)
    assert audited("person.proved") == [("person.proved", "advisor", "1", "ticket 1")]


def test_nobody_is_proved_once_they_have_hung_up(with_stranger: Browser) -> None:
    """Not by a code that somebody else would say; what needs no proof is still done."""
    form(with_stranger, "send-code")
    with_stranger.posts("do/end")
    assert offered(with_stranger) == {"send-information", "send-agencies", "arrange-callback"}


def test_who_gave_the_call_to_another_proves_nobody_in_it_any_more(with_stranger: Browser) -> None:
    """Nothing is asked of a caller whom one does not hear."""
    assert "send-code" in offered(with_stranger)
    with_stranger.posts("do/transfer", to="claims")
    assert not {"send-code", "check-code"} & offered(with_stranger)


def test_nobody_is_told_apart_from_somebody(with_stranger: Browser) -> None:
    """An unknown pair gets a code that is never sent, and the same words."""
    page = does(with_stranger, "send-code", registration_number="999999999", born="18091975")
    assert re.search(r"Le code part vers le numéro qui finit par \d\d", page)
    assert occasions() == []
    assert "Essais restants" in form(with_stranger, "check-code").posts(code="123456").text
    answer = form(with_stranger, "send-code").posts(born="1975")
    assert "Il faut ce numéro, ou la carte" in answer.text


def test_who_has_no_mobile_proves_by_tax_reference_and_a_new_one(
    listed: None, samira: Desk, stranger: Call, browser: Browser, texts: Texts
) -> None:
    """As in the vocal server; the registration that follows holds the portal."""
    assert listed is None
    accepts(browser, samira, stranger)
    who = {"card": "J560081", "born": "21/07/1965"}
    assert "Aucun mobile n&#39;est enregistré" in form(browser, "send-code").posts(**who).text
    assert "Ce n&#39;est pas ce que nous avons" in form(browser, "send-code").posts(**who, tax="0000", mobile=NEW).text
    does(browser, "send-code", **who, tax="7710", mobile=NEW)
    does(browser, "check-code", code=texts.newest("sms-code-aloud")[:6])
    does(browser, "complete-registration", same_person="yes", payment="self", declared="yes")
    assert occasions() == ["sms-code-aloud", "sms-registration-completed-held"]
    assert next(row for row in rows("people") if row.cin == "J560081").mobile == "+212661000999"
