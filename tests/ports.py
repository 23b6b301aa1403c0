"""Ports for servers that a test starts as processes of their own, and starts again."""

import secrets
import socket

FIRST, LAST = 20_000, 32_000
"""Below those that the kernel lends to whoever asks for any: it gives none of these away before, or in between."""


def free(count: int) -> list[int]:
    """Return so many ports on which nobody listens."""
    found: list[int] = []
    while len(found) < count:
        port = FIRST + secrets.randbelow(LAST - FIRST)  # not `random`, whose seed other test workers share
        if port not in found and _is_free(port):
            found.append(port)
    return found


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True
