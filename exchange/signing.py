"""Signing a webhook as Twilio does: https://www.twilio.com/docs/usage/security."""

from collections.abc import Mapping
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

HEADER = "X-Twilio-Signature"


def sign(auth_token: str, url: str, params: Mapping[str, str]) -> str:
    """Sign a POST of `params` to `url`; for a GET, whose parameters stand in the URL, pass none."""
    return str(RequestValidator(auth_token).compute_signature(url, dict(params)))


def with_query(url: str, params: Mapping[str, str]) -> str:
    """Write the URL of a GET that carries `params`."""
    return f"{url}{'&' if '?' in url else '?'}{urlencode(params)}" if params else url


def identity_token(auth_token: str, name: str) -> str:
    """Make what proves that a phone is the client of a name."""
    import hmac
    return hmac.new(auth_token.encode(), f"client:{name}".encode(), "sha256").hexdigest()
