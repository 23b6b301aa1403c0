"""The signature as granian serves it: what it hands on of a request is not what a test client hands on."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from exchange.dialler import Call
from exchange.posting import over_http
from exchange.signing import HEADER, sign
from tests import ports
from tests.conftest import TOKEN
from tests.waiting import PATIENCE, eventually
from tests.webhooks.conftest import CALL


@pytest.fixture
def origin(environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """Serve the application in a process of its own."""
    (port,) = ports.free(1)
    own = {"SVI_PORT": str(port), "SVI_HOME": str(tmp_path), "SVI_WEB_WORKERS": "1"}
    process = subprocess.Popen([sys.executable, "-m", "svi", "web"], env=os.environ | environment | own)
    try:
        origin = f"http://127.0.0.1:{port}"
        eventually(lambda: process.poll() is not None or answers(origin))
        yield origin
    finally:
        process.terminate()
        process.wait(PATIENCE)


def answers(origin: str) -> bool:
    """Say whether it answers."""
    try:
        with urlopen(f"{origin}/health/ready", timeout=PATIENCE):
            return True
    except (URLError, ConnectionError):
        return False


def status_of(origin: str, target: bytes, signature: str | None, *, body: bytes = b"", more: bytes = b"") -> int:
    """Send a request line and headers as they stand; return the status."""
    host, port = origin.removeprefix("http://").split(":")
    head = [b"POST " + target + b" HTTP/1.1", b"Host: somewhere.else", b"Connection: close", more]
    if signature is not None:
        head.append(f"{HEADER}: {signature}".encode("latin-1"))
    if b"chunked" not in more:
        head.append(b"Content-Length: %d" % len(body))
    head.append(b"Content-Type: application/x-www-form-urlencoded")
    with socket.create_connection((host, int(port)), PATIENCE) as connection:
        connection.sendall(b"\r\n".join(line for line in head if line) + b"\r\n\r\n" + body)
        return int(connection.makefile("rb").readline().split()[1])


def test_signed_and_unsigned_requests_as_granian_hands_them_on(origin: str) -> None:
    """One start for all of it: granian takes a second."""
    for target in (
        b"/voice/incoming",
        b"/voice/%D8%A7",
        b"/voice/%ff",
        b"/voice/%00",
        b"/voice/\xd8\xa7",
        b"/voice/a%2Fb",
    ):
        for signature in (None, "", "\xe9", sign(TOKEN, f"{origin}/voice/incoming", {})):
            expected = 200 if signature and target == b"/voice/incoming" and len(signature) > 1 else 403
            assert status_of(origin, target, signature) == expected, (target, signature)
    body = urlencode(CALL).encode()
    for path in ("/voice/incoming", "/voice/incoming?a=%20b&c", "/voice/answer/1/a%20key", "/voice/answer/1/cl%C3%A9"):
        signature = sign(TOKEN, f"{origin}{path}", CALL)
        assert status_of(origin, path.encode(), signature, body=body) == 200, path
        assert status_of(origin, path.encode(), signature, body=body + b"&x=1") == 403, path
        absolute = f"http://somewhere.else{path}".encode()
        assert status_of(origin, absolute, signature, body=body) == 200, "a proxy may write the whole address"
    signature = sign(TOKEN, f"{origin}/voice/incoming", CALL)
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    assert status_of(origin, b"/voice/incoming", signature, body=chunks, more=b"Transfer-Encoding: chunked") == 200
    huge = b"a=" + b"1" * 100_000
    assert status_of(origin, b"/voice/incoming", sign(TOKEN, f"{origin}/voice/incoming", {}), body=huge) == 403
    call = Call(over_http(TOKEN), to="+212520447100", voice_url=f"{origin}/voice/incoming", fallback_url=None)
    call.keys("2").hears("main-menu").keys("1").hears("identity-card")
