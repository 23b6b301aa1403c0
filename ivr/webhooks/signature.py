"""Twilio's signature, checked against `SVI_PUBLIC_URL` before anything else: without it a 403, whatever the shape.

What is signed is the address as Twilio wrote it, and the form. The proxy in front may change scheme, host and port, so
the origin is our own setting; with or without the scheme's usual port is the same to Twilio's library.
"""

import hmac
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import quote

from flask import Response, abort, request
from twilio.request_validator import HMAC_SHA1, HMAC_SHA256, RequestValidator, get_signature_algorithm
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from backend import log
from backend.settings import settings

SIGNED = ("/voice/", "/sms/")
ALGORITHMS = {HMAC_SHA1, HMAC_SHA256}
_log = log.get("signature")


def require() -> None:
    """Refuse a webhook that our carrier did not sign."""
    if not request.path.startswith(SIGNED):
        return
    if not _signed():
        _log.warning("webhook.unsigned")
        abort(Response("Unsigned, or signed for another address.\n", 403, content_type="text/plain"))


def _signed() -> bool:
    given = request.headers.get("X-Twilio-Signature")
    algorithm = get_signature_algorithm(request.headers.get("X-Twilio-Webhooks-Signature-Settings")).upper()
    if not given or algorithm not in ALGORITHMS:
        return False
    try:
        form = request.form
    except HTTPException:  # too large, cut short, or not a form: nothing that Twilio signs
        return False
    token = settings().require_twilio()[1]
    if algorithm == HMAC_SHA1 and hmac.compare_digest(one_pass(token, next(targets()), form), given.encode()):
        return True
    validator = RequestValidator(token)
    return any(validator.validate(target, form, given, algorithm) for target in targets())


def one_pass(token: str, target: str, form: MultiDict[str, str]) -> bytes:
    """Return the signature of the usual address and form, a tenth of the library's time; the rest is left to it.

    Source: Twilio, "Security": the address, then each field's name and value by name; a test holds it to the library.
    """
    signed = target + "".join([name + value for name in sorted(form) for value in sorted(set(form.getlist(name)))])
    return b64encode(hmac.digest(token.encode(), signed.encode(), "sha1"))


def targets() -> Iterator[str]:
    """Give the addresses that may have been signed: our origin with the path and query that were asked for.

    WSGI hands on the path decoded, and granian gives no raw target. For our own addresses, which need no percent sign,
    nothing is lost; any other path is encoded again as most clients do, or taken as it reads.
    """
    path = request.environ["PATH_INFO"].encode("latin-1")
    encoded = quote(path, safe="/:@!$&'()*+,;=~")
    query = request.environ.get("QUERY_STRING", "")
    asked = f"?{query}" if query else ""
    yield f"{settings().public_url}{encoded}{asked}"
    if not path.isascii():
        yield f"{settings().public_url}{path.decode(errors='replace')}{asked}"
