"""A call that ended early is resumed within 24 hours, after a new code, by the person whom it was about."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from backend import clock, db
from backend.registrations import registrations
from exchange.dialler import Call
from ivr.journal import conversations
from tests.conftest import Dial, Texts
from tests.webhooks.failing import failing

pytestmark = pytest.mark.usefixtures("listed")
SALMA, BRAHIM = ("482913#", "14031988"), ("560081#", "21071965")
RIB = "230810000123456789012321"
KEYS = {"ar": "1", "fr": "2"}
WORDS = {
    "ar": ("توقفت المكالمة السابقة", "نواصل من حيث توقفت", "الاختيار السابق: الأداء في نقطة أداء"),
    "fr": ("s'est arrêté avant la fin", "Nous continuons là où", "Vous avez choisi : payer vous-même"),
}
in_both_languages = pytest.mark.parametrize("language", ["ar", "fr"])
Count = Callable[[str], int]


class Calling:
    """Calls of Salma's, as far as she proved who she is."""

    def __init__(self, dial: Dial, texts: Texts) -> None:
        self.dial, self.texts = dial, texts

    def to_code(self, language: str = "fr", from_: str = "+212661000777") -> Call:
        """Return a call at the code, which has been sent."""
        card, born = SALMA
        return self.dial(from_=from_).keys(KEYS[language]).keys("1").dials(card).dials(born).hears("code")

    def proved(self, language: str = "fr", from_: str = "+212661000777") -> Call:
        """Return a call of somebody who keyed the code."""
        return self.to_code(language, from_).dials(self.texts.code())

    def left_at(self, question: str, language: str = "fr", *, payment: str = "2") -> Call:
        """Return a call that is at `question`, after the choice of a way to pay."""
        call = self.proved(language)
        answers = {"confirm-identity": "1", "payment": payment, "bank-account": RIB, "declaration": "1"}
        while call.question != question:
            assert call.question
            call.dials(answers[call.question])
        return call


@pytest.fixture
def calling(dial: Dial, texts: Texts) -> Calling:
    """Return what calls as Salma."""
    return Calling(dial, texts)


def age(by: timedelta) -> None:
    """Have the last turn of all conversations be so long ago."""
    with db.engine().begin() as connection:
        connection.execute(update(conversations).values(asked_at=clock.now() - by))


def payment() -> str:
    """Return how the only registration pays."""
    with db.engine().connect() as connection:
        return str(connection.execute(select(registrations.c.payment)).scalar_one())


@in_both_languages
def test_going_on_at_the_declaration(calling: Calling, language: str) -> None:
    """The choice of the first call is said, and not asked again; the name and the declaration are confirmed anew."""
    calling.left_at("declaration", language).hangs_up()
    offer, going_on, chosen = WORDS[language]
    call = calling.proved(language).hears("resume", offer)
    call.keys("1").hears("confirm-identity", going_on, chosen).keys("1").hears("declaration")
    call.keys("1").hears("anything-else").keys("2").ends()
    assert payment() == "self"


@in_both_languages
@pytest.mark.parametrize("question", ["bank-account", "declaration"])
def test_an_account_is_keyed_again(calling: Calling, question: str, language: str, count: Count) -> None:
    """Direct debit is remembered, the RIB is not: whether it was keyed or only asked for."""
    calling.left_at(question, language, payment="1").hangs_up()
    call = calling.proved(language).hears("resume").keys("1").keys("1").hears("bank-account")
    call.dials(RIB).keys("1").hears("anything-else")
    assert (payment(), count("registrations")) == ("direct-debit", 1)


@in_both_languages
@pytest.mark.parametrize("question", ["confirm-identity", "payment"])
def test_where_nothing_was_chosen_nothing_is_offered(calling: Calling, question: str, language: str) -> None:
    """Whoever left before a choice that can be kept begins as in any call."""
    calling.left_at(question, language).hangs_up()
    calling.proved(language).hears("confirm-identity").keys("1").hears("payment")


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("deed", ["silence", "0", "fault"])
def test_however_the_call_ended(calling: Calling, deed: str) -> None:
    """Silence to the end, an advisor, or a database that failed: it is resumed alike."""
    call = calling.left_at("declaration")
    match deed:
        case "silence":
            while call.ended is None:
                call.silence()
        case "0":
            call.keys("0").keys("1").keys("1").keys("1").ends()
        case "fault":
            with failing("conversations", "update"):
                call.keys("1").ends().hears_words("Le service ne fonctionne pas")
    calling.proved().hears("resume").keys("1").keys("1").hears("declaration")


@in_both_languages
def test_starting_afresh(calling: Calling, language: str) -> None:
    """`2`: everything is asked; and the old choice is offered no more."""
    calling.left_at("declaration", language).hangs_up()
    call = calling.proved(language).keys("2").hears("confirm-identity")
    assert WORDS[language][1] not in call.words
    call.keys("1").hears("payment").hangs_up()
    calling.proved(language).hears("confirm-identity")


def test_a_choice_made_afresh_is_the_one_that_is_left(calling: Calling) -> None:
    """The newest choice is carried on, whichever call it was made in."""
    calling.left_at("declaration", payment="2").hangs_up()
    calling.proved().keys("2").keys("1").keys("1").hears("bank-account").hangs_up()
    calling.proved().hears("resume").keys("1").hears_words("le prélèvement").keys("1").hears("bank-account")


@pytest.mark.parametrize("keys", [(), ("1",), ("1", "1")])
def test_a_resumed_call_that_ends_early_is_resumed_too(calling: Calling, keys: tuple[str, ...]) -> None:
    """At `resume`, at the name, at the declaration: what was left is still there."""
    calling.left_at("declaration").hangs_up()
    call = calling.proved().hears("resume")
    for key in keys:
        call.keys(key)
    call.hangs_up()
    calling.proved().hears("resume").keys("1").keys("1").hears("declaration")


@pytest.mark.parametrize(("hours", "question"), [(23, "resume"), (25, "confirm-identity")])
def test_within_24_hours_of_its_last_turn(calling: Calling, hours: int, question: str) -> None:
    """Afterwards all is asked again, whether the journal is erased yet or not."""
    calling.left_at("declaration").hangs_up()
    age(timedelta(hours=hours))
    calling.proved().hears(question)


def test_the_first_calls_code_proves_nothing_in_the_second(calling: Calling, texts: Texts) -> None:
    """Neither used nor unused: each call has a code of its own."""
    unused = calling.to_code()
    old = texts.code()
    unused.hangs_up()
    calling.left_at("declaration").hangs_up()
    used = texts.code()
    call = calling.to_code()
    tried = [code for code in (old, used) if code != texts.code()]
    for number, code in enumerate(tried, 2):
        call.dials(code).hears(f"code.{number}")
    call.dials(texts.code()).hears("resume")


def test_nothing_is_offered_before_the_code(calling: Calling) -> None:
    """Card and birth date alone sound as for anybody."""
    first = calling.to_code()
    words = first.words
    first.hangs_up()
    calling.left_at("declaration").hangs_up()
    assert calling.to_code().words == words


def test_another_person_on_the_same_telephone_is_offered_nothing(dial: Dial, calling: Calling, texts: Texts) -> None:
    """It hangs on the person proved, not on the number that calls; and from any number she finds it again."""
    calling.left_at("declaration").hangs_up()
    brahim(dial, texts).hears("confirm-identity", "Brahim")
    calling.proved(from_="+212661000999").hears("resume")


def test_two_people_in_one_call_leave_nothing_to_each_other(dial: Dial, calling: Calling, texts: Texts) -> None:
    """A call in which a second person was proved is not looked at, for neither of them."""
    both = calling.left_at("declaration").keys("#").hears("main-menu.2").keys("1")
    both.dials(BRAHIM[0]).dials(BRAHIM[1]).dials("7710").dials("0661000102").dials(texts.code())
    both.hears("confirm-identity.2", "Brahim").keys("1").hears("payment.2").hangs_up()
    calling.proved().hears("confirm-identity")
    brahim(dial, texts).hears("confirm-identity")


def test_what_was_carried_on_for_one_person_is_not_for_the_next_in_the_call(calling: Calling, texts: Texts) -> None:
    """Salma goes on as far as her name; then Brahim, in the same call, is asked how he pays."""
    calling.left_at("declaration").hangs_up()
    call = calling.proved().keys("1").hears("confirm-identity").keys("#").keys("1")
    call.dials(BRAHIM[0]).dials(BRAHIM[1]).dials("7710").dials("0661000102").dials(texts.code())
    call.hears("confirm-identity.2", "Brahim").keys("1").hears("payment")


def test_what_was_cancelled_is_not_offered(calling: Calling) -> None:
    """`2` at the declaration is an answer: the next call begins afresh."""
    calling.left_at("declaration").keys("2").hears("anything-else").hangs_up()
    calling.proved().hears("confirm-identity")


def test_what_is_complete_is_said_to_be(calling: Calling) -> None:
    """A call that ends after the registration was committed leaves nothing to resume."""
    calling.left_at("anything-else").hangs_up()
    calling.proved().hears("anything-else", "déjà terminée")


def test_completed_meanwhile_by_the_other_call(calling: Calling, count: Count) -> None:
    """The second call hears at its own end that it is complete already; one registration, one confirmation."""
    first = calling.left_at("declaration")
    second = calling.proved().hears("resume").keys("1").keys("1").hears("declaration")
    first.keys("1").hears("anything-else", "Votre inscription est terminée")
    second.keys("1").hears("anything-else", "déjà terminée")
    assert count("registrations") == 1


def test_two_calls_at_once(calling: Calling) -> None:
    """Each goes its own way: what the second one chose does not change what the first one is asked."""
    first = calling.left_at("declaration")
    second = calling.proved().keys("2").keys("1").keys("1").hears("bank-account")
    first.silence().hears("declaration").keys("1").hears("anything-else")
    assert payment() == "self"
    second.dials(RIB).keys("1").hears("anything-else", "déjà terminée")
    assert payment() == "self"


def test_zero_star_and_hash_at_the_question(calling: Calling) -> None:
    """It is a menu like any other."""
    calling.left_at("declaration").hangs_up()
    call = calling.proved().hears("resume").keys("*").hears("resume").silence().hears("resume").keys("#")
    call.hears("main-menu.2")
    calling.proved().hears("resume").keys("0").hears("recording")


def test_a_redelivered_webhook_changes_nothing(calling: Calling, count: Count) -> None:
    """Every webhook of a resumed call twice: the same reply, the rows of one."""
    calling.left_at("declaration").hangs_up()
    call = calling.proved()
    for keys in ("1", "1", "1", "2"):
        assert call.again() == call.webhooks[-1].reply
        call.keys(keys)
    steps, sent = count("steps"), count("outbox")
    for index in range(len(call.webhooks)):
        assert call.again(index) == call.webhooks[-1].reply
    assert (count("steps"), count("outbox"), count("registrations")) == (steps, sent, 1)


def test_a_journal_whose_key_is_gone_is_nothing_to_resume(calling: Calling) -> None:
    """The call goes on as any other."""
    calling.left_at("declaration").hangs_up()
    with db.engine().begin() as connection:
        connection.execute(update(conversations).values(sealed=b"sealed under a key of long ago"))
    calling.proved().hears("confirm-identity")


def brahim(dial: Dial, texts: Texts) -> Call:
    """Return a call of Brahim's, proved by a new mobile, from the telephone that Salma called from."""
    card, born = BRAHIM
    call = dial().keys("2").keys("1").dials(card).dials(born).dials("7710").dials("0661000102")
    return call.dials(texts.code())
