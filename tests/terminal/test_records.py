"""Whose record an advisor may open: of who has proved who they are, in the call that the advisor has."""

import ast
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from backend import calls, identity
from backend.errors import BadInputError
from backend.identity import Claim, CodeSent, Insured
from backend.values import BirthDate, OneTimeCode, PersonId, RegistrationNumber
from backend.work import Actor, Work, begin
from callcenter import agents, desk, tickets
from callcenter.routing import SUBJECTS
from tests.conftest import Texts
from tests.test_architecture import MODULES, ROOT, tree

pytestmark = pytest.mark.usefixtures("sample")
HICHAM, BORN = RegistrationNumber("104228815"), BirthDate.parse("18091975")
Calling = Callable[[], AbstractContextManager[Work]]
Proved = Callable[[], tuple[int, PersonId]]


@pytest.fixture
def calling(sample: None) -> Calling:
    """Return what opens a transaction of one call, the same each time."""
    assert sample is None
    with begin(Actor("call", "")) as work:
        call = calls.begin_call(work, "CA" + "1" * 32, "vocal-server", None)

    @contextmanager
    def of_the_call() -> Iterator[Work]:
        with begin(Actor("call", str(call))) as work:
            yield work

    return of_the_call


@pytest.fixture
def proved(calling: Calling, texts: Texts) -> Proved:
    """Return what has Hicham prove who he is, and gives the call and his id."""

    def prove() -> tuple[int, PersonId]:
        with calling() as work:
            claim = identity.claim_number(work, HICHAM, BORN)
            sent = identity.send_code(work, claim, "fr")
            assert isinstance(claim, Claim)
            assert isinstance(sent, CodeSent)
        with calling() as work:
            insured = identity.check_code(work, sent, OneTimeCode(texts.code()))
            assert isinstance(insured, Insured)
            return int(work.actor.reference), insured.person

    return prove


def test_an_advisor_opens_the_record_of_who_proved_it_for_a_reason(proved: Proved) -> None:
    """And nobody else's, nor without a reason, nor is it for anybody but advisors."""
    call, person = proved()
    with begin(Actor("advisor", "1", "ticket 1")) as work:
        assert identity.open_record(work, call, person).person == person
        for other_call, other in ((call, PersonId(person + 1)), (call + 1, person)):
            with pytest.raises(BadInputError, match="nobody has proved"):
                identity.open_record(work, other_call, other)
    for actor in (Actor("advisor", "1"), Actor("command", "user", "curious")):
        with begin(actor) as work, pytest.raises(BadInputError, match="for a reason"):
            identity.open_record(work, call, person)


def test_a_claim_that_was_not_proved_opens_nothing(calling: Calling) -> None:
    """Card figures and birth dates leaked: they prove nothing to an advisor either."""
    with calling() as work:
        claim = identity.claim_number(work, HICHAM, BORN)
        identity.send_code(work, claim, "fr")
        call = int(work.actor.reference)
    assert claim.person
    with begin(Actor("advisor", "1", "ticket 1")) as work, pytest.raises(BadInputError, match="nobody has proved"):
        identity.open_record(work, call, claim.person)


def test_the_record_is_of_the_call_that_one_has(proved: Proved) -> None:
    """Another advisor, who neither has the ticket nor is offered it, is refused; of a stranger there is none."""
    call, person = proved()
    with begin(Actor("advisor", "1", "ticket 1")) as work:
        mine, other = (agents.add(work, login, login, ["fr"], dict.fromkeys(SUBJECTS, 3)) for login in ("a", "b"))
        known = {"subject": "claims", "reason": "asked", "language": "fr", "state": "talking", "advisor_id": mine.id}
        ticket = tickets.add(work, kind="call", call_id=call, person_id=person, identified=True, **known)
        stranger = tickets.add(work, kind="call", **known)
        agents.change(work, mine.id, "busy", ticket=ticket.id)
        name = desk.name(work, mine.id, ticket)
        assert name
        assert name.latin == "Hicham Alaoui"
        assert desk.name(work, mine.id, stranger) is None
        with pytest.raises(BadInputError, match="the call that one has"):
            desk.name(work, other.id, ticket)


def test_records_are_opened_in_two_places() -> None:
    """By the desk, which knows whose the ticket is, and by what keeps the ground of each opening."""
    callers = {
        file.relative_to(ROOT).as_posix()
        for file in MODULES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"identity.open_record", "identity.keep_open"}
    }
    assert callers == {"callcenter/desk.py", "callcenter/records.py"}
