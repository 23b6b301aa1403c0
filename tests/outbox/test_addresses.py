"""What a webhook's `To` and `From` may look like, and what is made of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.addresses import STAND_INS, caller, dialled


@pytest.mark.parametrize(
    ("to", "service"),
    [
        ("+212520447100", "vocal-server"),
        ("+212800090100", "vocal-server"),
        ("+212520194040", "call-centre"),
        (" 212520194040", "call-centre"),  # a `+` that a form decoded to a space
        ("212520194040", "call-centre"),
        ("0520194040", "call-centre"),
        ("00212520194040", "call-centre"),
        ("+212 5 20-19-40-40", "call-centre"),
        ("3939", "relation-centre"),
        ("+3939", "relation-centre"),
        ("+2123939", "relation-centre"),
        ("sip:3939@trunk.example.ma", "relation-centre"),
        ("sip:3939@trunk.example.ma:5060;transport=tls", "relation-centre"),
        ("sips:+212520194040@trunk.example.ma", "call-centre"),
        ("SIP:0520194040;phone-context=+212@trunk.example.ma", "call-centre"),
        ("sip:%2B212520194040@trunk.example.ma", "call-centre"),
        ("sip:trunk.example.ma", "vocal-server"),
        ("", "vocal-server"),
        ("39390", "vocal-server"),
        ("+33123456789", "vocal-server"),
        ("client:advisor", "vocal-server"),
        ("three-nine-three-nine", "vocal-server"),
    ],
)
def test_a_number_is_known_however_it_is_written(to: str, service: str) -> None:
    """E.164, local, with 00, a short code, a SIP address; what is unknown gets the vocal server."""
    assert dialled(to) == service


@pytest.mark.parametrize(
    ("from_", "number"),
    [
        ("+212661234567", "+212661234567"),
        ("0661234567", "+212661234567"),
        ("00212661234567", "+212661234567"),
        ("212661234567", "+212661234567"),
        (" 212661234567", "+212661234567"),
        ("sip:0661234567@ims.example.ma", "+212661234567"),
        ("sip:+212661234567;npdi@ims.example.ma;user=phone", "+212661234567"),
        ("٠٦٦١٢٣٤٥٦٧", "+212661234567"),
        ("+33612345678", "+33612345678"),
        ("0033612345678", "+33612345678"),
    ],
)
def test_a_caller_is_known_by_e164(from_: str, number: str) -> None:
    """However the carrier writes it."""
    assert caller(from_) == number


@pytest.mark.parametrize(
    "from_",
    [
        "",
        " ",
        "anonymous",
        "Anonymous",
        "restricted",
        "unavailable",
        "unknown",
        "private",
        "sip:anonymous@anonymous.invalid",
        "sip:anonymous.invalid",
        "client:advisor",
        "3939",
        "15",
        "0",
        "00",
        "+",
        "+212",
        "+21266123456",
        "+2126612345678",
        "0661234567890123456789",
        *STAND_INS,
        *(each.removeprefix("+") for each in STAND_INS),
        *(f"sip:{each}@twilio.example" for each in STAND_INS),
    ],
)
def test_a_withheld_number_is_nobody_s(from_: str) -> None:
    """Empty, a word, a number that can't be dialled, and Twilio's stand-ins."""
    assert caller(from_) is None


@given(st.text(max_size=40) | st.from_regex(r"(sips?:)?\+?[0-9;@%.]{0,20}"))
def test_no_address_is_too_strange(address: str) -> None:
    """Whatever a carrier sends gets a service, and a caller's number can be read again as itself."""
    assert dialled(address) in {"vocal-server", "call-centre", "relation-centre"}
    number = caller(address)
    assert number is None or caller(number) == number
