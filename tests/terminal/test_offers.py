"""An offer that is not taken: rejected, over, out of time."""

import pytest

from backend.errors import BadInputError
from backend.work import Actor, begin
from callcenter import offers
from tests.centre import Centre
from tests.waiting import eventually


def test_who_is_rejected_goes_to_the_next(centre: Centre) -> None:
    """The one who rejected stays ready, and the call rings at the other."""
    centre.hires("s.alami")
    centre.hires("m.bennani")
    samira = centre.advisor("s.alami")
    samira.types("ready").shows("Vous êtes disponible")
    mehdi = centre.advisor("m.bennani")
    mehdi.types("ready").shows("Vous êtes disponible")
    caller = centre.calls().keys("2", "0").asked("recording").keys("2")
    samira.types("reject").shows("Un appel pour vous", "> reject", "Cette offre est terminée")
    mehdi.types("accept", "end", "1").shows("Un appel pour vous", "C'est noté")
    caller.asked("survey")
    assert samira.state == "ready"


def test_a_caller_who_hangs_up_takes_the_offer_along(centre: Centre) -> None:
    """And the advisor is told, and stays ready."""
    centre.hires("s.alami")
    samira = centre.advisor("s.alami")
    samira.types("ready").shows("Vous êtes disponible")
    caller = centre.calls().keys("2", "0").asked("recording").keys("2")
    samira.shows("Un appel pour vous")
    caller.hangs_up()
    samira.shows("Cette offre est terminée")
    assert samira.state == "ready"


def test_an_offer_is_taken_once_and_by_its_advisor_only(centre: Centre) -> None:
    """Said again by the same advisor it is the same ticket; by another, or for one that is over, a clear refusal."""
    first, other = centre.hires("s.alami"), centre.hires("m.bennani")
    samira, mehdi = centre.advisor("s.alami"), centre.advisor("m.bennani")
    samira.types("ready").shows("Vous êtes disponible")
    centre.calls().keys("2", "0").asked("recording").keys("2")
    samira.shows("Un appel pour vous")
    offer = offers.ask(lambda queue: queue.offered(first))
    assert offer
    with begin(Actor("advisor", str(other), "test")) as work, pytest.raises(BadInputError, match="over"):
        offers.accept(work, other, offer.id)
    samira.types("accept").shows("Vous êtes en communication")
    with begin(Actor("advisor", str(first), "test")) as work:
        assert offers.accept(work, first, offer.id).id == offer.ticket
    samira.types("end", "1").shows("C'est noté")
    with begin(Actor("advisor", str(first), "test")) as work, pytest.raises(BadInputError, match=r"gone|over"):
        offers.accept(work, first, offer.id)
    assert mehdi.state == "not-ready"


@pytest.mark.long
def test_an_offer_that_nobody_answers_makes_its_advisor_not_ready(centre: Centre) -> None:
    """After 20 s, with a word at 10 s and 5 s before the end; the call goes to the next."""
    centre.hires("s.alami")
    centre.hires("m.bennani")
    samira = centre.advisor("s.alami")
    samira.types("ready").shows("Vous êtes disponible")
    centre.calls().keys("2", "0").asked("recording").keys("2")
    samira.shows("Un appel pour vous")
    mehdi = centre.advisor("m.bennani").types("ready", "accept")
    samira.shows("Il reste 10 secondes").shows("Il reste 5 secondes")
    samira.shows("Cette offre est terminée", "un appel sans réponse")
    mehdi.shows("Vous êtes en communication")
    eventually(lambda: samira.state == "not-ready", lambda: samira.state)
