"""How pages hold an advisor's telephone: by the exchange of this machine, while it stands in for Twilio."""

import importlib
from functools import partial

from backend.settings import settings
from callcenter.console import Phone


def of_pages() -> Phone | None:
    """Return the exchange's driver; None where calls come by Twilio. Raises MisconfiguredError without credentials."""
    origin = settings().twilio_api_base
    if origin is None:
        return None
    _, auth_token = settings().require_twilio()
    signing = importlib.import_module("exchange.signing")
    return Phone("exchange", origin.rstrip("/"), partial(signing.identity_token, auth_token))
