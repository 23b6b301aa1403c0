"""`GET /audio/<sha>`: recordings of prompts and the music, named by their content; not signed, kept for ever."""

from flask import Blueprint, Response, abort, send_file

from ivr import music, speech

blueprint = Blueprint("audio", __name__)


@blueprint.get("/audio/<sha>")
def audio(sha: str) -> Response:
    """Return a recording."""
    if found := music.content(sha):
        response = Response(found[0], content_type=found[1])
        response.cache_control.max_age = 31_536_000
    elif path := speech.recording(sha):
        response = send_file(path, max_age=31_536_000)
    else:
        abort(404)
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response
