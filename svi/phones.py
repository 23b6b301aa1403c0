"""How pages hold an advisor's telephone: by Twilio, or by the exchange of this machine while it stands in for it."""

import importlib
from functools import partial
from urllib.parse import urlsplit

from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import VoiceGrant

from backend.errors import MisconfiguredError
from backend.settings import Settings, settings
from callcenter.console import Phone

TOKEN_SECONDS = 300
"""How long a page may dial with one token. It asks for another at each dial, and in a talk before this one ends."""
CONNECTS = (
    "https://eventgw.twilio.com",
    "wss://voice-js.roaming.twilio.com",
    "https://media.twiliocdn.com",
    "https://sdk.twilio.com",
)
MEDIA = ("mediastream:", "https://media.twiliocdn.com", "https://sdk.twilio.com")
"""Where Twilio's library connects to, and plays from (its README, "Content Security Policy"; the default edge)."""


def of_pages() -> Phone | None:
    """Return how pages hold a telephone; None where calls come by Twilio and no API key was given.

    Raises MisconfiguredError without credentials, and with a part of those that Twilio's telephone needs.
    """
    origin = settings().twilio_api_base
    if origin is None or (urlsplit(origin).hostname or "").endswith("twilio.com"):
        return _twilio(settings())
    _, auth_token = settings().require_twilio()
    signing = importlib.import_module("exchange.signing")
    origin = origin.rstrip("/")
    return Phone("exchange", partial(signing.identity_token, auth_token), origin, connects=(origin,))


def _twilio(given: Settings) -> Phone | None:
    key, secret, app = given.twilio_api_key_sid, given.twilio_api_key_secret, given.twilio_twiml_app_sid
    if key is None and secret is None:
        return None
    if key is None or secret is None or app is None:
        raise MisconfiguredError(
            "set all of TWILIO_API_KEY_SID, TWILIO_API_KEY_SECRET, TWILIO_TWIML_APP_SID for advisors' telephones in "
            "the browser, or no key"
        )
    account, _ = given.require_twilio()

    def token(identity: str) -> str:
        grant = VoiceGrant(outgoing_application_sid=app)
        made = AccessToken(
            account, key, secret.get_secret_value(), grants=[grant], identity=identity, ttl=TOKEN_SECONDS
        )
        return str(made.to_jwt())

    return Phone("twilio", token, connects=CONNECTS, media=MEDIA)
