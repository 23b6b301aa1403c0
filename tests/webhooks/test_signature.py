"""Only what our carrier signed, for our address, is heard; anything else is refused before it is looked at."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from exchange.signing import HEADER, sign
from ivr.webhooks.signature import one_pass
from tests.conftest import TOKEN, forget
from tests.webhooks.conftest import CALL, ORIGIN, Carrier

INCOMING = f"{ORIGIN}/voice/incoming"
SETTINGS = "X-Twilio-Webhooks-Signature-Settings"
PATHS = (
    "/voice/incoming", "/voice/incoming/", "/voice//incoming", "/voice/", "/voice/nothing", "/voice/answer/1/language",
    "/voice/answer/1/a%2Fb", "/voice/%D8%A7", "/voice/%ff", "/voice/%00", "/sms/status", "/sms/nothing",
)  # fmt: skip
Count = Callable[[str], int]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["POST", "GET", "PUT", "OPTIONS", "HEAD"])
def test_an_unsigned_request_is_refused_whatever_its_path_and_method(carrier: Carrier, path: str, method: str) -> None:
    """403, even where nothing is there: a stranger does not learn what exists."""
    answer = carrier.send(path, {}, method=method)
    assert answer.status_code == 403
    assert b"Response" not in answer.data


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"%%%&&&===\xff", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"CallSid=CA1", "text/plain"),
        (b"a=" + b"1" * 200_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % n for n in range(3000)), "application/x-www-form-urlencoded"),
    ],
)
@pytest.mark.parametrize("signature", [None, "", "x", "é", "A" * 10_000, sign(TOKEN, INCOMING, CALL)])
def test_a_body_that_was_not_signed_is_refused_whatever_its_shape(
    carrier: Carrier, body: bytes, kind: str, signature: str | None, count: Count
) -> None:
    """Malformed, of another type, too large, with a signature of something else: 403, and no call begins."""
    headers = {} if signature is None else {HEADER: signature}
    assert carrier.send("/voice/incoming", headers, data=body, content_type=kind).status_code == 403
    assert count("calls") == 0


def test_a_signed_webhook_is_heard_with_parameters_nobody_knows(carrier: Carrier, count: Count) -> None:
    """Unknown parameters are accepted, and signed over: one that was added on the way is refused."""
    params = CALL | {"StirVerstat": "TN-Validation-Passed-A", "Ünknown": "1"}
    assert carrier.post("/voice/incoming", params).status_code == 200
    assert count("calls") == 1
    headers = {HEADER: sign(TOKEN, INCOMING, CALL)}
    assert carrier.send("/voice/incoming", headers, data=params).status_code == 403


def test_a_repeated_parameter_is_signed_over_with_each_of_its_values(carrier: Carrier) -> None:
    """As Twilio's library signs them: each value once, in order."""
    params = MultiDict([*CALL.items(), ("Tag", "b"), ("Tag", "a")])
    signature = RequestValidator(TOKEN).compute_signature(INCOMING, params)
    assert carrier.send("/voice/incoming", {HEADER: signature}, data=params).status_code == 200
    params.add("Tag", "c")
    assert carrier.send("/voice/incoming", {HEADER: signature}, data=params).status_code == 403


@given(
    target=st.text(st.characters(exclude_categories=["Cs"])),
    fields=st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=8),
)
def test_one_pass_over_the_form_signs_as_the_library_does(target: str, fields: list[tuple[str, str]]) -> None:
    """Whatever the fields, how often each comes and in which order; anything signed otherwise is the library's."""
    form = MultiDict(fields)
    assert one_pass(TOKEN, target, form).decode() == RequestValidator(TOKEN).compute_signature(target, form)


@pytest.mark.parametrize(
    ("settings", "algorithm", "status"),
    [
        ("key=webhooks_sharedkey_1,algorithm=HMAC_SHA256", "HMAC_SHA256", 200),
        ("algorithm=hmac_sha256", "HMAC_SHA256", 200),
        ("key=webhooks_sharedkey_1", "HMAC_SHA1", 200),
        ("algorithm=HMAC_SHA256", "HMAC_SHA1", 403),
        ("algorithm=NONE", "HMAC_SHA1", 403),
        ("algorithm=HMAC_MD5", "HMAC_SHA256", 403),
    ],
)
def test_the_algorithm_that_a_header_names_is_the_one_that_counts(
    carrier: Carrier, settings: str, algorithm: str, status: int
) -> None:
    """SHA-1, or SHA-256 where Twilio says so; an unknown name is refused, not guessed."""
    signature = RequestValidator(TOKEN).compute_signature(INCOMING, CALL, algorithm)
    headers = {HEADER: signature, SETTINGS: settings}
    assert carrier.send("/voice/incoming", headers, data=CALL).status_code == status


@pytest.mark.parametrize(
    "path", ["/voice/incoming?a=1&b=%20x&c=%C3%A9", "/voice/answer/7/a%20key", "/voice/answer/1/clé"]
)
def test_the_query_and_percent_encodings_are_part_of_what_is_signed(carrier: Carrier, path: str) -> None:
    """A server hands on the path decoded; what was signed is found again."""
    assert carrier.post(path).status_code == 200
    assert carrier.post(path, headers={HEADER: sign(TOKEN, f"{ORIGIN}/voice/incoming", CALL)}).status_code == 403


@pytest.mark.parametrize(
    ("public", "signed", "status"),
    [
        ("https://svi.example.ma", "https://svi.example.ma", 200),
        ("https://svi.example.ma", "https://svi.example.ma:443", 200),
        ("https://svi.example.ma:443", "https://svi.example.ma", 200),
        ("https://svi.example.ma:8443/", "https://svi.example.ma:8443", 200),
        ("https://svi.example.ma", "http://svi.example.ma", 403),
        ("https://svi.example.ma", "https://evil.example.ma", 403),
    ],
)
def test_behind_a_proxy_the_public_address_is_what_is_signed(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch, public: str, signed: str, status: int
) -> None:
    """The application is reached over plain HTTP under another name; `SVI_PUBLIC_URL` alone says what was signed."""
    monkeypatch.setenv("SVI_PUBLIC_URL", public)
    forget()
    headers = {"X-Forwarded-Host": "evil.example.ma", "X-Forwarded-Proto": "http", "Host": "evil.example.ma"}
    assert carrier.post("/voice/incoming", origin=signed, headers=headers).status_code == status


@pytest.mark.parametrize("path", ["/voice/nothing", "/sms/nothing", "/voice/incoming/"])
def test_a_signed_request_for_what_is_not_there_is_told_so(carrier: Carrier, path: str) -> None:
    """404, and never an effect."""
    assert carrier.post(path).status_code == 404


def test_slashes_are_not_merged_into_a_webhook(carrier: Carrier) -> None:
    """`//voice/incoming` leads nowhere, not even to a redirection."""
    assert carrier.send(f"{ORIGIN}//voice/incoming", {}).status_code == 404
