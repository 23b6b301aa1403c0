"""What an advisor does for the caller: its effect, who is noted to have done it, SMS; bad input, twice, another's."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from backend import audit, db, messages
from backend.settings import settings
from backend.work import Actor, begin
from callcenter import acting, callbacks
from exchange.dialler import Call
from tests.conftest import Texts
from tests.console.acting import NEW, audited, does, form, occasions, offered, opens_hicham
from tests.console.conftest import Browser, Hire, accepts
from tests.flows.advising import Desk, rows

Count = Callable[[str], int]
RIB = "230810000123456789012321"


def test_a_registration_is_completed_as_the_caller_declares_it(with_salma: Browser, samira: Desk, count: Count) -> None:
    """Name and category are shown; the number is said, and goes by SMS with the activation code, which is not."""
    assert "El Amrani" in with_salma.opens().text
    shown = form(with_salma, "complete-registration")
    for _ in range(2):
        assert shown.posts(same_person="yes", payment="self", declared="yes").status_code == 303
    page = with_salma.opens().text
    assert "Le numéro d&#39;immatriculation est 19000" in page
    (registered,) = rows("registrations")
    assert (registered.payment, registered.account, count("registrations")) == ("self", None, 1)
    assert occasions() == ["sms-registration-completed"]
    assert audited("registration.completed") == [("registration.completed", "advisor", str(samira.id), "ticket 1")]
    assert "complete-registration" not in offered(with_salma)


def test_another_mobile_is_corrected_first_and_holds_the_portal(with_salma: Browser, texts: Texts) -> None:
    """The old number is told; the code goes to the new one, and works in 72 hours."""
    page = does(
        with_salma,
        "complete-registration",
        same_person="yes",
        payment="direct-debit",
        rib=RIB,
        mobile=NEW,
        declared="yes",
    )
    assert "le code marche dès le" in page
    gone = {occasion: to for occasion, to, _ in texts.all()}
    assert gone["sms-mobile-changed"] == "+212661000101"
    assert gone["sms-registration-completed-held"] == "+212661000999"
    (registered,) = rows("registrations")
    assert registered.payment == "direct-debit"
    assert (registered.activation_from - registered.completed_at).total_seconds() == 72 * 3600


@pytest.mark.parametrize("script", [False, True])
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(
    with_salma: Browser, count: Count, script: bool
) -> None:
    """Nothing is done until all of it is right."""
    wrong = {"payment": "direct-debit", "rib": "230810000123456789012322", "mobile": "0520194040"}
    answer = form(with_salma, "complete-registration").posts(script, **wrong)
    assert answer.status_code == (200 if script else 400)
    for words in ("Ce RIB n&#39;est pas bon", "Un mobile marocain a dix chiffres", "À confirmer avec la personne"):
        assert words in answer.text
    for typed in ("230810000123456789012322", "0520194040"):
        assert f'value="{typed}"' in answer.text
    assert '<option value="direct-debit" selected>' in answer.text
    assert answer.text.count('aria-invalid="true"') == 4
    assert (count("registrations"), count("acts"), occasions()) == (0, 0, [])
    answer = form(with_salma, "complete-registration").posts(
        same_person="yes", payment="direct-debit", declared="yes", rib=""
    )
    assert "Le prélèvement demande un RIB" in answer.text


def test_an_sms_is_read_before_it_goes_and_goes_once_a_form(with_hicham: Browser, texts: Texts) -> None:
    """The very text, in the language of the call; the same form again sends nothing, the next one does."""
    shown = form(with_hicham, "send-number")
    answer = shown.posts(step="preview")
    assert "CNSS : votre numéro d&#39;immatriculation est 104228815." in answer.text
    assert occasions() == []
    for _ in range(2):
        assert shown.posts().status_code == 303
    assert occasions() == ["sms-registration-number"]
    assert "Le message part vers le numéro qui finit par 01" in does(with_hicham, "send-number")
    assert occasions() == ["sms-registration-number"] * 2
    assert texts.all()[-1][1] == "+212661000201"


def test_what_is_rehearsed_leaves_nothing_behind(app: Flask) -> None:
    """Also where nothing else of its kind is written in the transaction."""
    assert app.name
    with begin(Actor("command", "test")) as work, work.rehearsal():
        audit.record(work, "person.read", None)
    assert audited("person.read") == []


@pytest.mark.parametrize("why", ["switched-off", "too-many"])
def test_what_holds_an_sms_back_is_said_before(with_hicham: Browser, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A switch, or a day's cap; then it is said that none went."""
    with begin(Actor("command", "test")) as work:
        messages.switch(work, "sms-registration-number", on=why == "too-many")
    if why == "too-many":
        monkeypatch.setattr(messages, "MOST_A_DAY", 0)
    said = {"switched-off": "arrêté par un administrateur", "too-many": "trop de messages en un jour"}[why]
    assert said in form(with_hicham, "send-number").posts(step="preview").text
    assert "Aucun message ne part" in does(with_hicham, "send-number")
    assert [row.state for row in rows("outbox") if row.occasion != "sms-code"] == ["withheld"]


def test_how_to_pay_and_what_is_owed_go_to_who_is_proved(with_hicham: Browser, texts: Texts) -> None:
    """With amounts, since they asked for it."""
    does(with_hicham, "send-payment")
    does(with_hicham, "send-statement")
    does(with_hicham, "tell-due")
    assert occasions() == ["sms-payment", "sms-statement", "sms-contribution-due"]
    assert "dirhams" in texts.newest("sms-payment")
    assert "vous devez" in texts.newest("sms-statement")


def test_of_who_is_not_proved_no_amount_goes_anywhere(with_stranger: Browser, samira: Desk) -> None:
    """Nor anything that binds them: the link alone, and what they could do by themselves."""
    opens_hicham(samira)
    may = offered(with_stranger)
    assert may.isdisjoint({"send-statement", "commit", "send-claim", "complete-registration"})
    assert "L&#39;identité n&#39;est pas prouvée" in with_stranger.opens().text
    does(with_stranger, "send-payment")
    assert occasions() == ["sms-payment-link"]
    assert {reason for *_, reason in audited("ledger.read")} == {"opening 1"}


def test_a_commitment_is_recorded_and_taken_back_the_same_day(
    samira: Desk, hicham: Call, browser: Browser, count: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the window of the measure, with the link by SMS; the debt cancellation knows it no more then."""
    monkeypatch.setenv("SVI_TODAY", "2024-02-01")
    settings.cache_clear()
    accepts(browser, samira, hicham)
    does(browser, "commit", undertaken="yes")
    assert (count("commitments"), occasions()) == (1, ["sms-commitment"])
    assert "commit" not in offered(browser)
    does(browser, "take-back-commitment")
    assert count("commitments") == 0
    assert [action for action, *_ in audited("commitment.made", "commitment.taken-back")] == [
        "commitment.made",
        "commitment.taken-back",
    ]


def test_a_commitment_is_for_whom_the_measure_waits_for(with_hicham: Browser, count: Count) -> None:
    """Not of who has made the first payment already."""
    answer = form(with_hicham, "commit").posts(undertaken="yes")
    assert "ne demande pas d&#39;engagement" in answer.text
    assert (count("commitments"), count("acts")) == (0, 0)


def test_a_claim_file_is_sent_and_never_anothers(with_hicham: Browser, texts: Texts) -> None:
    """The one that is chosen among the person's own."""
    does(with_hicham, "send-claim", file="24022200093")
    assert "24022200093" in texts.newest("sms-claim")
    answer = form(with_hicham, "send-claim").posts(file="24030500112")
    assert "Ce choix n&#39;existe plus" in answer.text
    assert occasions() == ["sms-claim"]


def test_documents_and_information_by_sms(with_hicham: Browser, texts: Texts) -> None:
    """To the mobile on file, or to another."""
    does(with_hicham, "send-documents", benefit="birth-leave")
    does(with_hicham, "send-information", topic="paying")
    does(with_hicham, "send-agencies", postcode="20000", mobile=NEW)
    assert occasions() == ["sms-documents-birth-leave", "sms-information-paying", "sms-agencies"]
    assert [to for _, to, _ in texts.all()[-2:]] == ["+212661000201", "+212661000999"]


def test_a_stranger_gets_what_anybody_may_have(with_stranger: Browser) -> None:
    """At the number that they say; and a call that is arranged."""
    assert offered(with_stranger) == {"send-code", "send-information", "send-agencies", "arrange-callback"}
    assert "Ce champ est à remplir" in form(with_stranger, "send-information").posts(topic="portal").text
    shown = form(with_stranger, "send-information").posts(step="preview", topic="portal", mobile=NEW)
    assert shown.status_code == 200
    does(with_stranger, "send-information", topic="portal", mobile=NEW)
    does(
        with_stranger,
        "arrange-callback",
        day="2024-03-21",
        half="morning",
        telephone="0520194041",
        subject="claims",
        note="<script>alert(1)</script>",
    )
    (promised,) = rows("callbacks")
    assert (promised.call_id, promised.person_id, promised.subject, promised.half) == (None, None, "claims", "morning")
    assert (promised.advisor_id, promised.state) == (1, "promised")
    assert occasions() == ["sms-information-portal"]


def test_a_call_is_arranged_once_a_half_day_and_given_up(with_hicham: Browser, texts: Texts) -> None:
    """With its SMS; a number that has one in that half-day is promised no other."""
    wish = {"day": "2024-03-22", "half": "afternoon", "subject": "contributions", "note": "Il attend une réponse."}
    page = does(with_hicham, "arrange-callback", **wish)
    assert "Rappel prévu le 22 mars 2024" in page
    assert "vendredi 22 mars" in texts.newest("sms-callback-arranged")
    assert "Un rappel existe déjà" in does(with_hicham, "arrange-callback", **wish)
    assert "Choisissez un jour" in form(with_hicham, "arrange-callback").posts(**wish | {"day": "2024-03-19"}).text
    (promised,) = rows("callbacks")
    does(with_hicham, "give-up-callback", callback=str(promised.id))
    assert [row.state for row in rows("callbacks")] == ["cancelled"]
    assert "give-up-callback" not in offered(with_hicham)
    done = audited("callback.promised", "callback.cancelled")
    assert [(action, actor, reason) for action, _, actor, reason in done] == [
        ("callback.promised", "1", "ticket 1"),
        ("callback.cancelled", "1", "ticket 1"),
    ]


def test_rights_are_reckoned_from_what_the_caller_says(
    spring: None, sample: None, samira: Desk, stranger: Call, browser: Browser, texts: Texts
) -> None:
    """In the words of the vocal server; a day to come is none."""
    assert spring is sample is None
    accepts(browser, samira, stranger)
    does(browser, "send-code", registration_number="140055216", born="16081994")
    does(browser, "check-code", code=texts.newest("sms-code-aloud")[:6])
    answer = form(browser, "reckon-loss-of-employment").posts(last_day_worked="2024-04-01", own_choice="no")
    assert "Ce jour n&#39;est pas encore passé" in answer.text
    page = does(browser, "reckon-loss-of-employment", last_day_worked="2024-03-01", own_choice="no")
    assert "D&#39;après nos données d&#39;aujourd&#39;hui" in page
    page = does(browser, "reckon-maternity", leave_start="2024-04-01")
    assert page.count("D&#39;après nos données d&#39;aujourd&#39;hui") == 2


def test_a_form_of_another_record_does_nothing(with_hicham: Browser, count: Count) -> None:
    """Whatever opening it says: the page says that things have changed."""
    shown = form(with_hicham, "send-number")
    for opening in ("", "99", "x"):
        shown.opening = opening
        assert shown.posts().location == "/console/?said=console-changed"
    shown.opening, shown.number = "1", "7"
    assert shown.posts().location == "/console/?said=console-changed"
    shown.number = "x"
    assert shown.posts().status_code == 400
    assert form(with_hicham, "send-number").browser.posts("act/drop-table").status_code == 404
    assert (count("acts"), occasions()) == (0, [])


def test_of_anothers_call_nothing_can_be_done(with_hicham: Browser, another: Browser, hire: Hire, count: Count) -> None:
    """By its forms, posted from elsewhere."""
    hire("n.idrissi", name="Nadia Idrissi")
    another.signs_in("n.idrissi")
    assert offered(another) == set()
    shown = form(with_hicham, "send-number")
    shown.browser = another
    assert shown.posts().location == "/console/?said=console-changed"
    assert count("acts") == 0


def test_what_was_said_is_sealed_and_erased_after_a_day(with_hicham: Browser) -> None:
    """That it was done stays."""
    does(with_hicham, "send-number")
    (act,) = rows("acts")
    assert b"finit par" not in act.said
    with db.engine().begin() as connection:
        connection.execute(text("update acts set done_at = done_at - interval '25 hours'"))
    with begin(Actor("job", "test")) as work:
        assert acting.erase_old(work) == 1
    assert "acts-done-here" not in with_hicham.opens().text
    assert [(row.name, row.said) for row in rows("acts")] == [("send-number", None)]


def test_the_note_of_an_arranged_call_is_sealed_and_read_by_who_makes_it(with_hicham: Browser) -> None:
    """It says why to call."""
    note = "Rappeler pour <b>la pièce</b>."
    does(with_hicham, "arrange-callback", day="2024-03-21", half="morning", subject="claims", note=note)
    (promised,) = rows("callbacks")
    assert note.encode() not in promised.note
    with begin(Actor("job", "test")) as work:
        assert callbacks.note_of(work, promised.id) == note
