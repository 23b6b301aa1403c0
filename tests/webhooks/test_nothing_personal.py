"""No personal data in a log, a URL, an error page, a metric or Redis, whatever happens in a call."""

import re
import zlib
from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask

from backend import jobs
from exchange.dialler import Call
from tests.conftest import Dial, Texts
from tests.webhooks.conftest import CALL, Carrier
from tests.webhooks.failing import MESSAGE, failing

pytestmark = pytest.mark.usefixtures("listed")
RIB = "230810000123456789012321"
KNOWN = (
    "482913", "BK482913", "14031988", "1988-03-14", "560081", "21071965", "1965-07-21", "7710", "33887710", RIB, "2321",
    "661000101", "0661000102", "661000102", "661000777", "Salma", "Amrani", "Brahim", "Ouhaddou", "سلمى", "العمراني",
    *MESSAGE.split(),
)  # fmt: skip


def personal_in(words: str, more: Iterable[str] = ()) -> list[str]:
    """Return what of these people stands in a text; a digit run counts wherever it stands but in identifiers."""
    text = re.sub(r"CA[0-9a-f]{32}|timestamp=\S+", "", words)
    return [piece for piece in (*KNOWN, *more) if piece in text]


def redis_holds() -> list[str]:
    """Return every key of Redis and every value in it, unpacked."""
    redis: Any = jobs.connection()
    pieces: list[bytes] = redis.keys("*")
    for key in redis.keys("*"):
        match redis.type(key):
            case b"hash":
                pieces += [part for pair in redis.hgetall(key).items() for part in pair]
            case b"string":
                pieces.append(redis.get(key))
            case b"list":
                pieces += redis.lrange(key, 0, -1)
            case b"set":
                pieces += redis.smembers(key)
            case b"zset":
                pieces += redis.zrange(key, 0, -1)
            case other:
                raise AssertionError(other)
    unpacked = [zlib.decompress(piece) if piece[:1] == b"\x78" else piece for piece in pieces]
    assert any(b"hand_over" in piece for piece in unpacked)
    return [piece.decode(errors="replace") for piece in unpacked]


def whole_calls(dial: Dial, texts: Texts) -> tuple[list[Call], list[str]]:
    """Have Salma register by direct debit and Brahim with a new mobile; return the calls and what was secret."""
    salma = dial().keys("2").keys("1").dials("482913#").dials("14031988").dials("000000").dials(texts.code())
    secrets = [texts.code()]
    salma.keys("1").keys("1").dials(RIB).keys("1").hears("anything-else").keys("2").ends()
    brahim = dial().keys("1").keys("1").dials("560081#").dials("21071965").dials("7710").dials("0661000102")
    secrets.append(texts.code())
    brahim.dials(texts.code()).keys("1").keys("2").keys("1").hears("anything-else").hangs_up()
    secrets += re.findall(r"\d{8,9}", " ".join(body for _, _, body in texts.all()))
    assert len(secrets) >= 6
    return [salma, brahim], secrets


def test_logs_urls_redis_and_figures_of_whole_registrations(
    app: Flask, dial: Dial, texts: Texts, capfd: pytest.CaptureFixture[str]
) -> None:
    """Numbers keyed, names, mobiles, codes, accounts, registration numbers: none."""
    calls, secrets = whole_calls(dial, texts)
    for call in calls:
        assert personal_in(" ".join(webhook.url for webhook in call.webhooks), secrets) == []
    held = redis_holds()
    assert held
    assert personal_in(" ".join(held), secrets) == []
    assert personal_in(app.test_client().get("/metrics").text, secrets) == []
    captured = capfd.readouterr()
    assert personal_in(captured.out + captured.err, secrets) == []


@pytest.mark.parametrize(
    ("table", "event"), [("people", "update"), ("registrations", "insert"), ("outbox", "insert"), ("audit", "insert")]
)
def test_logs_and_answers_of_calls_that_fail(
    dial: Dial, texts: Texts, capfd: pytest.CaptureFixture[str], table: str, event: str
) -> None:
    """PostgreSQL's own error text names a person here, and is nowhere repeated."""
    call = dial().keys("2").keys("1").dials("482913#").dials("14031988")
    code = texts.code()
    call.dials(code).keys("1").keys("2").hears("declaration")
    with failing(table, event):
        call.keys("1").hears("declaration", "Excusez-nous")
    assert personal_in(call.words) == []
    captured = capfd.readouterr()
    assert "webhook.error" in captured.err
    assert personal_in(captured.out + captured.err, [code]) == []


def test_error_pages_say_nothing_of_what_failed(carrier: Carrier, capfd: pytest.CaptureFixture[str]) -> None:
    """A status that can't be noted: 500, a sentence, a line in the log."""
    carrier.post("/voice/incoming")
    with failing("calls", "update"):
        answer = carrier.post("/voice/status", CALL | {"CallStatus": "completed"})
    assert (answer.status_code, answer.mimetype) == (500, "text/plain")
    captured = capfd.readouterr()
    assert personal_in(answer.text + captured.out + captured.err) == []
    assert "web.error" in captured.err


def test_refusals_repeat_nothing_of_the_request(carrier: Carrier, capfd: pytest.CaptureFixture[str]) -> None:
    """A stranger's path, parameters and headers reach neither page nor log."""
    headers = {"X-Twilio-Signature": "0661000101", "X-Twilio-Webhooks-Signature-Settings": "algorithm=0661000101"}
    answers = [
        carrier.send(path, headers, data={"From": "+212661000101"}, method=method)
        for path in ("/voice/0661000101", "/0661000101", "/sms/status?row=0661000101", "/audio/0661000101")
        for method in ("GET", "POST")
    ]
    captured = capfd.readouterr()
    assert personal_in(" ".join(a.text + str(a.headers) for a in answers) + captured.out + captured.err) == []
