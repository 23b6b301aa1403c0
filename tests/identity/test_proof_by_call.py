"""A call to the mobile on file proves who is calling: in that call, once a key was pressed there, and nowhere else."""

from datetime import timedelta

from sqlalchemy import select

from backend import calls, db, identity
from backend.identity import CallComing, Insured, Refused, TooMany, codes
from backend.seal import unseal
from backend.telephony import Handed
from backend.values import OneTimeCode
from callcenter import dialling
from callcenter.dialling import Attempt
from callcenter.dials import dials
from tests.conftest import Texts
from tests.identity.conftest import BRAHIM, HICHAM, SALMA, UNKNOWN, Count, age, calling, check, claim, code_for, wrong

SID = "CA" + "a" * 32


def asked_by(who: tuple[str, str]) -> tuple[int, CallComing]:
    """Have a call asked for in a new call; return that call, and what it was told."""
    with calling() as work:
        coming = dialling.prove(work, claim(work, who), None)
        assert isinstance(coming, CallComing)
        return int(work.actor.reference), coming


def answers(*, presses: bool = True) -> int:
    """Have the one call placed and answered, and return it; `1` is pressed there."""
    with calling(None) as work:
        attempt = dialling.claim(work)
        assert isinstance(attempt, Attempt)
        dialling.settle(work, attempt.id, Handed(SID))
        assert dialling.answered(work, attempt.id, SID)
        if presses:
            over = dialling.confirmed(work, attempt.id, SID)
            assert over
            assert (over.result, over.ticket) == ("reached", None)
        return int(work.actor.reference)


def checked(call: int, coming: CallComing) -> Insured | Refused:
    """Ask, in a call, whether it proves anything."""
    with calling(call=call) as work:
        return identity.check_call(work, coming)


def test_who_answers_on_the_mobile_on_file_and_presses_a_key_is_proved() -> None:
    """In that call, which belongs to the person from then on; the mobile is the proved one."""
    first, coming = asked_by(SALMA)
    second = answers()
    insured = checked(second, coming)
    assert isinstance(insured, Insured)
    with calling(call=second) as work:
        assert identity.proved_mobile(work, insured) == "+212661000101"
        owners = {row.id: row.person_id for row in work.execute(select(calls.calls))}
    assert (owners[second], owners[first]) == (insured.person, None)


def test_who_asked_for_the_call_and_stayed_on_the_line_proves_nothing() -> None:
    """Somebody with leaked data has a stranger called, who presses the key: amounts are told to the stranger alone."""
    first, coming = asked_by(SALMA)
    answers()
    assert checked(first, coming) == Refused(0)


def test_a_call_that_was_only_answered_proves_nothing() -> None:
    """A child, a machine, a voice-box."""
    _, coming = asked_by(SALMA)
    assert checked(answers(presses=False), coming) == Refused(0)


def test_it_proves_once() -> None:
    """As a code does."""
    _, coming = asked_by(SALMA)
    second = answers()
    assert isinstance(checked(second, coming), Insured)
    assert checked(second, coming) == Refused(0)


def test_after_five_minutes_it_is_too_late() -> None:
    """As for a code."""
    _, coming = asked_by(SALMA)
    second = answers()
    age(codes, timedelta(minutes=5), "expires_at")
    assert checked(second, coming) == Refused(0)


def test_the_mobile_on_file_is_called_and_no_other() -> None:
    """Whatever number the caller rings from; both rows hold it sealed."""
    _, coming = asked_by(SALMA)
    assert coming.ending == "01"
    with db.engine().connect() as connection:
        dial = connection.execute(select(dials)).one()
    assert unseal(dial.number, f"dials:{dial.id}") == b"+212661000101"
    assert (dial.kind, dial.proof_id, dial.state) == ("proof", coming.id, "queued")


def test_an_unknown_pair_hears_the_same_and_nobody_is_called(count: Count) -> None:
    """Two digits too; the limit counts alike."""
    for _ in range(identity.CODES_AN_HOUR):
        _, coming = asked_by(UNKNOWN)
        assert len(coming.ending) == 2
    with calling() as work:
        assert dialling.prove(work, claim(work, UNKNOWN), None) == TooMany()
    assert count("dials") == 0


def test_nobody_is_called_where_no_mobile_is_on_file(count: Count) -> None:
    """A mobile keyed in the call is nobody's proof."""
    asked_by(BRAHIM)
    assert count("dials") == 0


def test_codes_and_calls_together_are_three_an_hour() -> None:
    """A person, over all calls."""
    asked_by(SALMA)
    with calling() as work:
        code_for(work, SALMA)
    asked_by(SALMA)
    with calling() as work:
        assert dialling.prove(work, claim(work, SALMA), None) == TooMany()
        assert identity.send_code(work, claim(work, SALMA), "fr") == TooMany()
        assert isinstance(dialling.prove(work, claim(work, HICHAM), None), CallComing)


def test_no_digits_open_what_only_a_call_can(texts: Texts) -> None:
    """A code of the same call still works, and a wrong one is refused, as ever."""
    call, _ = asked_by(SALMA)
    with calling(call=call) as work:
        sent = code_for(work, SALMA)
    with calling(call=call) as work:
        assert check(work, sent, wrong(texts.code())) == Refused(2)
    with calling(call=call) as work:
        assert isinstance(identity.check_code(work, sent, OneTimeCode(texts.code())), Insured)


def test_a_proof_by_a_code_uses_up_the_call_that_was_asked_for_before(texts: Texts) -> None:
    """One proof a conversation."""
    call, coming = asked_by(SALMA)
    second = answers()
    with calling(call=call) as work:
        sent = code_for(work, SALMA)
    with calling(call=call) as work:
        assert isinstance(identity.check_code(work, sent, OneTimeCode(texts.code())), Insured)
    assert checked(second, coming) == Refused(0)
