"""Phones over HTTP: dialling, acting, and reading what happens, from this machine only."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from twilio.request_validator import RequestValidator

from exchange.scripted import Application, Received
from exchange.server import serving
from exchange.switchboard import Account
from tests.exchange.asking import NUMBER, Handset
from tests.waiting import PATIENCE, eventually

DOCUMENTED = yaml.safe_load(Path(__file__).with_name("documented").joinpath("request.yaml").read_text())


def test_a_whole_call(exchange: str, application: Application, account: Account) -> None:
    """Every webhook is signed; the events tell what was said, asked and answered."""
    phone = Handset(exchange, **{"from": "+212661000077"})
    asked = phone.until("listening")
    assert asked.items() >= {"question": "language", "turn": 1, "num_digits": 1, "finish_on_key": ""}.items()
    phone.does("keys", keys="2")
    phone.until("listening", question="registration-number")
    phone.does("keys", keys="123456789")
    phone.until("listening", question="code")
    phone.does("keys", keys="482913")
    assert phone.until("ended")["status"] == "completed"
    events = phone.everything()
    said = [(event["language"], event["text"]) for event in events if event["kind"] == "said"]
    assert said[:2] == [("ar-MA", "مرحبا."), ("fr-FR", "Pour le français, tapez 2.")]
    webhooks = [event for event in events if event["kind"] == "webhook"]
    assert [event["path"] for event in webhooks[:4]] == application.paths()[:4]
    assert {event["status"] for event in webhooks} == {200}
    language = webhooks[1]
    assert (language["turn"], language["question"], language["sent"]["Digits"]) == (1, "language", "2")
    assert language["document"].startswith("<Response>")
    assert [event["key"] for event in events if event["kind"] == "did"][:3] == ["2", "1", "2"]
    for received in application.received:
        assert received.params["From"] == "+212661000077"
        assert RequestValidator(account.auth_token).validate(received.url, dict(received.params), received.signature)


def test_the_status_url_hears_of_the_end(exchange: str, application: Application) -> None:
    """The documented parameters, once, when the call is over."""
    phone = Handset(exchange)
    phone.until("listening")
    phone.does("hangup")
    phone.until("ended")
    eventually(lambda: application.paths()[-1] == "/voice/status")
    told = application.received[-1].params
    assert told.keys() >= set(DOCUMENTED["status_callback"]["parameters"])
    assert told.items() >= DOCUMENTED["status_callback"]["values"].items()


def test_nothing_entered_times_out_by_the_real_clock(exchange: str, application: Application) -> None:
    """A second that was asked for is a second at least."""
    application.documents = {
        "/voice/incoming": "<Response><Gather action='/next' numDigits='1' timeout='1'/></Response>",
        "/next": "<Response/>",
    }
    began = time.monotonic()
    Handset(exchange).until("ended")
    assert time.monotonic() - began >= 1
    assert application.received[1].params["Digits"] == ""


def test_a_silence_is_the_time_out_at_once(exchange: str, application: Application) -> None:
    """A phone may say that the caller does nothing, so that nobody has to wait."""
    phone = Handset(exchange)
    phone.does("silence")
    phone.until("listening", question="registration-number")
    assert application.received[1].params["Digits"] == ""


def test_speech_takes_time_and_a_key_interrupts_it(account: Account) -> None:
    """At pace 1 a sentence of 30,000 characters takes half an hour; nobody has to hear it out."""
    long = "<Response><Gather action='/next' numDigits='1'><Say>" + "a" * 30_000 + "</Say></Gather></Response>"
    with _exchange(account, {"/voice/incoming": long, "/next": "<Response/>"}) as (exchange, _):
        phone = Handset(exchange, pace=1)
        phone.until("said")
        phone.does("keys", keys="1")
        phone.until("ended")


def test_keys_pressed_now_are_lost_while_a_webhook_is_in_flight(account: Account) -> None:
    """That is what callers meet; without `now` the hand waits for the question."""
    answers = threading.Event()
    menu = _when(answers, "<Response><Gather action='/next' numDigits='1'/></Response>")
    with _exchange(account, {"/voice/incoming": menu, "/next": "<Response/>"}) as (exchange, application):
        phone = Handset(exchange)
        phone.does("keys", keys="7", now=True)
        phone.does("keys", keys="8")
        answers.set()
        phone.until("ended")
        assert application.received[1].params["Digits"] == "8"


def test_hanging_up_does_not_wait_for_a_webhook(account: Account) -> None:
    """The answer that still comes is nobody's."""
    answers = threading.Event()
    with _exchange(account, {"/voice/incoming": _when(answers, "<Response/>")}) as (exchange, _):
        phone = Handset(exchange)
        phone.does("hangup")
        assert phone.until("ended")["status"] == "canceled"
        answers.set()


def test_a_webhook_that_takes_too_long_is_a_failure(account: Account) -> None:
    """Twilio waits 15 seconds, here two, and asks the fallback."""
    documents: dict[str, Any] = {
        "/fallback": "<Response><Say>One moment.</Say></Response>",
    }
    answers = threading.Event()
    documents["/voice/incoming"] = _when(answers, "<Response/>")
    application = Application(documents)
    with application.serving() as origin:
        hasty = replace(account, voice_url=f"{origin}/voice/incoming", fallback_url=f"{origin}/fallback")
        with serving(replace(hasty, status_url=None, webhook_seconds=2.0)) as exchange:
            phone = Handset(exchange)
            phone.until("complaint", code=11200)
            phone.until("said", text="One moment.")
            phone.until("ended")
        answers.set()


def test_an_application_that_is_down_leads_to_the_fallback_and_an_apology(account: Account) -> None:
    """11205 twice, and Twilio's apology."""
    away = replace(account, voice_url="http://127.0.0.1:9/voice", fallback_url="http://127.0.0.1:9/fallback")
    with serving(away) as exchange:
        phone = Handset(exchange)
        phone.until("ended")
        codes = [event["code"] for event in phone.everything() if event["kind"] == "complaint"]
        assert codes == [11205, 11205]


def test_events_can_be_streamed_and_resumed(exchange: str) -> None:
    """Server-sent events, numbered: a browser that reconnects says the last it has seen."""
    phone = Handset(exchange)
    phone.until("listening")
    phone.does("hangup")
    phone.until("ended")
    headers = {"Accept": "text/event-stream", "Last-Event-ID": "1"}
    with requests.get(f"{phone.url}/events", headers=headers, stream=True, timeout=PATIENCE) as response:
        blocks = response.text.strip().split("\n\n")
    fields = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]
    assert [field["id"] for field in fields] == [str(2 + index) for index in range(len(fields))]
    assert [field["event"] for field in fields[-2:]] == ["ended", "webhook"]
    assert json.loads(fields[-2]["data"])["status"] == "completed"


def test_only_the_exchanges_numbers_can_be_dialled(exchange: str) -> None:
    """A Moroccan number may be dialled as at home."""
    assert requests.get(f"{exchange}/phone/numbers", timeout=PATIENCE).json() == {"numbers": [NUMBER, "3939"]}
    wrong = requests.post(f"{exchange}/phone/calls", json={"to": "+33123456789"}, timeout=PATIENCE)
    assert wrong.status_code == 404
    assert Handset(exchange, to="05 20 44 71 00").until("listening")


@pytest.mark.parametrize(
    ("deed", "body"),
    [("keys", {"keys": "12a"}), ("keys", {}), ("speech", {"text": ""}), ("speech", {"text": "oui", "confidence": "x"})],
)
def test_nonsense_is_refused(exchange: str, deed: str, body: Mapping[str, Any]) -> None:
    """With a sentence, and without harm to the call."""
    phone = Handset(exchange)
    answer = requests.post(f"{phone.url}/{deed}", json=body, timeout=PATIENCE)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert phone.until("listening")


def test_pages_of_other_sites_cannot_use_the_phone(exchange: str) -> None:
    """Neither by a form, which is no JSON, nor under another name for this machine."""
    form = requests.post(f"{exchange}/phone/calls", data={"to": NUMBER}, timeout=PATIENCE)
    assert form.status_code == 415
    rebound = requests.get(f"{exchange}/phone/numbers", headers={"Host": "evil.example"}, timeout=PATIENCE)
    assert rebound.status_code == 403


def test_the_log_shows_no_number(exchange: str, caplog: pytest.LogCaptureFixture) -> None:
    """Only the last two figures of a caller."""
    with caplog.at_level(logging.INFO, "exchange"):
        phone = Handset(exchange, **{"from": "+212661000077"})
        phone.until("listening")
        phone.does("hangup")
        phone.until("ended")
        eventually(lambda: "ended" in caplog.text)
    assert "…77" in caplog.text
    assert "661000077" not in caplog.text


def _when(set_: threading.Event, document: str) -> Callable[[Received], str]:
    """Answer as soon as it is set."""

    def answer(_received: Received) -> str:
        assert set_.wait(PATIENCE)
        return document

    return answer


@contextmanager
def _exchange(account: Account, documents: dict[str, Any]) -> Iterator[tuple[str, Application]]:
    application = Application(documents)
    with application.serving() as origin:
        own = replace(account, voice_url=f"{origin}/voice/incoming", fallback_url=None, status_url=None)
        with serving(own) as exchange:
            yield exchange, application


def test_pages_of_the_application_may_hold_phones_and_no_others(exchange: str, account: Account) -> None:
    """Browsers are told so for its origin, before a request and with the answer."""
    origin = "/".join(account.voice_url.split("/")[:3])
    before = requests.options(f"{exchange}/phone/calls", headers={"Origin": origin}, timeout=PATIENCE)
    assert before.status_code == 204
    assert before.headers["Access-Control-Allow-Origin"] == origin
    assert before.headers["Access-Control-Allow-Headers"] == "Content-Type"
    answer = requests.get(
        f"{exchange}/phone/numbers", headers={"Origin": "https://elsewhere.example"}, timeout=PATIENCE
    )
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert "Access-Control-Allow-Origin" not in requests.get(f"{exchange}/faults", timeout=PATIENCE).headers
