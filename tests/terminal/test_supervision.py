"""A supervisor sees the queue, is in a talk, and moves people between subjects; nobody else does."""

import pytest
from sqlalchemy import text

from backend import db
from backend.errors import BadInputError
from backend.work import Actor, begin
from callcenter import agents, supervision
from tests.centre import Caller, Centre, Seat


@pytest.fixture
def talking(centre: Centre) -> tuple[Caller, Seat, Seat]:
    """Return a caller, their advisor, and a supervisor who is signed in."""
    centre.hires("s.alami", name="Samira Alami")
    centre.hires("k.tazi", role="supervisor", name="Karim Tazi")
    samira, karim = centre.advisor("s.alami"), centre.advisor("k.tazi")
    samira.types("ready").shows("Vous êtes disponible")
    caller = centre.calls().keys("2", "0").asked("recording").keys("2")
    samira.types("accept").shows("Vous êtes en communication")
    return caller, samira, karim


def test_a_supervisor_listens_unheard(talking: tuple[Caller, Seat, Seat]) -> None:
    """They hear both; what they say nobody hears. It is audited."""
    caller, samira, karim = talking
    karim.types("listen s.alami", "wait allô", ":personne ne m'entend", "wait bonjour", "leave")
    karim.shows("Vous êtes dans cette communication")
    caller.says("allô ?")
    karim.shows("la personne : allô ?", "> :personne ne m'entend")
    samira.types(":bonjour")
    karim.shows("Samira Alami : bonjour", "> leave")
    assert "personne ne m'entend" not in samira.screen + " ".join(caller.log())
    with db.engine().connect() as connection:
        actions = connection.execute(text("select actor from audit where action = 'talk.listen'")).all()
    assert actions == [(str(karim.id),)]


def test_a_supervisor_whispers_to_the_advisor_alone(talking: tuple[Caller, Seat, Seat]) -> None:
    """The caller does not hear it."""
    caller, samira, karim = talking
    karim.types("whisper s.alami", ":propose un rappel")
    samira.shows("Karim Tazi : propose un rappel").types(":je vous rappelle")
    caller.hears("je vous rappelle")
    assert "propose" not in " ".join(caller.log())


def test_a_supervisor_joins_and_is_heard_by_all(talking: tuple[Caller, Seat, Seat]) -> None:
    """Until the talk ends."""
    caller, samira, karim = talking
    karim.types("join s.alami", ":bonjour à tous")
    samira.shows("Karim Tazi : bonjour à tous")
    caller.hears("bonjour à tous")
    samira.types("end")
    karim.shows("Vous n'êtes plus dans cette communication")
    caller.asked("survey")


def test_only_a_supervisor_may(talking: tuple[Caller, Seat, Seat]) -> None:
    """The terminal says so; and the servers refuse, whoever asks."""
    _, samira, _ = talking
    samira.types("queue").shows("Seul un superviseur peut le faire")
    samira.types("move s.alami claims=3").shows("Seul un superviseur peut le faire")
    with begin(Actor("advisor", str(samira.id), "test")) as work:
        offer = agents.require(work, samira.id).ticket or 0
        assert supervision.attend(work, samira.id, offer, "listen") is None
        for act in (
            lambda: supervision.overview(work, samira.id),
            lambda: supervision.move(work, samira.id, "s.alami", "claims", 3),
        ):
            with pytest.raises(BadInputError, match="supervisors"):
                act()


def test_the_queue_shows_who_waits_who_is_there_who_talks(talking: tuple[Caller, Seat, Seat], centre: Centre) -> None:
    """By subject and language; advisors with their state; talks with their number."""
    _, _, karim = talking
    waiting = centre.calls("+212661000778", to="3939").keys("1", "3", "2").asked("recording").keys("2").meets("queued")
    karim.types("wait 1", "queue").shows(
        "1 en attente depuis 0:",
        "dossiers de soins, arabe",
        "s.alami (Samira Alami) : en communication, depuis 0:",
        "k.tazi (Karim Tazi) : pas disponible, prise de poste",
        "Appel 1 de s.alami : autre demande, français",
    )
    waiting.hangs_up()


def test_a_supervisor_moves_an_advisor_to_another_subject(centre: Centre) -> None:
    """Who is ready is offered at once what waits there."""
    centre.hires("n.idrissi", ("fr",), {"claims": 3})
    centre.hires("k.tazi", role="supervisor")
    nadia, karim = centre.advisor("n.idrissi"), centre.advisor("k.tazi")
    nadia.types("ready").shows("Vous êtes disponible")
    centre.calls().keys("2", "0").asked("recording").keys("2").meets("queued")
    karim.types("move n.idrissi other=3").shows("C'est fait pour n.idrissi")
    nadia.shows("Un appel pour vous", "Sujet : autre demande")
    karim.types("move n.idrissi other=9").shows("Il manque un mot")
    karim.types("move nobody other=1").shows("Aucun compte ne porte l'identifiant nobody")
