"""A caller and an advisor, from the dial tone to the survey, by the exchange and by the terminal."""

from tests.centre import Centre


def test_a_call_from_the_dial_tone_to_the_survey_in_french(centre: Centre) -> None:
    """The offer says what is known; both hear each other; the advisor ends, the caller is asked how it went."""
    centre.hires("s.alami", name="Samira Alami")
    samira = centre.advisor("s.alami")
    samira.types("ready").shows("Vous êtes disponible")
    caller = centre.calls().keys("2", "0")
    caller.asked("recording").does("keys", keys="2")
    samira.shows("Un appel pour vous", "Personne non identifiée", "Sujet : autre demande. Langue : français")
    samira.types("accept", ":Bonjour Madame", "wait merci", "end", "1")
    samira.shows("Appel pris", "Vous êtes en communication avec la personne")
    caller.hears("Bonjour Madame").says("Merci beaucoup")
    samira.shows("la personne : Merci beaucoup", "L'appel est terminé", "C'est noté")
    caller.asked("survey").does("keys", keys="5").asked("survey-reason").does("keys", keys="1")
    caller.meets("ended", status="completed")
    assert samira.ends() == 0
    assert samira.state == "signed-out"
