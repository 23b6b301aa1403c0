"""A promised call, as its advisor sees it: which attempt, whose two digits, what came of it."""

import pytest

from tests.centre import Centre, Seat

NUMBER = "+212661000777"


@pytest.fixture
def samira(centre: Centre) -> Seat:
    """Return an advisor to whom the call of somebody who kept the place, and hung up, is offered."""
    centre.hires("s.alami")
    waiting = centre.calls(NUMBER).keys("2", "0").asked("recording").keys("2").meets("queued").keys("1")
    waiting.asked("callback-number-confirm").keys("1").meets("ended")
    samira = centre.advisor("s.alami").types("ready")
    return samira.shows("Un rappel promis, pour vous", "Personne non identifiée", "Essai 1, numéro qui finit par 77")


def test_who_kept_the_place_is_called_and_talks(centre: Centre, samira: Seat) -> None:
    """The advisor waits in the conference; who answers confirms, and is there."""
    samira.types("accept", ":Bonjour Madame", "end", "1").shows("Nous appelons le numéro qui finit par 77")
    called = centre.called(NUMBER).asked("callback-confirm").keys("1").hears("Bonjour Madame")
    samira.shows("Vous êtes en communication avec la personne", "C'est noté")
    called.asked("survey").hangs_up()
    assert samira.ends() == 0


def test_who_is_busy_is_called_later(centre: Centre, samira: Seat) -> None:
    """The advisor is told, and is ready again."""
    centre.is_busy(NUMBER)
    samira.types("accept").shows("Nous appelons", "Le numéro est occupé", "Vous êtes disponible")
