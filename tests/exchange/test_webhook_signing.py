"""Webhooks are signed as Twilio signs them."""

from pathlib import Path

import yaml
from twilio.request_validator import RequestValidator

from exchange.signing import sign, with_query

DOCUMENTED = yaml.safe_load(Path(__file__).with_name("documented").joinpath("security.yaml").read_text())


def test_the_documented_example_has_the_documented_signature() -> None:
    """HMAC-SHA1 of the URL and the sorted parameters, in Base64."""
    signature = sign(DOCUMENTED["auth_token"], DOCUMENTED["url"], DOCUMENTED["params"])
    assert signature == DOCUMENTED["signature"]


def test_twilios_own_library_accepts_what_we_sign() -> None:
    """Parameters in Arabic, empty ones and ports included."""
    url, params = "http://127.0.0.1:8039/voice/incoming", {"SpeechResult": "نعم", "Digits": "", "b": "1", "a": "2"}
    assert RequestValidator("secret").validate(url, params, sign("secret", url, params))
    assert not RequestValidator("other").validate(url, params, sign("secret", url, params))


def test_a_get_is_signed_over_its_whole_url() -> None:
    """The parameters of a GET stand in the URL, and nowhere else."""
    url = with_query("http://127.0.0.1:8039/voice?x=1", {"Digits": "1#"})
    assert url == "http://127.0.0.1:8039/voice?x=1&Digits=1%23"
    assert RequestValidator("secret").validate(url, {}, sign("secret", url, {}))
