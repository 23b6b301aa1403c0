"""The baseline: a Flask view that checks the signature with the library's validator and returns one fixed document."""

import os

from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator

TWIML = (
    '<?xml version="1.0" encoding="UTF-8"?><Response><Gather action="/voice/answer/2/main-menu" method="POST" '
    'input="dtmf" numDigits="1" finishOnKey="" timeout="6" actionOnEmptyResult="true"><Say language="fr-FR" '
    'voice="Polly.Lea-Neural">Pour l\'inscription, tapez 1. Pour les cotisations, tapez 2.</Say></Gather></Response>'
)


def create_app() -> Flask:
    """Return the application."""
    app = Flask("bare")
    validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    origin = os.environ["SVI_PUBLIC_URL"]

    @app.post("/<path:path>")
    def view(path: str) -> Response:
        given = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(f"{origin}/{path}", request.form, given):
            abort(403)
        return Response(TWIML, content_type="text/xml; charset=utf-8")

    return app
