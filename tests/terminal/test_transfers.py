"""The call goes to somebody else: at once, or after asking them; and the caller waits with music meanwhile."""

import pytest

from tests.centre import Caller, Centre, Seat


@pytest.fixture
def talking(centre: Centre) -> tuple[Caller, Seat, Seat]:
    """Return a caller, the advisor who talks to them, and another, who knows claims only and is ready."""
    centre.hires("s.alami", name="Samira Alami")
    centre.hires("n.idrissi", ("fr",), {"claims": 3}, name="Nadia Idrissi")
    samira, nadia = centre.advisor("s.alami"), centre.advisor("n.idrissi")
    samira.types("ready").shows("Vous êtes disponible")
    caller = centre.calls().keys("2", "0").asked("recording").keys("2")
    samira.types("accept").shows("Vous êtes en communication")
    nadia.types("ready").shows("Vous êtes disponible")
    return caller, samira, nadia


def test_a_caller_on_hold_hears_music_and_comes_back(talking: tuple[Caller, Seat, Seat]) -> None:
    """Both are told."""
    caller, samira, _ = talking
    samira.types("hold").shows("La personne est en attente")
    caller.hears("Restez en ligne. Le conseiller revient.").meets("played")
    samira.types("resume").shows("La personne vous entend de nouveau")
    samira.types(":Merci d'avoir attendu")
    caller.hears("Merci d'avoir attendu")


def test_a_call_is_transferred_to_a_subject(talking: tuple[Caller, Seat, Seat]) -> None:
    """It is first in the queue of that subject, and its advisor sees the way that it took."""
    caller, samira, nadia = talking
    samira.types("transfer claims", "wrap transferred").shows("L'appel est transféré", "Donnez le numéro du résultat")
    nadia.types("accept", ":Bonjour, les dossiers").shows("Sujet : dossiers de soins", "Vous êtes en communication")
    caller.hears("Bonjour, les dossiers")
    nadia.types("end", "1").shows("C'est noté")
    caller.asked("survey")


def test_a_call_is_transferred_to_an_advisor(talking: tuple[Caller, Seat, Seat]) -> None:
    """By login; whoever knows the subject better is not asked."""
    caller, samira, nadia = talking
    samira.types("t n.idrissi", "wrap transferred").shows("L'appel est transféré")
    nadia.types("accept", ":Bonjour").shows("Un appel pour vous", "Vous êtes en communication")
    caller.hears("Bonjour")


def test_another_advisor_is_asked_and_takes_the_call(talking: tuple[Caller, Seat, Seat]) -> None:
    """The caller is on hold while the two talk; then the first leaves, and the second ends the call."""
    caller, samira, nadia = talking
    samira.types("ask n.idrissi").shows("Nous demandons un collègue", "La personne est en attente")
    nadia.types("accept").shows("Un collègue vous demande conseil", "Vous conseillez un collègue")
    samira.shows("Nadia Idrissi vous entend")
    samira.types(":C'est pour un dossier", "wait d'accord", "complete", "wrap transferred")
    nadia.shows("Samira Alami : C'est pour un dossier").types(":D'accord, je prends")
    nadia.shows("L'appel est maintenant à vous").types(":Bonjour Madame")
    samira.shows("Donnez le numéro du résultat", "C'est noté")
    caller.hears("Bonjour Madame")
    nadia.types("end", "1").shows("C'est noté")
    caller.asked("survey")
    assert "C'est pour un dossier" not in " ".join(caller.log())


def test_another_advisor_is_asked_and_leaves_again(talking: tuple[Caller, Seat, Seat]) -> None:
    """The first one goes on with the caller; the second wraps up what it was."""
    caller, samira, nadia = talking
    samira.types("ask claims")
    nadia.types("accept").shows("Vous conseillez un collègue")
    samira.shows("Nadia Idrissi vous entend").types("drop").shows("Votre collègue n'est plus en ligne")
    nadia.shows("Donnez le numéro du résultat").types("wrap other").shows("C'est noté")
    samira.types(":Me revoilà")
    caller.hears("Me revoilà")
    samira.types("end", "1").shows("C'est noté")
    caller.asked("survey")


def test_what_leads_nowhere_is_said(talking: tuple[Caller, Seat, Seat]) -> None:
    """Oneself, nobody's login, and an account that is not signed in."""
    _, samira, nadia = talking
    nadia.types("out").shows("Vous êtes déconnecté")
    samira.types("t s.alami").shows("Vous ne pouvez pas vous choisir")
    samira.types("t nobody").shows("Aucun compte ne porte l'identifiant nobody")
    samira.types("t n.idrissi").shows("n.idrissi n'est pas connecté")
    samira.types("t").shows("Il manque un mot. Exemple : t claims")
