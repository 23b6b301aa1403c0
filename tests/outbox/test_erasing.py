"""What is sealed is erased when it is no longer needed; the rows stay."""

from datetime import timedelta

from sqlalchemy import func, insert, select

from backend import calls, failures, identity, outbox
from backend.seal import mac
from svi import clock

from .promising import Provider, age, deliver, promise_information, row, working


def test_what_an_sms_said_is_erased_after_a_day_whatever_became_of_it(provider: Provider) -> None:
    """No news of the handset ever came: the row stays, its words go."""
    promise_information()
    deliver()
    assert len(provider.took()) == 1
    assert row("registration:1").payload is not None
    age(hours=23)
    with working() as work:
        assert outbox.erase(work) == 0
    age(hours=1)
    with working() as work:
        assert outbox.erase(work) == 1
    assert (row("registration:1").payload, row("registration:1").state) == (None, "handed")


def test_codes_and_failures_go_when_no_limit_counts_them_any_more() -> None:
    """Two days; today's stay."""
    for days in (0, 3):
        with working() as work:
            call = calls.begin_call(work, f"CA{days}", "vocal-server", None)
            then = work.now - timedelta(days=days)
            subject = mac("person", "1")
            code = {
                "call_id": call, "subject": subject, "digest": subject, "tries_left": 3,
                "sent_at": then, "expires_at": then,
            }  # fmt: skip
            work.execute(insert(identity.codes), code)
            failure = {"at": then, "call_id": call, "caller": subject, "subject": subject}
            work.execute(insert(failures.failures), failure)
    with working() as work:
        assert identity.erase_old(work) == 2
        for table in (identity.codes, failures.failures):
            assert work.execute(select(func.count()).select_from(table)).scalar_one() == 1


def test_every_duty_of_the_clock_runs() -> None:
    """On empty tables, without a provider, twice: nothing is in the way of the next one."""
    for duty in clock.duties() + clock.duties():
        duty.act()
