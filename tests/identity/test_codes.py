"""Six digits by SMS prove who is calling: once, in time, in the call that asked for them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from backend import db, failures, identity, people
from backend.identity import CodeSent, Expired, Insured, Refused, TooMany, codes
from backend.identity.table import claimed
from backend.seal import mac, unseal
from backend.values import Mobile, PersonId, TaxReference
from backend.work import Actor, begin
from tests.conftest import Texts
from tests.identity.conftest import BRAHIM, HICHAM, SALMA, UNKNOWN, Count, age, calling, check, claim, code_for, wrong


def call_of(sent: CodeSent) -> int:
    """Return the call in which a code was sent."""
    with db.engine().connect() as connection:
        return int(connection.execute(select(codes.c.call_id).where(codes.c.id == sent.id)).scalar_one())


def sent_to(who: tuple[str, str], from_: str | None = "+212661000777") -> tuple[int, CodeSent]:
    """Have a code sent in a new call; return the call and what was sent."""
    with calling(from_) as work:
        sent = code_for(work, who)
        return int(work.actor.reference), sent


def test_the_right_code_proves_once(texts: Texts) -> None:
    """A second time the same digits are refused, and so are the others of that call."""
    call, first = sent_to(SALMA)
    code = texts.code()
    with calling(call=call) as work:
        second = code_for(work, SALMA)
    with calling(call=call) as work:
        assert isinstance(check(work, second, code), Insured)
    for sent in (first, second):
        for digits in (code, texts.code()):
            with calling(call=call) as work:
                assert check(work, sent, digits) == Refused(0)


def test_a_code_is_kept_as_a_keyed_digest_of_its_row_alone(texts: Texts) -> None:
    """The same six digits in another row have another digest; the mobile is sealed."""
    _, sent = sent_to(SALMA)
    with db.engine().connect() as connection:
        row = connection.execute(select(codes)).one()
    assert len(row.digest) == 32
    assert texts.code().encode() not in row.digest
    assert unseal(row.mobile, f"codes:{sent.id}") == b"+212661000101"


def test_a_code_of_one_call_proves_nothing_in_another(texts: Texts) -> None:
    """Somebody who talked a person into reading it out needs that person's call too."""
    sent_to(SALMA)
    code = texts.code()
    other, sent = sent_to(SALMA, "+212661000888")
    with calling(call=other) as work:
        assert isinstance(check(work, sent, code), Refused)


def test_a_code_for_one_person_proves_nothing_about_another(texts: Texts) -> None:
    """Two claims in one call: the first one's code does not open the second."""
    call, _ = sent_to(HICHAM)
    code = texts.code()
    with calling(call=call) as work:
        sent = code_for(work, SALMA)
    with calling(call=call) as work:
        assert isinstance(check(work, sent, code), Refused)


def test_after_five_minutes_it_is_too_late(texts: Texts) -> None:
    """The right digits too."""
    call, sent = sent_to(SALMA)
    age(codes, timedelta(minutes=5), "expires_at")
    with calling(call=call) as work:
        assert check(work, sent, texts.code()) == Expired()


def test_an_older_code_of_the_call_is_good_as_long_as_it_lives(texts: Texts) -> None:
    """An SMS may be slow; beyond its five minutes it is not."""
    call, _ = sent_to(SALMA)
    first = texts.code()
    age(codes, timedelta(minutes=5), "expires_at")
    with calling(call=call) as work:
        sent = code_for(work, SALMA)
    with calling(call=call) as work:
        assert check(work, sent, first) == Refused(2)


def test_three_tries_a_code(texts: Texts) -> None:
    """The fourth is refused though it is right."""
    call, sent = sent_to(SALMA)
    for left in (2, 1, 0):
        with calling(call=call) as work:
            assert check(work, sent, wrong(texts.code())) == Refused(left)
    with calling(call=call) as work:
        assert check(work, sent, texts.code()) == Refused(0)


@pytest.mark.parametrize("who", [SALMA, UNKNOWN])
def test_known_and_unknown_are_alike_in_answers_and_limits(who: tuple[str, str], count: Count) -> None:
    """Code sent, three tries, three codes an hour, then an advisor; the rows that count are the same."""
    call, sent = sent_to(who)
    for left in (2, 1, 0):
        with calling(call=call) as work:
            assert check(work, sent, "000000") == Refused(left)
    for _ in range(2):
        sent_to(who, None)
    with calling(None) as work:
        assert identity.send_code(work, claim(work, who), "fr") == TooMany()
    assert (count("codes"), count("failures")) == (3, 3)
    assert count("outbox") == (3 if who is SALMA else 0)


def test_an_unknown_claim_always_hears_the_same_two_digits() -> None:
    """Or asking twice would tell it from a known one."""
    with calling() as work:
        endings = {claim(work, UNKNOWN).ending for _ in range(3)}
    others = set()
    for number in range(900_000, 900_040):
        with calling() as work:
            others.add(claim(work, (str(number), "14031988")).ending)
    assert len(endings) == 1
    assert len(others) > 20
    assert all(len(ending) == 2 for ending in others)


def test_a_decoy_can_not_be_hit(texts: Texts) -> None:
    """Whatever is keyed: nobody is proved where nobody is known."""
    call, sent = sent_to(UNKNOWN)
    with db.engine().begin() as connection:  # the digest of a code that somebody does know
        digest = mac("code", str(sent.id), "123456")
        connection.execute(update(codes).values(digest=digest))
    with calling(call=call) as work:
        assert check(work, sent, "123456") == Refused(2)
    assert texts.all() == []


def test_three_codes_an_hour_though_calls_ask_at_the_same_moment(count: Count) -> None:
    """Eight calls at once: three codes."""

    def ask(_: int) -> bool:
        with calling() as work:
            return isinstance(identity.send_code(work, claim(work, SALMA), "fr"), CodeSent)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(8))) == 3
    assert (count("codes"), count("outbox")) == (3, 3)


def test_an_hour_later_there_are_codes_again() -> None:
    """The limit is one of an hour."""
    for _ in range(3):
        sent_to(SALMA)
    age(codes, timedelta(minutes=61), "sent_at")
    sent_to(SALMA)


def test_a_mobile_that_changed_meanwhile_proves_nothing(texts: Texts) -> None:
    """A code shows who has the mobile on file, not one that was."""
    call, sent = sent_to(SALMA)
    with calling() as work:
        people.change(work, PersonId(claim(work, SALMA).person or 0), "mobile.changed", mobile="+212661000999")
    with calling(call=call) as work:
        assert check(work, sent, texts.code()) == Refused(0)


def test_a_new_mobile_is_taken_only_where_there_is_none(count: Count) -> None:
    """Nobody has a code sent elsewhere than to the mobile on file."""
    with calling() as work:
        assert identity.send_code(work, claim(work, SALMA), "fr", Mobile.parse("0661000999")) == TooMany()
    assert count("outbox") == 0
    with calling() as work:
        assert isinstance(identity.send_code(work, claim(work, BRAHIM), "fr", Mobile.parse("0661000999")), CodeSent)


def test_the_tax_reference_has_three_tries_too() -> None:
    """Counted as failures, with those of codes."""
    with calling() as work:
        claimed = claim(work, BRAHIM)
        assert [identity.check_tax_reference(work, claimed, TaxReference("0000")) for _ in range(3)] == [
            Refused(2), Refused(1), Refused(0),
        ]  # fmt: skip
        assert work.execute(select(func.count()).select_from(failures.failures)).scalar_one() == 3


def test_the_sixth_person_of_a_call_is_an_advisor_s_matter() -> None:
    """Known or not: nobody reads a leaked list to us in one call; the five before may be claimed again."""
    with calling() as work:
        for number in range(900_000, 900_005):
            code_for(work, (str(number), "01011990"))
        assert claim(work, SALMA).way == "advisor"
        assert claim(work, ("900009", "01011990")).way == "advisor"
        assert claim(work, ("900002", "01011990")).way == "code"
    with calling() as work:
        assert claim(work, SALMA).way == "code"


def test_a_claim_counts_however_it_is_proved() -> None:
    """Also where no code was sent: by the tax reference, or to an advisor at once."""
    with calling() as work:
        assert claim(work, BRAHIM).way == "tax-reference"
        for number in range(900_000, 900_004):
            assert claim(work, (str(number), "01011990")).way == "code"
        assert claim(work, SALMA).way == "advisor"
        assert claim(work, BRAHIM).way == "tax-reference"
    with calling() as work:
        for number in range(900_000, 900_005):
            claim(work, (str(number), "01011990"))
        assert claim(work, BRAHIM).way == "advisor"


def test_what_a_call_claimed_is_forgotten_after_two_days() -> None:
    """No limit counts it then."""
    with calling() as work:
        claim(work, SALMA)
    age(claimed, timedelta(days=3), "at")
    with begin(Actor("job", "clock")) as work:
        assert identity.erase_old(work) == 1
