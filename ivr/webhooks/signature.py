"""Twilio's signature, checked on the raw target against `SVI_PUBLIC_URL`: without it a 403, whatever the shape."""

from functools import cache
from urllib.parse import quote

from flask import Response, abort, request
from twilio.request_validator import RequestValidator, get_signature_algorithm
from werkzeug.exceptions import HTTPException

from backend import log
from backend.settings import settings

SIGNED = ("/voice/", "/sms/")
_log = log.get("signature")


@cache
def _validator() -> RequestValidator:
    return RequestValidator(settings().require_twilio()[1])


def require() -> None:
    """Refuse a webhook that our carrier did not sign."""
    if not request.path.startswith(SIGNED):
        return
    if not _signed():
        _log.warning("webhook.unsigned", method=request.method)
        abort(Response("Unsigned, or signed for another address.\n", 403, content_type="text/plain"))


def _signed() -> bool:
    given = request.headers.get("X-Twilio-Signature")
    if not given:
        return False
    algorithm = get_signature_algorithm(request.headers.get("X-Twilio-Webhooks-Signature-Settings"))
    try:
        form = request.form
    except HTTPException:  # too large, or not a form: nothing that Twilio signs
        return False
    return bool(_validator().validate(target(), form, given, algorithm))


def target() -> str:
    """Return the address that was signed: our public origin and the target as it was sent.

    A server that hands on the raw target is believed; granian hands on the decoded path, which for our addresses
    (unreserved characters only) is the same.
    """
    environment = request.environ
    raw = environment.get("RAW_URI") or environment.get("REQUEST_URI")
    if not raw:
        path = quote(environment.get("PATH_INFO", "").encode("latin-1"), safe="/:@!$&'()*+,;=~-._")
        query = environment.get("QUERY_STRING", "")
        raw = f"{path}?{query}" if query else path
    return settings().public_url + str(raw)
