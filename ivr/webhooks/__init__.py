"""The carrier's webhooks: signature, transaction, reply."""

from flask import Flask

from ivr.webhooks import audio, queue, signature, sms, voice


def register(app: Flask) -> None:
    """Give `app` every webhook; whatever is under `/voice/` and `/sms/` must be signed."""
    app.before_request(signature.require)
    app.register_blueprint(voice.blueprint)
    app.register_blueprint(queue.blueprint)
    app.register_blueprint(sms.blueprint)
    app.register_blueprint(audio.blueprint)
