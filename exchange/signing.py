"""Signing a webhook as Twilio does: https://www.twilio.com/docs/usage/security.

On Twilio a client proves who it is by an access token, which the application signs. Here it has an identity token,
which only who holds the account's auth token can make.
"""

import hmac
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
    return hmac.new(auth_token.encode(), f"client:{name}".encode(), "sha256").hexdigest()


def is_identity(auth_token: str, name: str, token: str) -> bool:
    """Say whether a token proves that a phone is the client of a name."""
    return bool(name) and hmac.compare_digest(identity_token(auth_token, name).encode(), token.encode())
