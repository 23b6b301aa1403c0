"""`svi twilio provision`: the carrier's account leads to us, however often it is said."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from backend import telephony
from backend.provisioning import APP, Step, provision
from exchange.server import serving
from exchange.switchboard import Account
from svi.cli import svi
from tests.conftest import forget

ELSEWHERE = "http://127.0.0.1:9/voice/incoming"
ORIGIN = "https://svi.example"


@pytest.fixture(autouse=True)
def carrier(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """An account whose numbers lead elsewhere, and which has no app."""
    numbers = ("+212520447100", "+212800090100", "+212520194040", "3939")
    account = Account(environment["TWILIO_ACCOUNT_SID"], environment["TWILIO_AUTH_TOKEN"], numbers, ELSEWHERE)
    with serving(account) as origin:
        monkeypatch.setenv("TWILIO_API_BASE", origin)
        monkeypatch.setenv("SVI_PUBLIC_URL", ORIGIN)
        forget()
        yield account


def outcomes(steps: list[Step]) -> list[str]:
    """Return what became of each thing of the account."""
    return [step.outcome for step in steps]


def test_the_account_leads_to_us() -> None:
    """Numbers, trunk and app ask our URLs, with fallback and status; 5,000 may wait."""
    steps = list(provision())
    assert outcomes(steps) == ["changed", "changed", "changed", "changed", "made", "made"]
    client = telephony.client()
    trunk, (app,) = client.voice.v1.byoc_trunks.list()[0], client.applications.list(friendly_name=APP)
    for number in client.incoming_phone_numbers.list():
        assert (number.voice_url, number.voice_fallback_url) == (f"{ORIGIN}/voice/incoming", f"{ORIGIN}/voice/fallback")
        assert number.status_callback == f"{ORIGIN}/voice/status"
    assert (trunk.voice_url, trunk.status_callback_url) == (f"{ORIGIN}/voice/incoming", f"{ORIGIN}/voice/status")
    assert app.voice_url == f"{ORIGIN}/voice/agent"
    assert [(queue.friendly_name, queue.max_size) for queue in client.queues.list()] == [("advisors", 5000)]
    assert steps[-1].mend == f"set TWILIO_TWIML_APP_SID={app.sid}"


def test_a_second_time_changes_nothing() -> None:
    """So that it can be said after each change of an address."""
    list(provision())
    assert set(outcomes(list(provision()))) == {"as it was"}


def test_pretending_changes_nothing() -> None:
    """`--pretend` says what would be done."""
    assert set(outcomes(list(provision(pretend=True)))) == {"changed", "made"}
    client = telephony.client()
    assert {each.voice_url for each in client.incoming_phone_numbers.list()} == {ELSEWHERE}
    assert (client.queues.list(), client.applications.list()) == ([], [])


def test_a_queue_that_a_caller_made_gets_room() -> None:
    """`<Enqueue>` makes it with room for 1,000."""
    telephony.client().queues.create(friendly_name="advisors", max_size=1000)
    assert next(step for step in provision() if step.what.startswith("queue")).outcome == "changed"


def test_a_number_that_the_account_lacks_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is done; the command fails, and says what to do."""
    monkeypatch.setenv("SVI_NUMBERS", "+212520000000=vocal-server,3939=relation-centre")
    forget()
    said = _provision()
    assert said.exit_code == 1
    assert "missing    +212520000000 → buy or port it at Twilio" in said.output
    assert "made       queue advisors" in said.output


def test_an_account_that_refuses_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback: what is wrong, and how to mend it."""
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "0" * 32)
    forget()
    assert "check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN" in str(_provision().exception)


def _provision() -> Result:
    return CliRunner().invoke(svi, ["twilio", "provision"])
