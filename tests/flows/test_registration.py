"""A self-employed worker completes the registration by keys, in French or in Arabic."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from backend import db
from backend.people import people
from backend.registrations import registrations
from backend.seal import unseal
from tests.conftest import Dial, Texts

pytestmark = pytest.mark.usefixtures("listed")
SALMA, BRAHIM, NADIA, HICHAM = "482913#", "560081#", "90417#", "118203#"
RIB = "230810000123456789012321"


def number_of(cin: str) -> str:
    """Return the registration number that PostgreSQL holds."""
    with db.engine().connect() as connection:
        row = connection.execute(select(people).where(people.c.cin == cin)).one()
    assert row.status == "registered"
    return str(row.registration_number)


def by_threes(number: str, comma: str = ",") -> str:
    """Return a number as it is said."""
    return f"{comma} ".join(" ".join(number[at : at + 3]) for at in (0, 3, 6))


def test_registration_in_french_says_the_number_that_the_database_holds(dial: Dial, texts: Texts) -> None:
    """The number is said twice, digit by digit, and goes by SMS with the portal's address and an activation code."""
    call = dial().hears("language").keys("2").hears("main-menu").keys("1").hears("identity-card")
    call.dials(SALMA).hears("birth-date").dials("14031988").hears("code", "0 1")
    call.dials(texts.code()).hears("confirm-identity", "Salma El Amrani", "médecin")
    call.keys("1").hears("payment").keys("2").hears("declaration").keys("1").hears("anything-else")
    number = number_of("BK482913")
    assert call.words.count(by_threes(number)) == 2
    call.hears_words("1er février 2022", "janvier 2022")
    sms = texts.newest("sms-registration-completed")
    assert number in sms
    assert "www.macnss.ma" in sms
    assert "Salma" not in sms
    call.keys("2").ends()


def test_registration_in_arabic(dial: Dial, texts: Texts) -> None:
    """The whole way in Arabic, with Arabic digits in commas of its own, and the SMS in Arabic."""
    call = dial().keys("1").hears("main-menu", "للتسجيل، اضغط 1").keys("1").dials(SALMA).dials("14031988")
    call.dials(texts.code()).hears("confirm-identity", "سلمى العمراني")
    call.keys("1").keys("2").keys("1").hears("anything-else")
    assert call.words.count(by_threes(number_of("BK482913"), "،")) == 2
    call.hears_words("فاتح فبراير 2022")
    assert "رقم" in texts.newest("sms-registration-completed")
    assert {said.language for said in call.said} == {"ar-XA"}


def test_without_a_mobile_on_file_the_tax_reference_and_a_new_mobile(dial: Dial, texts: Texts) -> None:
    """The new mobile gets the code; its activation code works three days later; days to come are said as such."""
    call = dial().keys("1").keys("1").dials(BRAHIM).dials("21071965").hears("tax-reference")
    call.dials("7710").hears("new-mobile").dials("0661000102").hears("code", "0 2")
    call.dials(texts.code()).keys("1").keys("2").keys("1").hears("anything-else", "فاتح يوليوز 2024")
    assert number_of("J560081") in texts.newest("sms-registration-completed-held")


def test_direct_debit_keeps_the_account_sealed_and_says_its_last_four_digits(dial: Dial, texts: Texts) -> None:
    """24 digits, their key right; in the database only sealed."""
    call = dial().keys("2").keys("1").dials(SALMA).dials("14031988").dials(texts.code()).keys("1")
    call.keys("1").hears("bank-account").dials(RIB).hears("declaration", "2 3 2 1").keys("1").hears("anything-else")
    with db.engine().connect() as connection:
        row = connection.execute(select(registrations)).one()
    assert row.payment == "direct-debit"
    assert unseal(row.account, f"registrations:{row.person_id}").decode() == RIB


def test_a_wrong_rib_twice_loses_no_registration(dial: Dial, texts: Texts) -> None:
    """After two wrong ones it goes on with "I shall pay myself", said so."""
    wrong = RIB[:-1] + "2"
    call = dial().keys("2").keys("1").dials(SALMA).dials("14031988").dials(texts.code()).keys("1").keys("1")
    call.dials(wrong).hears("bank-account").dials(wrong).hears("declaration", "vous paierez vous-même")
    call.keys("1").hears("anything-else")
    assert number_of("BK482913")


def test_three_wrong_codes_lead_to_an_advisor(dial: Dial, texts: Texts, count: Callable[[str], int]) -> None:
    """Each is told how many tries are left; the question asked afresh has a key of its own."""
    call = dial().keys("2").keys("1").dials(SALMA).dials("14031988")
    wrong = f"{(int(texts.code()) + 1) % 10**6:06}"
    call.dials(wrong).hears("code.2", "2 essais").dials(wrong).hears("code.3").dials(wrong)
    call.hears("recording")
    assert count("registrations") == 0


def test_an_unknown_pair_hears_what_a_known_one_hears(dial: Dial, count: Callable[[str], int]) -> None:
    """The same questions and words, two digits as well, always the same; to a code that was never sent."""
    known = dial().keys("2").keys("1").dials(SALMA).dials("14031988")
    unknown = [dial().keys("2").keys("1").dials("999999#").dials("14031988") for _ in range(2)]
    assert unknown[0].hears("code").words == unknown[1].words
    assert len(unknown[0].words) == len(known.words)
    assert count("outbox") == 1
    for tries in ("code.2", "code.3", "recording"):
        unknown[0].dials("123456").hears(tries)


def test_a_lone_year_matches_only_a_record_flagged_so(dial: Dial, count: Callable[[str], int]) -> None:
    """Ali's card bears only 1970: the year and `#` find him, his supposed first of January doesn't."""
    dial().keys("2").keys("1").dials("11111#").dials("1970#").hears("code", "1 1")
    assert count("outbox") == 1
    dial().keys("2").keys("1").dials("11111#").dials("01011970").hears("code")
    assert count("outbox") == 1


@pytest.mark.parametrize(("card", "born"), [("55555#", "05051980"), (NADIA, "30011991")])
def test_several_people_or_nothing_to_prove_it_by_is_for_an_advisor(dial: Dial, card: str, born: str) -> None:
    """Two people of the same figures and birth date; somebody without mobile and tax identifier."""
    dial().keys("2").keys("1").dials(card).dials(born).hears("recording")


def test_already_complete_is_said_after_the_code_and_the_number_goes_by_sms(dial: Dial, texts: Texts) -> None:
    """It isn't spoken, and a stranger with card and birth date learns nothing."""
    call = dial().keys("2").keys("1").dials(HICHAM).dials("18091975").hears("code")
    call.dials(texts.code()).hears("anything-else", "déjà terminée")
    assert "1 0 4" not in call.words
    assert "104228815" in texts.newest("sms-registration-number")


def test_three_codes_an_hour_a_person_over_all_calls(dial: Dial, count: Callable[[str], int]) -> None:
    """The first included; the fourth call meets an advisor."""
    for _ in range(3):
        dial().keys("2").keys("1").dials(SALMA).dials("14031988").hears("code")
    dial().keys("2").keys("1").dials(SALMA).dials("14031988").hears("recording")
    assert count("outbox") == 3


def test_another_code_by_star_then_one(dial: Dial, texts: Texts) -> None:
    """`*` alone opens the code's own help; both codes of the call are good, since an SMS may be slow."""
    call = dial().keys("2").keys("1").dials(SALMA).dials("14031988")
    first = texts.code()
    call.keys("*").hears("code-help").keys("1").hears("code")
    assert texts.code() != first
    call.dials(first).hears("confirm-identity")


def test_not_me_and_cancel_register_nobody(dial: Dial, texts: Texts, count: Callable[[str], int]) -> None:
    """`2` at the name leads to an advisor, `2` at the declaration cancels."""
    dial().keys("2").keys("1").dials(SALMA).dials("14031988").dials(texts.code()).keys("2").hears("recording")
    call = dial().keys("2").keys("1").dials(SALMA).dials("14031988").dials(texts.code())
    call.keys("1").keys("2").keys("2").hears("anything-else", "annulée")
    assert count("registrations") == 0


def test_every_webhook_twice_has_the_effects_of_one(dial: Dial, texts: Texts, count: Callable[[str], int]) -> None:
    """The same bytes, the same count of rows, one SMS of each kind."""
    call = dial()
    for keys in ("2", "1", SALMA, "14031988"):
        assert call.again() == call.webhooks[-1].reply
        call.dials(keys)
    for keys in (texts.code(), "1", "2", "1", "2"):
        assert call.again() == call.webhooks[-1].reply
        call.dials(keys)
    tables = ("calls", "conversations", "codes", "registrations", "outbox", "audit", "steps")
    before = {table: count(table) for table in tables}
    for webhook, at in zip(call.webhooks, range(len(call.webhooks)), strict=True):
        last = call.again(at)
        assert last == call.webhooks[-1].reply, webhook.url
    assert {table: count(table) for table in tables} == before
    assert before["registrations"] == 1
    assert before["outbox"] == 2
