"""The phone in the terminal: what it shows, what may be typed, and scripts of whole calls."""

import io
import re
from dataclasses import replace
from typing import Any

import pytest
import requests

from exchange import phone, typed
from exchange.screen import Screen
from exchange.scripted import Application, Received
from exchange.server import serving
from exchange.switchboard import Account
from tests.waiting import PATIENCE


class Terminal(io.StringIO):
    """Standard output that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def script(exchange: str, *lines: str, **options: Any) -> tuple[int, list[str]]:
    """Make a scripted call; gives its code, and what was shown."""
    shown = io.StringIO()
    code = phone.run(exchange, script=lines, stdout=shown, **options)
    return code, shown.getvalue().splitlines()


@pytest.fixture
def texting(application: Application, exchange: str, account: Account) -> Application:
    """The application, which sends a code by SMS before it asks for one."""
    asked = application.documents["/voice/answer/2/registration-number"]
    url = f"{exchange}/2010-04-01/Accounts/{account.sid}/Messages.json"

    def send(received: Received) -> Any:
        form = {"To": "+212661000055", "From": "CNSS", "Body": "482913 est votre code CNSS, dossier AB-17."}
        requests.post(url, data=form, auth=(account.sid, account.auth_token), timeout=PATIENCE)
        return asked(received) if callable(asked) else asked

    application.documents["/voice/answer/2/registration-number"] = send
    return application


def test_a_whole_call_can_be_scripted(exchange: str, texting: Application) -> None:
    """Each line waits for its question; `{code}` waits for the SMS."""
    code, shown = script(exchange, "2", "123456789", "{code}")
    assert code == 0
    assert texting.received[3].params["Digits"] == "482913"
    texts = [line for line in shown if line.startswith("✉")]
    assert texts == ["✉ to …55: 482913 est votre code CNSS, dossier AB-17."]
    assert [line for line in shown if not line.startswith(("✉", "—"))] == [
        "ar مرحبا.",
        "fr Pour le français, tapez 2.",
        "? language",
        "> 2",
        "ar مرحبا.",
        "fr Votre numéro.",
        "? registration-number",
        "> 123456789",
        "ar مرحبا.",
        "fr Votre code.",
        "? code",
        "> 482913",
        "fr Au revoir.",
    ]


def test_a_line_that_does_not_end_an_entry_waits_for_its_time_out(exchange: str, application: Application) -> None:
    """What follows is the answer to the next question, never more keys of this one."""
    script(exchange, "2", "12")
    assert application.received[2].params["Digits"] == "12"


def test_a_script_may_come_through_a_pipe(exchange: str, application: Application) -> None:
    """Standard input that is no terminal is a script; at its end the caller hangs up."""
    shown = io.StringIO()
    code = phone.run(exchange, to="3939", stdin=io.StringIO("2\n\n"), stdout=shown)
    assert code == 0
    assert application.received[0].params["To"] == "3939"
    assert "> (silence)" in shown.getvalue()
    assert "> (hangs up)" in shown.getvalue()


def test_speech_silence_and_hanging_up_can_be_scripted(exchange: str, application: Application) -> None:
    """`:oui` speaks, an empty line stays silent, `h` hangs up."""
    _, shown = script(exchange, "", ":oui ~0.6", "h")
    assert shown.count("> (silence)") == 1
    assert application.received[1].params["Digits"] == ""
    assert shown[-1].startswith("— completed")


@pytest.mark.parametrize(("line", "shown"), [("who", "Droits"), ("who ar", "الحقوق")])
def test_whom_to_call_as_is_shown_group_by_group(account: Account, line: str, shown: str) -> None:
    """In French, or in Arabic: who it is, what happens, what is keyed; the call goes on."""

    def somebody(name: str) -> dict[str, Any]:
        texts = {"title": name, "what_happens": "Un code", "group": "Droits"}
        arabic = {"title": "سلمى", "what_happens": "رمز", "group": "الحقوق"}
        entries = [{"title": {"fr": "Choix", "ar": "الاختيار"}, "keys": "4"}]
        return {key: {"fr": texts[key], "ar": arabic[key]} for key in texts} | {"entries": entries, "mobile": ""}

    with serving(replace(account, people=(somebody("Salma"), somebody("Ali")))) as exchange:
        _, lines = script(exchange, line, "h")
    at = lines.index(shown)
    french = ["Salma. Un code", "    Choix 4", "Ali. Un code", "    Choix 4"]
    arabic = ["سلمى. رمز", "    الاختيار 4"] * 2
    assert lines[at + 1 : at + 5] == (french if line == "who" else arabic)
    assert lines.count(shown) == 1


def test_an_exchange_that_proposes_nobody_says_so(exchange: str) -> None:
    """And how to have people to call as."""
    _, lines = script(exchange, "who", "h")
    assert any("SVI_DEMO=1" in line for line in lines)


def test_what_is_shown_can_be_kept(exchange: str) -> None:
    """A transcript is a plain copy, and can be compared with another."""
    kept = io.StringIO()
    _, shown = script(exchange, "h", transcript=kept)
    assert kept.getvalue().splitlines() == shown


def test_a_script_may_stay_until_the_call_is_out_of_a_queue(exchange: str, application: Application) -> None:
    """Its next line is for what comes after; without it, whatever listens in the queue would take the line."""
    rounds = iter(["<Gather timeout='1' action='/wait'><Say>Music.</Say></Gather>", "", "<Leave/>"])
    application.documents |= {
        "/voice/incoming": "<Response><Enqueue waitUrl='/wait' action='/after'>all</Enqueue></Response>",
        "/wait": lambda _received: f"<Response>{next(rounds)}</Response>",
        "/after": "<Response><Gather action='/done' numDigits='1'><Say>Press.</Say></Gather></Response>",
        "/done": "<Response><Say>Thanks.</Say></Response>",
    }
    _, shown = script(exchange, "stay", "5")
    said = "\n".join(shown)
    assert said.index("Press.") < said.index("> 5") < said.index("Thanks.")


def test_a_wrong_number_is_said_in_one_line(exchange: str) -> None:
    """With the numbers that there are."""
    code, shown = script(exchange, to="+33123456789")
    assert code == 1
    assert shown == ["! no such number; there are +212520447100, 3939"]


def test_no_exchange_is_said_in_one_line() -> None:
    """And how to mend it."""
    code, shown = script("http://127.0.0.1:9")
    assert code == 2
    assert shown == ["! no exchange answers at http://127.0.0.1:9: start it with `make run`"]


def test_a_failing_webhook_is_shown(exchange: str, application: Application) -> None:
    """With what Twilio would say of it; the call goes on at the fallback."""
    application.documents["/voice/answer/1/language"] = (500, "text/html", "oops")
    _, shown = script(exchange, "2", "h")
    assert "! POST /voice/answer/1/language: 500" in shown
    assert any(line.startswith("! 11200 HTTP retrieval failure") for line in shown)


def test_arabic_is_kept_together_on_a_terminal() -> None:
    """Isolates keep its full stop on its own side; a file holds the plain text."""
    terminal, kept = Terminal(), io.StringIO()
    Screen(terminal, kept).show({"kind": "said", "language": "ar-MA", "text": "مرحبا."})
    assert "ar \u2067مرحبا.\u2069" in terminal.getvalue()
    assert kept.getvalue() == "ar مرحبا.\n"


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("1", typed.Deed("keys", {"keys": "1"})),
        ("12 34#", typed.Deed("keys", {"keys": "1234#"})),
        ("*", typed.Deed("keys", {"keys": "*"})),
        ("٣١٠#", typed.Deed("keys", {"keys": "310#"})),
        (":oui", typed.Deed("speech", {"text": "oui"})),
        (": un conseiller ~0.55", typed.Deed("speech", {"text": "un conseiller", "confidence": 0.55})),
        ("", typed.Deed("silence", {})),
        ("h", typed.Deed("hangup", {})),
        ("?", typed.Command("help")),
        ("sms", typed.Command("sms")),
        ("oui", typed.Nonsense("oui")),
    ],
)
def test_what_may_be_typed(line: str, meaning: typed.Meaning) -> None:
    """As the help says."""
    assert typed.meaning(line) == meaning


@pytest.mark.parametrize(
    ("line", "filled"),
    [
        ("{code}", "482913"),
        ("{code}#", "482913#"),
        (r"{sms:dossier \w+-(\d+)}", "17"),
        (r"{sms:\d{3}}", "482"),
        ("{sms:nothing}", None),
    ],
)
def test_placeholders_find_what_an_sms_says(line: str, filled: str | None) -> None:
    """The newest SMS that fits counts: the group of the expression, or all of it."""
    bodies = ["111111 est votre code", "482913 est votre code CNSS, dossier AB-17."]
    pattern = typed.wanted(line)
    assert isinstance(pattern, re.Pattern)
    value = typed.newest(pattern, bodies)
    assert (typed.filled(line, value) if value is not None else None) == filled
