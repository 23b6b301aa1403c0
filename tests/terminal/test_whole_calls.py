"""A caller and an advisor, from the dial tone to the survey, by the exchange and by the terminal."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from backend import db
from tests.centre import Centre
from tests.conftest import Texts


def test_a_call_from_the_dial_tone_to_the_survey_in_french(centre: Centre) -> None:
    """The offer says what is known; both hear each other; the advisor ends, the caller is asked how it went."""
    centre.hires("s.alami", name="Samira Alami")
    samira = centre.advisor("s.alami")
    samira.types("ready").shows("Vous êtes disponible")
    caller = centre.calls().keys("2", "0").asked("recording").keys("2")
    samira.shows("Un appel pour vous", "Personne non identifiée", "Sujet : autre demande. Langue : français")
    samira.shows("Langue : français", "Menu principal : demande un conseiller", "Accord pour l'enregistrement : non")
    samira.types("accept", ":Bonjour Madame", "wait merci", "end", "1")
    samira.shows("Appel pris", "Vous êtes en communication avec la personne")
    caller.hears("Bonjour Madame").says("Merci beaucoup")
    samira.shows("la personne : Merci beaucoup", "L'appel est terminé", "C'est noté")
    caller.asked("survey").keys("5").asked("survey-reason").keys("1")
    caller.meets("ended", status="completed")
    assert samira.ends() == 0
    assert samira.state == "signed-out"


def test_a_call_from_the_dial_tone_to_the_survey_in_arabic(centre: Centre) -> None:
    """By 3939, with the words of the language instead of the keys; the caller hangs up first: nobody asks them then."""
    centre.hires("m.bennani", ("ar", "fr"))
    mehdi = centre.advisor("m.bennani", "ar")
    mehdi.types("جاهز").shows("أنتم جاهزون")
    caller = centre.calls(to="3939").keys("1", "3", "2").asked("recording").keys("1")
    mehdi.shows("مكالمة لكم", "متصل غير معروف", "الموضوع: ملفات التعويض عن المرض. اللغة: العربية")
    mehdi.types("قبول", ":السلام عليكم").shows("أنتم في مكالمة مع المتصل")
    caller.hears("السلام عليكم").hangs_up()
    mehdi.shows("انتهت المكالمة", "1. طلب وثائق").types("1").shows("تم التسجيل: طلب وثائق", "أنتم جاهزون")
    assert mehdi.ends() == 0


@pytest.mark.usefixtures("sample")
def test_who_is_identified_has_a_name_and_a_case_may_be_opened(
    centre: Centre, texts: Texts, count: Callable[[str], int]
) -> None:
    """The name is read for the ticket's sake, and the audit says so; a note is sealed in a case."""
    centre.hires("s.alami")
    samira = centre.advisor("s.alami")
    samira.types("ready").shows("Vous êtes disponible")
    caller = centre.calls().keys("2", "2").asked("registration-number").keys("104228815")
    caller.asked("birth-date").keys("18091975").asked("code").keys(texts.code())
    caller.asked("contributions-menu").keys("0").asked("recording").keys("2")
    samira.shows("Personne identifiée : Hicham Alaoui", "Sujet : cotisations", "Code reçu par message : répondu")
    samira.types("accept").shows("Vous êtes en communication avec Hicham Alaoui")
    samira.types("end", "1 rappeler quand le paiement est arrivé").shows("Demande suivie 1 ouverte", "C'est noté")
    caller.asked("survey").hangs_up()
    assert count("cases") == 1
    with db.engine().connect() as connection:
        reasons = connection.execute(text("select distinct reason from audit where action = 'record.opened'")).all()
    assert reasons == [("ticket 1",)]
    assert "104228815" not in samira.screen


def test_of_a_stranger_nothing_can_be_noted(centre: Centre) -> None:
    """A case is about somebody; nobody has proved to be anybody."""
    centre.hires("s.alami")
    samira = centre.advisor("s.alami")
    samira.types("ready").shows("Vous êtes disponible")
    centre.calls().keys("2", "0").asked("recording").keys("2")
    samira.types("accept", "note rappeler demain", "end", "1").shows("Personne n'est identifié", "C'est noté")
