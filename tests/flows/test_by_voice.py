"""Whole calls answered by voice, as a carrier's recogniser writes them down, in both languages."""

import re

import pytest
from flask import Flask

from backend.wording import LANGUAGES
from exchange.dialler import Call
from exchange.posting import over_wsgi
from tests.conftest import ACCOUNT, TOKEN, Dial, Texts, forget
from tests.flows.test_registration import number_of

pytestmark = pytest.mark.usefixtures("listed")
KEY_OF = {"ar": "1", "fr": "2"}
MODEL = {"ar": "googlev2_long", "fr": "googlev2_telephony"}


def gather(call: Call) -> dict[str, str]:
    """Return the attributes of the Gather that listens."""
    found = re.search(r"<Gather ([^>]*)>", call.webhooks[-1].reply.body)
    assert found
    return dict(re.findall(r'(\w+)="([^"]*)"', found[1]))


def test_a_registration_by_voice_in_french(dial: Dial, texts: Texts) -> None:
    """Menus, card, birth date and a new mobile are spoken; the language, the code and the tax identifier are keyed."""
    call = dial().keys("2").says("euh l'inscription s'il vous plaît").hears("identity-card")
    call.says("J cinq cent soixante mille quatre-vingt-un").hears("birth-date")
    call.says("le vingt et un juillet mille neuf cent soixante-cinq").hears("tax-reference").dials("7710")
    call.hears("new-mobile").says("zéro six soixante et un zéro zéro zéro un zéro deux").hears("code", "0 2")
    call.dials(texts.code()).hears("confirm-identity").says("oui c'est moi").hears("payment")
    call.says("je paie moi-même").hears("declaration").says("j'accepte").hears("anything-else")
    assert number_of("J560081")
    call.says("non merci").ends()


def test_a_registration_by_voice_in_arabic(dial: Dial, texts: Texts) -> None:
    """The same in Moroccan Arabic."""
    call = dial().keys("1").says("السلام عليكم بغيت نتسجل").hears("identity-card")
    call.says("خمسة ستة زيرو زيرو تمنية واحد").hears("birth-date")
    call.says("تزاديت نهار واحد وعشرين يوليوز ألف وتسعمية وخمسة وستين").hears("tax-reference").dials("7710")
    call.hears("new-mobile").says("صفر ستة واحد وستين صفر صفر صفر واحد صفر جوج").hears("code", "0 2")
    call.dials(texts.code()).hears("confirm-identity").says("نعم هذا أنا").hears("payment")
    call.says("نخلص بوحدي").hears("declaration").says("متفق").hears("anything-else")
    assert number_of("J560081")
    call.says("لا شكرا").ends()


def test_what_is_unsure_is_said_back_in_words(dial: Dial) -> None:
    """A date as a date, figures one by one, a mobile by pairs; «non» asks again, keys are offered."""
    call = (
        dial().keys("2").says("inscription", 0.6).hears("main-menu-confirm", "J'ai compris : inscription.").says("oui")
    )
    call.says("quatre huit deux neuf un trois", 0.7).hears("identity-card-confirm", "4 8 2, 9 1 3").keys("2")
    call.hears("identity-card", "avec les touches").dials("482913#")
    call.says("15 mars 1988", 0.55).hears("birth-date-confirm", "15 mars 1988").says("non ce n'est pas ça")
    call.hears("birth-date").says("quatorze mars quatre-vingt-huit", 0.95).hears("birth-date-confirm.2", "14 mars 1988")
    call.says("oui", 0.5).hears("code")


def test_what_is_unsure_is_said_back_in_arabic(dial: Dial) -> None:
    """In the words of the language."""
    call = dial().keys("1").says("التسجيل", 0.5).hears("main-menu-confirm", "فهمت: التسجيل").says("نعم", 0.6)
    call.hears("identity-card").dials("482913#")
    call.says("ربعطاش مارس 1988", 0.7).hears("birth-date-confirm", "14 مارس 1988").says("لا").hears(
        "birth-date", "بالأزرار"
    )


@pytest.mark.usefixtures("closed")
def test_the_call_centre_and_a_callback_by_voice(dial: Dial) -> None:
    """The day of the callback has the words of that very day."""
    call = dial(to="3939").keys("2").says("une autre question").hears("callback-number-confirm")
    call.says("un autre numéro").hears("callback-number").says("zéro cinq vingt dix-neuf quatorze zéro quatre")
    day = gather(call.hears("callback-day"))["hints"].split(", ")[0]
    call.hears_words(day).says(day.split()[0]).hears("callback-half-day").says("plutôt le matin").ends()


@pytest.mark.usefixtures("closed")
def test_a_number_to_call_back_that_was_unsure(dial: Dial) -> None:
    """It has the key that the flow's own confirmation has, the second time."""
    call = dial(to="3939").keys("2").keys("5").keys("2").hears("callback-number")
    call.says("zéro cinq vingt dix-neuf quatorze zéro quatre", 0.6).hears("callback-number-confirm.2", "0 5, 2 0")
    call.says("oui").hears("callback-day")


@pytest.mark.parametrize("said", ["euh", "il pleut", "attends une seconde", "…", "allô allô", "<Hangup/>", "a" * 5000])
def test_noise_is_a_wrong_answer(dial: Dial, said: str) -> None:
    """Twice asked again, the second time with more help; then an advisor."""
    call = dial().keys("2").says(said).hears("main-menu", "Je n'ai pas compris").says(said).hears("main-menu")
    call.says(said).hears("recording")


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_the_carrier_is_told_to_listen(dial: Dial, language: str) -> None:
    """Keys as ever; besides them speech, by a model that serves the language, with the menu's words as hints."""
    call = dial()
    assert gather(call)["input"] == "dtmf"
    menu = gather(call.keys(KEY_OF[language]))
    assert (menu["input"], menu["language"]) == ("dtmf speech", {"ar": "ar-MA", "fr": "fr-FR"}[language])
    assert (menu["speechTimeout"], menu["speechModel"]) == ("2", MODEL[language])
    assert (menu["numDigits"], menu["finishOnKey"], menu["timeout"]) == ("1", "", "6")
    assert {"ar": "التسجيل", "fr": "inscription"}[language] in menu["hints"].split(", ")
    date = gather(call.keys("1").dials("482913#"))
    assert (date["input"], date["numDigits"], date["finishOnKey"]) == ("dtmf speech", "8", "#")
    assert {"ar": "مارس", "fr": "mars"}[language] in date["hints"].split(", ")
    assert gather(call.dials("14031988").hears("code"))["input"] == "dtmf"


@pytest.mark.parametrize(
    ("mode", "menu", "entry"),
    [("off", "dtmf", "dtmf"), ("menus", "dtmf speech", "dtmf"), ("all", "dtmf speech", "dtmf speech")],
)
def test_svi_speech(app: Flask, monkeypatch: pytest.MonkeyPatch, mode: str, menu: str, entry: str) -> None:
    """`off`: keys only; `menus`: no number and no date leaves the country; `all`."""
    monkeypatch.setenv("SVI_SPEECH", mode)
    forget()
    call = Call(over_wsgi(app, TOKEN), to="+212520447100", account_sid=ACCOUNT).keys("2")
    assert gather(call)["input"] == menu
    assert gather(call.keys("1").hears("identity-card"))["input"] == entry


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_only_questions_refuse_speech(app: Flask, language: str) -> None:
    """Should a carrier send some all the same: a wrong answer, also for the right figures."""
    post = over_wsgi(app, TOKEN)
    call = Call(post, to="+212520447100", account_sid=ACCOUNT).keys(KEY_OF[language]).keys("1")
    call.dials("560081#").dials("21071965").hears("tax-reference")
    url = f"http://127.0.0.1:8039/voice/answer/{call.turn}/{call.question}"
    _, _, body = post(url, {"CallSid": call.sid, "SpeechResult": "7710", "Confidence": "1.0"})
    assert "/tax-reference" in str(body)
    assert {"ar": "لم أفهم", "fr": "Je n'ai pas compris"}[language] in str(body)


def test_what_was_said_twice_is_heard_once(dial: Dial) -> None:
    """A webhook delivered again gets the stored reply."""
    call = dial().keys("2").says("inscription", 0.6).hears("main-menu-confirm")
    assert call.again() == call.webhooks[-1].reply
    call.says("oui").hears("identity-card")
    assert call.again(2) == call.webhooks[-1].reply
