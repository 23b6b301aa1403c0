"""An advisor's leg of whose coming nobody told: while it goes on, it is in the conference."""

from datetime import timedelta
from typing import Any

import pytest
import requests
import time_machine

from backend import clock
from backend.work import Actor, begin
from callcenter import agents, bridging, tickets
from callcenter.tickets import Ticket
from exchange.scripted import Application
from exchange.server import serving
from exchange.signing import identity_token
from exchange.switchboard import Account
from svi import legs
from tests.conftest import forget

JOB, OFFER = Actor("job", "test"), 7


@pytest.fixture
def accepted(environment: dict[str, str]) -> Ticket:
    """Return a ticket that an advisor has accepted."""
    assert environment
    with begin(JOB) as work:
        advisor = agents.add(work, "s.alami", "Samira", ["fr"], {"claims": 3}).id
        asked: dict[str, Any] = {"kind": "call", "subject": "claims", "reason": "asked", "language": "fr"}
        taken = {"state": "accepted", "advisor_id": advisor, "offer_id": OFFER, "accepted_at": work.now}
        return tickets.add(work, **asked, **taken, caller_sid="CA" + "c" * 32)


@pytest.mark.parametrize(
    ("document", "there"), [("<Dial><Conference>room</Conference></Dial>", True), ("<Hangup/>", False)]
)
def test_a_leg_that_goes_on_is_there(
    accepted: Ticket, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, document: str, *, there: bool
) -> None:
    """By the carrier's word, before the grace is over: the caller is fetched, and the advisor kept."""
    assert accepted.advisor
    token, name = environment["TWILIO_AUTH_TOKEN"], agents.identity(accepted.advisor)
    application = Application({"/voice/agent": f"<Response>{document}</Response>"})
    with application.serving() as ours:
        account = Account(environment["TWILIO_ACCOUNT_SID"], token, (), ours, client_url=f"{ours}/voice/agent")
        with serving(account) as base:
            monkeypatch.setenv("TWILIO_API_BASE", base)
            forget()
            wish: dict[str, Any] = {"from": f"client:{name}", "identity_token": identity_token(token, name), "pace": 0}
            leg = requests.post(f"{base}/phone/calls", json=wish, timeout=5).json()["sid"]
            events = requests.get(f"{base}/phone/calls/{leg}/events", params={"wait": "5"}, timeout=10)
            assert events.ok
            with begin(JOB) as work:
                assert bridging.join(work, accepted.advisor, OFFER, leg)
            legs.look_for_unheard()
            assert _joined(accepted) is False
            with time_machine.travel(clock.now() + bridging.QUIET + timedelta(seconds=1)):
                legs.look_for_unheard()
            assert _joined(accepted) is there


def _joined(ticket: Ticket) -> bool:
    with begin(JOB) as work:
        found = tickets.get(work, ticket.id)
    assert found
    return found.joined_at is not None
