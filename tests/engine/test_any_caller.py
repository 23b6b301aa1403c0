"""Whatever a caller does, and whatever the backend answers: the real conversations, without a database."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backend import examples
from backend.identity import Claim, CodeSent, Expired, Insured, Matched, Refused, TooMany
from backend.registrations import AlreadyComplete, Completed, Presented
from backend.settings import Service
from backend.values import FewDigits, Month, PersonId, PersonName, RegistrationNumber, Telephone, Term
from backend.wording import LANGUAGES
from callcenter.callbacks import Promised
from callcenter.hours import Opening
from ivr import speech
from ivr.conversation import NEWS, Conversation
from ivr.diagram.catalogue import FLOWS, explored
from ivr.diagram.exploring import Start
from ivr.engine import MOST_TURNS, Asked
from ivr.flows import answer_call
from ivr.flows.main_menu import service
from ivr.inputs import Answer, Choices, Reply, Waiting
from tests.engine.playing import Play

DAY = date(2024, 3, 21)
EXPIRY = datetime(2024, 3, 20, 12, 5, tzinfo=UTC)  # five minutes after a play begins
OUTCOMES: dict[str, list[Any]] = {
    "claim_registration": [
        *(Claim(PersonId(1), "ab", FewDigits("01"), way) for way in ("code", "tax-reference", "advisor")),
        Claim(None, "cd", FewDigits("02"), "code"),
    ],
    "check_tax_reference": [Matched(), Refused(2), Refused(0), TooMany()],
    "send_code": [CodeSent(1, EXPIRY), CodeSent(2, EXPIRY), TooMany()],
    "check_code": [Insured(PersonId(1), 1), Refused(2), Refused(0), Expired()],
    "present": [Presented(PersonName("Salma", "سلمى"), Term("category-doctor"), done) for done in (False, True)],
    "remind": [None],
    "choices": [[], [("payment", "self")], [("payment", "direct-debit")], [("payment", "no longer a choice")]],
    "complete": [
        Completed(RegistrationNumber("190000001"), Month(2024, 1), DAY, opened=False, portal_from=DAY),
        Completed(RegistrationNumber("190000001"), Month(2022, 1), DAY, opened=True, portal_from=None),
        AlreadyComplete(),
    ],
    "opening": [Opening(now, DAY, DAY, DAY + timedelta(days=1)) for now in (False, True)],
    "promise": [Promised(DAY, Term("half-day-morning"), FewDigits("77"))],
}
MOST_LOST = 10  # advisors, by one caller
RIGHT = (
    *("482913#", "104228815", "14031988", "1970#", "123456", "7710", "0661000102", "0520191404"),
    "230810000123456789012321",
)

EVERY_QUESTION = {
    *("language", "main-menu", "reason", "self-service", "anything-else"),
    *("identity-card", "birth-date", "tax-reference", "new-mobile", "code", "code-help"),
    *("registration-number", "claims-menu"),
    *("resume", "confirm-identity", "payment", "bank-account", "declaration"),
    "information-menu",
    *("callback-number-confirm", "callback-number", "callback-day", "callback-half-day"),
    *("recording", "advisor", "survey", "survey-reason"),
}
ALONE = ["information", "callback", *(name for name, flow in FLOWS.items() if flow.starts[0].label == "identified")]

SAID = ("oui", "نعم", "التسجيل", "un conseiller", "retour", "14 mars 1988", "zéro six soixante et un", "euh", "le deux")

keys = st.one_of(
    st.sampled_from("1112233450*#"),
    st.sampled_from(["", *RIGHT, "*", "12*", "#1", "A", "١"]),
    st.text("0123456789*#", max_size=26),
    st.text(max_size=45),
)
replies = st.builds(
    Reply,
    keys,
    st.sampled_from(["", "", "", "#", "*"]),
    st.sampled_from(["", "", "", *SAID]),
    confidence=st.sampled_from([None, 0.3, 0.6, 0.9]),
)
sensible = st.sampled_from([0, 0, 0, 1, 2, 3, 4])  # a number: some sensible answer to what is asked
deeds = st.one_of(sensible, sensible, sensible, replies)
services: list[Service] = ["vocal-server", "call-centre", "relation-centre"]
callers = st.sampled_from([None, Telephone("+212661000777")])
lucks = st.lists(st.integers(0, 11), min_size=1, max_size=12)
Deed = Reply | int


def backend_of(luck: list[int]) -> Callable[..., Any]:
    """Return a `perform` whose outcomes, the examples of a function that has none here, are chosen by `luck`."""
    chosen = cycle(luck)

    def perform(act: Callable[..., Any], *args: Any) -> Any:
        outcomes = OUTCOMES.get(act.__name__) or examples.of(act, *args)
        return outcomes[next(chosen) % len(outcomes)]

    return perform


def sensible_answer(asked: Asked, number: int) -> Reply | Answer:
    """Return one of the answers that the open question takes; of a place in the queue, news of it."""
    listens = asked.question.listens
    if isinstance(listens, Waiting):
        waits = int(asked.key.partition(".")[2] or 1)
        return Answer(NEWS[number % len(NEWS)] if waits < MOST_LOST else "talked")
    if isinstance(listens, Choices):
        return Reply(sorted(listens.names)[number % len(listens.names)])
    taken = [each for each in map(Reply, RIGHT) if isinstance(listens.read(each, after_entry=False), Answer)]
    return taken[number % len(taken)] if taken else Reply(listens.example)


def plays(
    luck: list[int],
    service: Service,
    caller: Telephone | None,
    deeds: list[Deed],
    conversation: Conversation = answer_call,
    attempt: int | None = None,
) -> Play:
    """Hold a call, each deed 20 s after the one before; every turn's words exist in its languages."""
    call = Play(conversation, perform=backend_of(luck), service=service, telephone=caller, attempt=attempt)
    for deed in deeds:
        for language in LANGUAGES:
            assert bool(speech.render(language, call.turn.says)) == bool(call.turn.says)
        if call.turn.asked is None:
            break
        call.now += timedelta(seconds=20)
        call.hear(sensible_answer(call.turn.asked, deed) if isinstance(deed, int) else deed)
    return call


def questions_met(
    luck: list[int],
    service: Service,
    caller: Telephone | None,
    deeds: list[Deed],
    conversation: Conversation = answer_call,
    attempt: int | None = None,
) -> set[str]:
    """Hold a call to an open question or an ending (`Play` replays each turn), and return the questions met."""
    call = plays(luck, service, caller, deeds, conversation, attempt)
    assert (call.turn.asked is None) != (call.turn.ending is None)
    return {key.partition(".")[0] for key, _ in call.journal.answers}


calls = given(lucks, st.sampled_from(services), callers, st.lists(deeds, min_size=10, max_size=60))


def test_any_call_asks_or_ends() -> None:
    """Never an exception; a journal through JSON comes to the same turn, and does nothing twice."""
    met = set()

    @settings(max_examples=1000)
    @calls
    @example([0], "vocal-server", None, [0, 2, 0, 0, 0, 0, 1, 2, 0, 1])  # claim files: luck alone seldom gets there
    def hold(luck: list[int], service: Service, caller: Telephone | None, deeds: list[Deed]) -> None:
        met.update(questions_met(luck, service, caller, deeds))

    hold()
    assert met >= EVERY_QUESTION, "calls drawn at random must reach every question"


@pytest.mark.parametrize("name", ALONE)
def test_any_caller_is_answered_in_each_service(name: str) -> None:
    """From its beginning, or the code, on: whatever they do, whatever the records say; it reaches all its questions."""
    met = set()

    @settings(max_examples=400)
    @given(
        lucks,
        st.sampled_from(FLOWS[name].starts),
        st.lists(st.one_of(st.integers(0, 4), deeds), min_size=4, max_size=20),
    )
    def hold(luck: list[int], start: Start, done: list[Deed]) -> None:
        whole = service(start.conversation)
        met.update(questions_met(luck, "vocal-server", start.telephone, done, whole, start.attempt))

    hold()
    nodes = explored(name).graph.nodes.values()
    assert met >= {node.id.partition(" ")[0] for node in nodes if node.kind == "question" and not node.box}


@pytest.mark.long
@pytest.mark.timeout(3600)
@settings(max_examples=10_000)
@calls
def test_any_of_ten_thousand_calls_asks_or_ends(
    luck: list[int], service: Service, caller: Telephone | None, deeds: list[Deed]
) -> None:
    """The same, longer."""
    assert questions_met(luck, service, caller, deeds) is not None


@settings(max_examples=4)
@given(lucks, st.sampled_from(services), callers, st.lists(deeds, min_size=1, max_size=6))
def test_a_caller_who_does_the_same_for_ever_is_let_go(
    luck: list[int], service: Service, caller: Telephone | None, habits: list[Deed]
) -> None:
    """However long they stay: an advisor after three hundred turns, and soon goodbye."""
    for_ever = habits * (MOST_TURNS // len(habits) + 60)
    assert plays(luck, service, caller, for_ever).turn.ending
