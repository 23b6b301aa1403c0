"""Practical information: five topics, for anybody, said and sent by SMS."""

from pathlib import Path

import pytest

from backend import feeds, messages
from backend.settings import settings
from backend.wording import LANGUAGES, Language
from backend.wording.segments import MOST_SEGMENTS, segments
from exchange.dialler import Call
from tests.conftest import Dial, Texts

SAMPLE = Path(__file__).parents[1] / "feeds" / "sample" / "agencies.csv"
KEY_OF: dict[Language, str] = {"ar": "1", "fr": "2"}
A_FIXED_LINE, A_MOBILE = "+212520191404", "0661000888"
AGENCY_OR_POINT = {"ar": "وكالة أو نقطة قرب معتمدة", "fr": "une agence ou un point de proximité agréé"}
TOPICS = {
    "sms-information-self-employed": "11",
    "sms-information-employee": "12",
    "sms-information-paying": "2",
    "sms-information-depositing": "3",
    "sms-information-portal": "4",
}

in_both_languages = pytest.mark.parametrize("language", LANGUAGES)
at_every_topic = pytest.mark.parametrize("occasion", TOPICS)


@pytest.fixture
def directory(environment: dict[str, str]) -> None:
    """Import the agencies of the sample: Casablanca, Rabat, Sidi Ismaïl, a mobile one in Tiznit, a point in Fès."""
    assert environment
    assert feeds.run_import("agencies", SAMPLE, lambda _progress: None).rejected == 0


def at_menu(dial: Dial, language: Language = "fr", **more: str) -> Call:
    """Return a call at the menu of practical information."""
    return dial(**more).keys(KEY_OF[language]).keys("5").hears("information-menu")


def at_offer(dial: Dial, topic: str, language: Language = "fr", **more: str) -> Call:
    """Return a call that heard a topic, and is offered the same by SMS."""
    call = at_menu(dial, language, **more)
    for key in topic:
        call.keys(key)
    return call.hears("information-sms")


def bodies(texts: Texts, occasion: str) -> list[str]:
    """Return the texts sent on an occasion."""
    return [body for kind, _, body in texts.all() if kind == occasion]


@in_both_languages
@at_every_topic
def test_each_topic_is_said_and_sent_to_the_mobile_that_calls(
    dial: Dial, texts: Texts, language: Language, occasion: str
) -> None:
    """Always "or at an agency or an approved point of proximity"; the SMS takes two segments at most."""
    call = at_offer(dial, TOPICS[occasion], language)
    call.hears_words(AGENCY_OR_POINT[language]).keys("1").hears("anything-else", "7 7")
    ((kind, mobile, body),) = texts.all()
    assert (kind, mobile) == (occasion, "+212661000777")
    assert segments(body) <= MOST_SEGMENTS
    assert {said.language for said in call.said} == {{"ar": "ar-XA", "fr": "fr-FR"}[language]}


@in_both_languages
def test_nothing_is_sent_to_who_wants_no_sms(dial: Dial, texts: Texts, language: Language) -> None:
    """`2` leads on at once; then goodbye, or the main menu."""
    call = at_offer(dial, "4", language).keys("2").hears("anything-else")
    assert texts.all() == []
    call.keys("1").hears("main-menu.2").keys("5").hears("information-menu.2").keys("3").keys("2").keys("2").ends()


def test_sites_are_spelt_so_that_they_can_be_written_down(dial: Dial) -> None:
    """The portal for account, certificate and family; the fund's own site for the video."""
    at_offer(dial, "4").hears_words("m a c n s s, point, m a", "attestation", "conjoint", "enfants")
    at_offer(dial, "11").hears_words("m a c n s s, point, m a", "vidéo explique tout sur le site : c n s s, point, m a")
    at_offer(dial, "4", "ar").hears_words("m a c n s s، نقطة، m a")


def test_an_employee_hears_which_papers_are_needed(dial: Dial, texts: Texts) -> None:
    """The form that the employer stamps, a copy of the card, two photos, the bank details."""
    call = at_offer(dial, "12")
    call.hears_words("321 point 1 point 0 6", "cachet", "copie de votre carte", "deux photos", "coordonnées bancaires")
    call.keys("1")
    (body,) = bodies(texts, "sms-information-employee")
    assert all(words in body for words in ("321.1.06", "copie", "2 photos", "bancaires"))


@in_both_languages
def test_the_payment_link_goes_by_sms(dial: Dial, texts: Texts, language: Language) -> None:
    """As the settings have it."""
    at_offer(dial, "2", language).keys("1")
    (body,) = bodies(texts, "sms-information-paying")
    assert settings().svi_payment_url in body


def test_how_long_a_claim_may_be_deposited_is_said(dial: Dial, texts: Texts) -> None:
    """Two months after the first medical act, sixty days after the end of a continuous treatment."""
    at_offer(dial, "3").hears_words("dans les 2 mois après le premier acte médical", "dans les 60 jours").keys("1")
    at_offer(dial, "3", "ar").hears_words("خلال شهرين من أول عمل طبي", "خلال 60 يوما").keys("1")
    french, arabic = bodies(texts, "sms-information-depositing")
    assert "2 mois" in french
    assert "شهرين" in arabic


@pytest.mark.parametrize("from_", [A_FIXED_LINE, "anonymous", "+33612345678"])
def test_whose_number_is_no_moroccan_mobile_keys_one(dial: Dial, texts: Texts, from_: str) -> None:
    """A fixed line, a number withheld, a number abroad."""
    call = at_offer(dial, "4", from_=from_).keys("1").hears("sms-mobile")
    call.dials("0520191404").hears("sms-mobile", "Je n'ai pas compris")
    call.dials(A_MOBILE).hears("anything-else", "8 8")
    assert [mobile for _, mobile, _ in texts.all()] == ["+212661000888"]


def test_hash_leads_back_to_the_menu_of_information(dial: Dial, texts: Texts) -> None:
    """From each question below it; from that menu itself, to the main menu."""
    call = at_offer(dial, "4").keys("#").hears("information-menu.2")
    call.keys("1").hears("registration-kind").keys("#").hears("information-menu.3")
    call.keys("5").hears("postcode").dials("*").hears("postcode-help").keys("#").hears("information-menu.4")
    call.keys("#").hears("main-menu.2")
    call = at_offer(dial, "2", from_=A_FIXED_LINE).keys("1").dials("*").hears("sms-mobile-help").keys("#")
    call.hears("information-menu.2")
    assert texts.all() == []


@pytest.mark.usefixtures("directory")
def test_the_three_nearest_agencies_are_said_with_their_hours(dial: Dial) -> None:
    """The nearest first: what it is, where, and when it is open."""
    call = at_menu(dial).keys("5").hears("postcode").dials("20000").hears("information-sms")
    nearest, second, third = (call.words.index(name) for name in ("Casablanca Centre", "Rabat Agdal", "Sidi Ismaïl"))
    assert nearest < second < third
    call.hears_words("C'est une agence fixe.", "Adresse : 1 rue de l'Exemple, Casablanca.")
    call.hears_words("Ouvert du lundi au vendredi, de 8 heures 30 à 16 heures 30.")
    assert "Tiznit" not in call.words


@pytest.mark.usefixtures("directory")
def test_agencies_in_arabic_bear_their_arabic_names(dial: Dial) -> None:
    """A mobile one, and a point of proximity, are called so; the hours are those of a clock."""
    call = at_menu(dial, "ar").keys("5").dials("85000").hears("information-sms", "الوكالة المتنقلة تيزنيت")
    call.hears_words(
        "وكالة متنقلة، لا تحضر إلا في بعض الأيام", "تفتح يوم الثلاثاء: من التاسعة صباحا إلى الثانية بعد الزوال"
    )
    call = at_menu(dial, "ar").keys("5").dials("30000").hears("information-sms", "وهي نقطة قرب معتمدة")
    call.hears_words("تفتح من الاثنين إلى السبت: من التاسعة صباحا إلى السابعة مساء")


@pytest.mark.usefixtures("directory")
@in_both_languages
def test_agencies_go_by_sms_as_far_as_there_is_room(dial: Dial, texts: Texts, language: Language) -> None:
    """Names and addresses of as many as fit, the nearest first; hours where there is room left."""
    at_menu(dial, language).keys("5").dials("20000").keys("1").hears("anything-else")
    (body,) = bodies(texts, "sms-agencies")
    assert segments(body) <= MOST_SEGMENTS
    first, *others = body.splitlines()
    assert {"ar": "الدار البيضاء", "fr": "Casablanca Centre"}[language] in first
    assert "1 rue de l'Exemple" in first
    assert others


@pytest.mark.usefixtures("directory")
def test_a_postcode_far_from_everything_may_be_tried_again(dial: Dial) -> None:
    """Nothing is made up; `1` another postcode, `2` the menu of information, as `#` does."""
    call = at_menu(dial).keys("5").dials("99999").hears("postcode-again", "Nous ne connaissons pas d'agence")
    call.keys("1").hears("postcode.2").dials("30000").hears("information-sms", "Point de proximité Fès Atlas")
    for back in ("2", "##"):
        call = at_menu(dial).keys("5").dials("99999")
        for key in back:  # the first `#` after an entry is a habit
            call.keys(key)
        call.hears("information-menu.2")


@in_both_languages
def test_an_empty_directory_is_owned_up_to(dial: Dial, language: Language) -> None:
    """As for a postcode of nowhere."""
    words = {"ar": "لا نعرف أي وكالة", "fr": "Nous ne connaissons pas d'agence"}[language]
    at_menu(dial, language).keys("5").dials("20000").hears("postcode-again", words).keys("2").hears(
        "information-menu.2"
    )


def test_hours_that_cannot_be_said_are_left_out(dial: Dial, texts: Texts, tmp_path: Path) -> None:
    """They are in the SMS as the directory writes them."""
    file = tmp_path / "agencies.csv"
    file.write_text(
        "code,name,kind,city,postcode,address,hours\nM9,Agence mobile Taza,mobile,Taza,35000,souk,les jours de souk\n",
        encoding="utf-8",
    )
    assert feeds.run_import("agencies", file, lambda _progress: None).added == 1
    call = at_menu(dial).keys("5").dials("35000").hears("information-sms", "Agence mobile Taza")
    assert "Ouvert" not in call.words
    call.keys("1")
    assert bodies(texts, "sms-agencies") == ["CNSS : Agence mobile Taza : souk, Taza. les jours de souk"]


def test_a_wrong_postcode_is_asked_for_again_then_an_advisor(dial: Dial) -> None:
    """Fewer than five digits, three times."""
    call = at_menu(dial).keys("5").hears("postcode")
    call.dials("2000").hears("postcode").dials("20").hears("postcode", "sur vos lettres et vos factures")
    call.dials("2").hears("recording")


@in_both_languages
def test_a_number_that_had_its_fill_is_told_so_and_not_that_one_is_sent(
    dial: Dial, texts: Texts, language: Language
) -> None:
    """Five a day to a number that nobody proved to be theirs, whoever calls; another number still gets its own."""
    for _ in range(messages.MOST_A_DAY_UNIDENTIFIED):
        at_offer(dial, "4", language).keys("1").hears("anything-else", "7 7")
    call = at_offer(dial, "4", language).keys("1")
    call.hears(
        "anything-else", {"ar": "لا يمكن إرسال هذه الرسالة اليوم", "fr": "ne peut pas partir aujourd'hui"}[language]
    )
    assert "7 7" not in call.words
    assert len(texts.all()) == messages.MOST_A_DAY_UNIDENTIFIED
    at_offer(dial, "4", language, from_=A_MOBILE).keys("1").hears("anything-else", "8 8")


def test_every_webhook_twice_sends_one_sms(dial: Dial, texts: Texts) -> None:
    """Asked for again in the same call, it is sent again."""
    call = at_offer(dial, "4").keys("1").hears("anything-else")
    for at in range(len(call.webhooks)):
        assert call.again(at) == call.webhooks[-1].reply
    assert len(texts.all()) == 1
    call.keys("1").keys("5").keys("4").keys("1").hears("anything-else.2")
    assert len(texts.all()) == 2


@pytest.mark.usefixtures("directory")
def test_by_voice_in_french(dial: Dial, texts: Texts) -> None:
    """Menus, the postcode and the mobile are spoken."""
    call = dial(from_=A_FIXED_LINE).keys("2").says("des renseignements").hears("information-menu")
    call.says("je cherche une agence").hears("postcode").says("deux zéro zéro zéro zéro").hears("information-sms")
    call.says("oui par message").hears("sms-mobile").says(
        "zéro six soixante et un zéro zéro zéro huit cent quatre-vingt-huit"
    )
    call.hears("anything-else", "8 8")
    assert [mobile for _, mobile, _ in texts.all()] == ["+212661000888"]


@pytest.mark.usefixtures("directory")
def test_by_voice_in_arabic(dial: Dial) -> None:
    """The same in Moroccan Arabic; "no" to the SMS."""
    call = dial().keys("1").says("المعلومات").hears("information-menu").says("بغيت نعرف كيفاش نتسجل")
    call.hears("registration-kind").says("خدام راسي").hears("information-sms").says("لا شكرا").hears("anything-else")
    call.says("نعم").says("المعلومات").says("الوكالة").hears("postcode").says("عشرة زيرو تسعين")
    call.hears("information-sms.2")
