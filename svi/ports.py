"""The ports of this machine: whether one is free, whether one answers.

granian listens with SO_REUSEPORT: a second group on the same port would share callers in silence, so a port
is tried without it first.
"""

import errno
import socket
import time
import urllib.request

from backend.errors import MisconfiguredError

LOCALHOST = "127.0.0.1"
LIVE = b"live\n"  # what `/health/live` says
SECONDS_FOR_THE_LAST_TO_END = 3.0


def require_free(port: int, setting: str) -> None:
    """Raise MisconfiguredError where something listens on `port`, naming the setting that changes it."""
    deadline = time.monotonic() + SECONDS_FOR_THE_LAST_TO_END
    while True:
        try:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((LOCALHOST, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise MisconfiguredError(f"port {port} can't be used ({error.strerror}): set {setting}") from None
        else:
            return
        if time.monotonic() > deadline:
            raise MisconfiguredError(f"port {port} is in use: end what listens there, or set {setting} to another")
        time.sleep(0.1)


def is_ours(port: int) -> bool:
    """Say whether `svi web` serves `port`: one that a service manager started, not `svi up`."""
    try:
        with urllib.request.urlopen(f"http://{LOCALHOST}:{port}/health/live", timeout=1) as answer:
            return bool(answer.read() == LIVE)
    except OSError:
        return False


def answers(port: int) -> bool:
    """Say whether something on this machine accepts connections to `port`."""
    try:
        socket.create_connection((LOCALHOST, port), timeout=1).close()
    except OSError:
        return False
    return True
