"""A backlog of any size is worked off a slice at a time, and keeps nothing else from being done."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select, text

from backend import outbox
from backend.outbox.table import SLICE
from svi import clock

from .promising import Provider, age, deliver, promise_code, promise_information, state, working

ROWS = SLICE * 2 + 1
_BACKLOG = text("""
    insert into outbox (business_key, kind, occasion, recipient, priority, payload, state, due_at, ends_at, promised_at)
    select 'backlog:' || n, 'sms', 'sms-claim-changed', '\\x00', 2, '\\x00', :state,
           now() - interval '25 hours', now() - interval '1 hour', now() - interval '25 hours'
    from generate_series(1, :rows) n
""")
_REFUSE = text("""
    create function refused() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
    create trigger refused before update on outbox for each row
    when (new.state = 'needs-attention') execute function refused()
""")


@pytest.fixture
def _refusing(environment: dict[str, str]) -> Iterator[None]:
    """Have the database refuse to end a promise."""
    assert environment
    with working() as work:
        work.execute(_REFUSE)
    yield
    with working() as work:
        work.execute(text("drop function refused cascade"))


def backlog(state: outbox.State) -> None:
    """Commit more promises that came to their end than a slice holds."""
    with working() as work:
        work.execute(_BACKLOG, {"rows": ROWS, "state": state})


def count(state: outbox.State) -> int:
    """Count the promises in a state."""
    with working() as work:
        return int(
            work.execute(
                select(func.count()).select_from(outbox.outbox).where(outbox.outbox.c.state == state)
            ).scalar_one()
        )


def test_what_came_to_its_end_is_ended_a_slice_at_a_time() -> None:
    """No statement meets its time limit, however many promises ended while the clock was away."""
    backlog("queued")
    with working() as work:
        assert outbox.expire(work) == SLICE
    assert count("needs-attention") == SLICE
    clock.sweep_outbox()
    assert count("needs-attention") == ROWS


def test_what_is_erased_is_erased_a_slice_at_a_time() -> None:
    """The duty goes on while there is more."""
    backlog("handed")
    with working() as work:
        assert outbox.erase(work) == SLICE
    (duty,) = (each for each in clock.duties() if each.name == "erase-promises")
    duty.act()
    with working() as work:
        assert outbox.erase(work) == 0


@pytest.mark.usefixtures("_refusing")
def test_a_step_that_fails_keeps_no_other_from_its_turn(provider: Provider) -> None:
    """What can't be ended stays; leases run out, what is due goes, and what is uncertain is looked up all the same."""
    promise_information("lost")
    with working() as work:
        assert outbox.claim(work, 1)
    age(seconds=16)
    promise_information("over")
    with working() as work:
        work.execute(text("update outbox set ends_at = due_at where business_key = 'over'"))
    promise_code()
    clock.sweep_outbox()
    assert (state("lost"), state("over"), state("code:1")) == ("uncertain", "queued", "handed")
    with working() as work:
        looked = work.execute(text("select due_at > now() from outbox where business_key = 'lost'")).scalar_one()
    assert looked
    assert (deliver(), len(provider.took())) == (0, 1)
