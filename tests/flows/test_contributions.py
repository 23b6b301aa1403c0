"""What a self-employed worker hears of contributions and of the debt cancellation, on 20 March 2024."""

from collections.abc import Callable

import pytest

from backend import messages
from backend.work import Actor, begin
from exchange.dialler import Call
from tests.conftest import Dial, Texts, forget

pytestmark = pytest.mark.usefixtures("sample")
HICHAM, KHADIJA, ANAS, RACHID = (
    ("104228815", "18091975"),
    ("118350942", "05121983"),
    ("126604471", "27041990"),
    ("131907758", "11021962"),
)
Identified = Callable[..., Call]


@pytest.fixture
def identified(dial: Dial, texts: Texts) -> Identified:
    """Return what calls, chooses contributions and proves to be somebody."""

    def call(who: tuple[str, str], language: str = "2") -> Call:
        begun = dial().keys(language).keys("2").hears("registration-number").dials(who[0]).hears("birth-date")
        begun.dials(who[1]).hears("code")
        return begun.dials(texts.code())

    return call


def test_what_is_owed_what_will_be_cancelled_and_the_one_thing_to_do(identified: Identified) -> None:
    """In this order, and then the parts, over how many months, since when."""
    call = identified(HICHAM).hears("contributions-menu")
    sentences = (
        "Vous devez en tout 1\u202f958 dirhams.",
        "Sur ce montant, 1\u202f958 dirhams seront annulés, si vous payez chaque mois.",
        "À payer : 300 dirhams, pour mars 2024.",
        "Le dernier jour pour payer est le 10 avril 2024.",
        "Les cotisations font 1\u202f800 dirhams.",
        "Les pénalités de retard font 108 dirhams.",
        "Les frais de poursuite font 50 dirhams.",
        "Cela concerne 6 mois, depuis juin 2023.",
    )
    at = [call.words.index(sentence) for sentence in sentences]
    assert at == sorted(at)


def test_the_same_in_arabic(identified: Identified) -> None:
    """Amounts, months and days as Arabic counts them."""
    call = identified(HICHAM, "1").hears("contributions-menu")
    call.hears_words("عليكم في المجموع مبلغ 1958 درهما", "ستة أشهر", "يونيو 2023", "10 أبريل 2024")


def test_who_owes_nothing_hears_what_is_due_next(identified: Identified) -> None:
    """And when; nothing of months or parts."""
    call = identified(KHADIJA).hears(
        "contributions-menu", "Vous ne devez rien.", "540 dirhams, pour mars 2024", "10 avril"
    )
    assert "pénalités" not in call.words


def test_two_months_are_owed_and_no_cancellation_is_offered(identified: Identified) -> None:
    """Fewer than three unpaid months are no debt to cancel."""
    call = identified(ANAS).hears("contributions-menu", "Vous devez en tout 212 dirhams.", "depuis octobre 2023")
    assert "annul" not in call.words.partition("212")[2].partition("Pour savoir")[0]
    call.keys("2").hears("anything-else", "ne vous concerne pas", "au moins trois mois", "Nous en comptons 2.")


def test_how_to_pay_is_said_and_sent(identified: Identified, texts: Texts) -> None:
    """Amount, last day, in cash with the card, and the link by SMS, which an identified caller asked for."""
    call = identified(HICHAM).keys("1")
    call.hears("anything-else", "À payer : 300 dirhams, pour mars 2024.", "10 avril 2024", "espèces", "carte nationale")
    sms = texts.newest("sms-payment")
    assert "300 dirhams à payer pour mars 2024 avant le 10 avril 2024 inclus" in sms
    assert "https://www.cnss.ma/bpc-payement/assure/tns/" in sms
    assert "104228815" not in sms
    assert "Hicham" not in sms


def test_what_is_late_already_is_sent_without_a_last_day(identified: Identified, texts: Texts) -> None:
    """The amount and where to pay it."""
    identified(ANAS).keys("1").hears("anything-else", "À payer : 212 dirhams, pour 2 mois")
    assert "212 dirhams" in texts.newest("sms-payment-owed")


def test_the_last_three_payments(identified: Identified) -> None:
    """The newest first."""
    call = identified(HICHAM).keys("3").hears("anything-else")
    words = call.words
    newest = words.index("Le 8 mars 2024, vous avez payé 300 dirhams, pour février 2024.")
    assert newest < words.index("Le 12 février 2024, vous avez payé 300 dirhams, pour janvier 2024.")
    assert "2023-05" not in words
    assert words.count("vous avez payé") == 3


def test_when_the_insurance_opens(identified: Identified) -> None:
    """After the three months that follow the first payment's."""
    identified(HICHAM).keys("4").hears("anything-else", "s'ouvrira le 1er juin 2024")
    identified(KHADIJA).keys("4").hears("anything-else", "ouverte depuis le 1er février 2022")


def test_how_far_somebody_is_in_the_cancellation(identified: Identified) -> None:
    """Months paid of how many, what will be cancelled, when AMO opens, the next month."""
    call = (
        identified(HICHAM)
        .keys("2")
        .hears("anything-else", "Mois payés : 0 sur 12", "1\u202f958 dirhams seront annulés")
    )
    call.hears_words("1er juin 2024", "pour mars 2024")


def test_an_undertaking_is_recorded_once_and_not_asked_again(
    identified: Identified, texts: Texts, count: Callable[[str], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the window, before a first payment: the payment link by SMS, twice delivered or not."""
    monkeypatch.setenv("SVI_TODAY", "2024-02-01")
    forget()
    call = identified(HICHAM).hears("contributions-menu", "1\u202f958 dirhams peuvent être annulés")
    assert call.words.index("Pour l'annulation des dettes, tapez 2.") < call.words.index("Pour savoir comment payer")
    call.keys("2").hears("commitment", "30 avril 2024").keys("1").hears("anything-else", "enregistré")
    call.again(-1)
    assert count("commitments") == 1
    assert "https://www.cnss.ma" in texts.newest("sms-commitment")
    later = identified(HICHAM).keys("2").hears("anything-else", "Vous vous êtes engagé le 1er février 2024")
    later.keys("2").ends()


def test_an_employee_has_nothing_to_pay_themselves(identified: Identified) -> None:
    """Said at once, with what else there is."""
    identified(RACHID).hears("anything-else", "pas de cotisations à payer vous-même")


def test_back_leads_to_the_menu_of_contributions_and_then_to_the_first(identified: Identified) -> None:
    """`#` is the menu before, but for one pressed by habit after the code; who is identified is not asked again."""
    call = identified(HICHAM).keys("#").hears("contributions-menu").keys("#").hears("main-menu.2")
    call.keys("2").hears("contributions-menu.2")


def test_an_unknown_number_meets_the_same_questions_and_a_code_that_was_never_sent(dial: Dial, texts: Texts) -> None:
    """Three wrong codes, then an advisor: nothing tells a stranger whether the number exists."""
    call = dial().keys("2").keys("2").dials("999999999").hears("birth-date").dials("18091975").hears("code")
    assert not [kind for kind, _, _ in texts.all()]
    for _ in range(3):
        call.dials("123456")
    call.hears_words("conseiller")


def test_who_does_not_know_the_number_is_asked_for_the_card(dial: Dial, texts: Texts) -> None:
    """`#` alone says so."""
    call = dial().keys("2").keys("2").dials("#").hears("identity-card").dials("118203#").dials("18091975")
    call.dials(texts.code()).hears("contributions-menu")


@pytest.mark.usefixtures("listed")
def test_somebody_whose_registration_is_pending_is_told_to_complete_it(dial: Dial, texts: Texts) -> None:
    """There is nothing to say of contributions before."""
    call = dial().keys("2").keys("2").dials("#").dials("482913#").dials("14031988").dials(texts.code())
    call.hears("anything-else", "pas encore terminée")


def test_nobody_is_told_of_a_message_that_does_not_go(identified: Identified, count: Callable[[str], int]) -> None:
    """An operator switched it off: it is recorded as withheld, and the caller hears so."""
    with begin(Actor("command", "messages")) as work:
        messages.switch(work, "sms-payment", on=False)
    call = identified(HICHAM).keys("1").hears("anything-else", "Ce message ne peut pas partir aujourd'hui.")
    assert "Un message vous est envoyé" not in call.words
    assert count("outbox") == 2
