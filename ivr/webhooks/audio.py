"""`GET /audio/<sha>`: recordings of prompts, named by their content; not signed, kept for ever by whoever fetches."""

from flask import Blueprint, Response, abort, send_file

from ivr import speech

blueprint = Blueprint("audio", __name__)


@blueprint.get("/audio/<sha>")
def audio(sha: str) -> Response:
    """Return a recording."""
    path = speech.recording(sha)
    if path is None:
        abort(404)
    response = send_file(path, max_age=31_536_000)
    response.cache_control.immutable = True
    return response
