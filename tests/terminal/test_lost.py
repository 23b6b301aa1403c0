"""What breaks while an advisor works: the terminal, its leg, the queue, the database."""

import pytest

from backend import jobs
from tests.centre import Centre


@pytest.mark.long
def test_an_advisor_who_dies_gives_the_caller_back_to_the_head_of_the_queue(centre: Centre) -> None:
    """After 20 s of grace; who waits already waits longer, and the caller gets the next advisor."""
    centre.hires("s.alami")
    centre.hires("m.bennani")
    samira = centre.advisor("s.alami")
    samira.types("ready").shows("Vous êtes disponible")
    first = centre.calls().keys("2", "0").asked("recording").keys("2")
    samira.types("accept").shows("Vous êtes en communication")
    centre.calls("+212661000778").keys("2", "0").asked("recording").keys("2").meets("queued")
    samira.dies()
    first.hears("La communication avec le conseiller est coupée")
    first.meets("queued")
    mehdi = centre.advisor("m.bennani").types("ready", "accept", ":me voici")
    mehdi.shows("Vous êtes en communication")
    first.hears("me voici")


def test_a_leg_that_is_cut_dials_in_again(centre: Centre) -> None:
    """Within the grace: the caller hears the same advisor again."""
    centre.hires("s.alami")
    samira = centre.advisor("s.alami")
    samira.types("ready").shows("Vous êtes disponible")
    caller = centre.calls().keys("2", "0").asked("recording").keys("2")
    samira.types("accept").shows("Vous êtes en communication")
    leg = samira.terminal.phone.leg
    assert leg
    leg.hang_up()
    samira.shows("Votre ligne est coupée").types(":de retour")
    caller.hears("de retour")


def test_a_queue_that_forgot_everything_still_offers(centre: Centre) -> None:
    """FLUSHALL while an advisor is ready: the next call is offered."""
    centre.hires("s.alami")
    samira = centre.advisor("s.alami")
    samira.types("ready").shows("Vous êtes disponible")
    jobs.connection().flushall()
    centre.calls().keys("2", "0").asked("recording").keys("2")
    samira.shows("Un appel pour vous")


def test_a_word_too_early_is_refused_by_a_person_and_waited_for_in_a_script(centre: Centre) -> None:
    """At a keyboard: not now; in a script its moment comes."""
    centre.hires("s.alami")
    centre.hires("m.bennani")
    typing = centre.advisor("s.alami", interactive=True)
    typing.types("accept").shows("Ce n'est pas possible maintenant")
    typing.types("what").shows("Ce mot n'est pas connu : what")
    typing.types("?").shows("prendre l'appel", "chaque ligne attend son moment")
    typing.types("o").shows("Vous êtes déconnecté")
    scripted = centre.advisor("m.bennani").types("ready", "accept", "end", "1")
    centre.calls().keys("2", "0").asked("recording").keys("2")
    assert scripted.shows("C'est noté").ends() == 0
