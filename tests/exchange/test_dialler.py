"""The call that tests make: fluent, synchronous, in this process or over HTTP."""

import pytest

from exchange.dialler import Call
from exchange.posting import over_http
from exchange.scripted import Application

LANGUAGE = """<Response><Gather action="/voice/answer/1/language" numDigits="1" finishOnKey=""
    actionOnEmptyResult="true"><Say language="ar-MA">للعربية اضغط 1</Say>
    <Say language="fr-FR">Pour le français, tapez 2</Say></Gather></Response>"""
CARD = """<Response><Gather action="/voice/answer/2/identity-card" actionOnEmptyResult="true">
    <Say language="fr-FR">Composez les chiffres de votre carte.</Say></Gather></Response>"""
GOODBYE = '<Response><Say language="fr-FR">Au revoir.</Say></Response>'


def application() -> Application:
    """An application that asks two questions and says goodbye."""
    return Application(
        {
            "/voice/incoming": LANGUAGE,
            "/voice/answer/1/language": CARD,
            "/voice/answer/2/identity-card": GOODBYE,
        }
    )


def test_a_call_reads_like_the_product() -> None:
    """What is keyed, which question is open then, and what was said."""
    call = Call(application().post, to="+212520447100")
    call.hears("language", "للعربية").keys("2").hears("identity-card", "votre carte").keys("123456#").ends()
    assert call.said == [("fr-FR", "Au revoir.")]


def test_dialling_waits_for_the_time_out_where_keys_does_not() -> None:
    """`dials` is a caller who stops and waits; `keys` leaves the entry open."""
    call = Call(application().post, to="+212520447100").keys("2")
    assert call.keys("1234").question == "identity-card"
    call.dials("56").ends()
    assert call.webhooks[-1].params["Digits"] == "123456"


def test_a_wrong_expectation_says_where_the_call_is() -> None:
    """The failure names the question that is open."""
    with pytest.raises(AssertionError, match="the open question is 'language', not 'code'"):
        Call(application().post, to="+212520447100").hears("code")


def test_the_status_url_is_told_of_the_end() -> None:
    """Once, where one is given."""
    url = "http://127.0.0.1:8039/voice/status"
    call = Call(application().post, to="+212520447100", status_url=url).hangs_up()
    assert (call.webhooks[-1].url, call.webhooks[-1].params["CallStatus"]) == (url, "completed")


def test_nobody_can_act_after_the_end() -> None:
    """A script that goes on too long is wrong."""
    call = Call(application().post, to="+212520447100").hangs_up()
    with pytest.raises(AssertionError, match="nobody is on the line"):
        call.keys("1")


def test_a_webhook_can_be_delivered_again() -> None:
    """The call does not see the second answer; the test compares it with the first."""
    call = Call(application().post, to="+212520447100").keys("2")
    assert call.again() == call.webhooks[-1].reply
    assert call.question == "identity-card"


def test_the_same_call_works_over_http() -> None:
    """With signatures, against a server."""
    answering = application()
    with answering.serving() as origin:
        call = Call(over_http("secret"), to="+212520447100", voice_url=f"{origin}/voice/incoming")
        call.keys("2").hears("identity-card").hangs_up()
    assert all(received.signature for received in answering.received)
