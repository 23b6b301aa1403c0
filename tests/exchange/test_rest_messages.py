"""The Messages resource, as Twilio's own library, pages and OpenAPI document know it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from exchange.messages import segments
from exchange.scripted import Application
from exchange.switchboard import Account
from tests.exchange.asking import checked_library, library, needs_specification
from tests.waiting import PATIENCE, eventually

DOCUMENTED = yaml.safe_load(Path(__file__).with_name("documented").joinpath("messages.yaml").read_text())
GOOD = {"To": "+212661000001", "From": "CNSS", "Body": "123456 est votre code."}


@pytest.fixture
def client(exchange: str, account: Account) -> Client:
    """Twilio's own library."""
    return library(exchange, account)


def ask(exchange: str, account: Account, form: Mapping[str, str]) -> requests.Response:
    """Send a message by hand."""
    url = f"{exchange}/2010-04-01/Accounts/{account.sid}/Messages.json"
    return requests.post(url, data=form, auth=(account.sid, account.auth_token), timeout=PATIENCE)


def test_a_message_is_queued_and_then_delivered(client: Client) -> None:
    """Twilio accepts with 201 and `queued`; the rest happens after."""
    message = client.messages.create(to=GOOD["To"], from_="CNSS", body=GOOD["Body"], validity_period=300)
    assert message.status == "queued"
    assert message.direction == "outbound-api"
    assert message.date_sent is None
    delivered = eventually(lambda: (m := client.messages(message.sid).fetch()).status == "delivered" and m)
    assert delivered.body == GOOD["Body"]
    assert delivered.date_sent is not None


def test_the_status_callback_hears_what_became_of_it(
    client: Client, origin: str, application: Application, account: Account
) -> None:
    """Signed, for each status but the first, in order."""
    url = f"{origin}/sms/status?row=7&mac=abc"
    client.messages.create(to=GOOD["To"], from_="CNSS", body="Bonjour", status_callback=url)
    eventually(lambda: len(application.received) == len(DOCUMENTED["callbacks"]))
    assert [each.params["MessageStatus"] for each in application.received] == DOCUMENTED["callbacks"]
    for each in application.received:
        assert each.params.keys() >= set(DOCUMENTED["callback_parameters"])
        assert RequestValidator(account.auth_token).validate(url, dict(each.params), each.signature)


@pytest.mark.parametrize(
    ("ending", "status", "code"),
    [("0000", "undelivered", 30003), ("0005", "undelivered", 30005), ("0006", "failed", 30006)],
)
def test_some_numbers_never_receive_anything(
    client: Client, origin: str, application: Application, ending: str, status: str, code: int
) -> None:
    """So that an application can be tried on them; the callback says why."""
    to = f"+21266100{ending}"
    message = client.messages.create(to=to, from_="CNSS", body="Bonjour", status_callback=f"{origin}/sms/status")
    failed = eventually(lambda: (m := client.messages(message.sid).fetch()).status == status and m)
    assert failed.error_code == code
    eventually(lambda: application.received and application.received[-1].params.get("ErrorCode") == str(code))


@pytest.mark.parametrize("refusal", DOCUMENTED["refusals"], ids=lambda refusal: str(refusal["code"]))
def test_a_wrong_message_is_refused_with_twilios_number(
    exchange: str, account: Account, refusal: Mapping[str, Any]
) -> None:
    """As JSON: code, message, more_info, status."""
    form = {**GOOD, **refusal.get("with", {})}
    form.pop(refusal.get("without", ""), None)
    if form.get("Body") == "1601 x":
        form["Body"] = "x" * 1601
    response = ask(exchange, account, form)
    assert response.status_code == refusal["status"]
    assert response.json().items() >= {"code": refusal["code"], "status": refusal["status"]}.items()
    assert response.json().keys() == {"code", "message", "more_info", "status"}


def test_a_stranger_is_refused(exchange: str, account: Account) -> None:
    """401 and 20003, whatever is asked."""
    for auth in (None, (account.sid, "wrong"), ("AC" + "9" * 32, account.auth_token)):
        url = f"{exchange}/2010-04-01/Accounts/{account.sid}.json"
        response = requests.get(url, auth=auth, timeout=PATIENCE)
        assert (response.status_code, response.json()["code"]) == (401, 20003)


def test_the_account_can_be_read_by_a_health_check(client: Client, account: Account) -> None:
    """`GET /2010-04-01/Accounts/{sid}.json`."""
    assert client.api.accounts(account.sid).fetch().status == "active"


def test_what_does_not_exist_is_20404(client: Client) -> None:
    """A message, or a resource that the exchange does not offer."""
    for asked in (client.messages("SM" + "0" * 32).fetch, client.queues("QU" + "0" * 32).fetch):
        with pytest.raises(TwilioRestException) as refused:
            asked()
        assert (refused.value.status, refused.value.code) == (404, 20404)


def test_messages_are_listed_newest_first_and_filtered(client: Client) -> None:
    """By number and by day of sending; a message not sent yet has no such day."""
    for number in ("+212661000001", "+212661000002", "+212661000001"):
        client.messages.create(to=number, from_="CNSS", body=f"pour {number}")
    now = datetime.now(UTC)
    eventually(lambda: all(message.status == "delivered" for message in client.messages.list()))
    listed = client.messages.list(to="+212661000001")
    assert [message.to for message in listed] == ["+212661000001"] * 2
    assert listed[0].date_created >= listed[1].date_created
    assert len(client.messages.list(date_sent_after=now - timedelta(minutes=1))) == 3
    assert client.messages.list(date_sent_before=now - timedelta(days=1)) == []
    assert len(client.messages.list(date_sent=now.date())) == 3


def test_long_lists_come_in_pages(client: Client) -> None:
    """Twilio's library follows `next_page_uri` to the end."""
    for number in range(5):
        client.messages.create(to=GOOD["To"], from_="CNSS", body=str(number))
    assert [message.body for message in client.messages.list(page_size=2)] == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    ("body", "count"), [("a" * 160, 1), ("a" * 161, 2), ("€" * 80, 1), ("€" * 81, 2), ("س" * 70, 1), ("س" * 71, 2)]
)
def test_a_text_is_counted_in_segments(body: str, count: int) -> None:
    """160 figures of the GSM alphabet, or 70 of any other; some count twice."""
    assert segments(body) == count


@needs_specification
def test_requests_and_answers_fit_twilios_openapi_document(exchange: str, account: Account) -> None:
    """What Twilio's library sends, and what the exchange answers."""
    with checked_library(exchange, account) as client:
        sent = client.messages.create(
            to=GOOD["To"], from_="CNSS", body="Bonjour", validity_period=300, status_callback="http://app.test/sms"
        )
        client.messages(sent.sid).fetch()
        client.messages.list(to=GOOD["To"], date_sent_after=datetime.now(UTC) - timedelta(days=1), limit=5)
        eventually(lambda: client.messages(sent.sid).fetch().status == "delivered")
