"""An application that answers with written documents: somebody for the exchange to call.

The exchange's own tests ring it, in this process (`post`) or over HTTP (`serving`).
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

POLL_SECONDS = 0.02
Answer: TypeAlias = str | tuple[int, str, str]
"""A TwiML document, or a status, a content type and a body."""


@dataclass(frozen=True, slots=True)
class Received:
    """One webhook as it arrived."""

    method: str
    path: str
    params: Mapping[str, str]
    url: str = ""
    signature: str = ""


@dataclass(slots=True)
class Application:
    """Documents by path. A path may also have a function of the webhook; an unknown one is 404.

    `seconds` delays the answers of a path.
    """

    documents: dict[str, Answer | Callable[[Received], Answer]]
    received: list[Received] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def post(self, url: str, params: Mapping[str, str]) -> tuple[int, Mapping[str, str], str]:
        """Answer in this process: a `Post` for `exchange.dialler.Call`."""
        status, content_type, body = self._answer(Received("POST", urlsplit(url).path, dict(params), url))
        return status, {"Content-Type": content_type}, body

    def paths(self) -> list[str]:
        """List the paths that were asked for, in order."""
        return [received.path for received in self.received]

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Answer over HTTP on a free port: gives the origin."""
        server = make_server("127.0.0.1", 0, self._wsgi, threaded=True, request_handler=_Quiet)
        server.daemon_threads = False  # at the end each answer is waited for
        thread = threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,), name="application", daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    def _wsgi(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        params = request.form if request.method == "POST" else request.args
        received = Received(
            request.method,
            request.path,
            params.to_dict(),
            request.url,
            request.headers.get("X-Twilio-Signature", ""),
        )
        time.sleep(self.seconds.get(request.path, 0))
        status, content_type, body = self._answer(received)
        return Response(body, status=status, content_type=content_type)(environ, start_response)

    def _answer(self, received: Received) -> tuple[int, str, str]:
        self.received.append(received)
        document = self.documents.get(received.path, (404, "text/plain", "not found"))
        answer = document(received) if callable(document) else document
        return (200, "text/xml", answer) if isinstance(answer, str) else answer


class _Quiet(WSGIRequestHandler):
    """Serves without a line for each request."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing."""
