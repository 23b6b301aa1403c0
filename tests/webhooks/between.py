"""Something between us and PostgreSQL that loses a commit: before the server gets it, or after it did it."""

import selectors
import socket
import threading
from pathlib import Path
from typing import Literal

Loses = Literal["nothing", "the order", "the answer"]


class Wire:
    """A socket in `folder` that leads to the server's socket at `server`, and loses the next COMMIT as told."""

    def __init__(self, folder: Path, server: Path) -> None:
        self.loses: Loses = "nothing"
        self.lost = 0
        self._server = server
        self._ended = threading.Event()
        self._ears = selectors.DefaultSelector()
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._deaf: set[socket.socket] = set()  # clients that hear no more of what their server says
        self._listener = self._listens(socket.socket(socket.AF_UNIX), str(folder / ".s.PGSQL.5432"))
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def close(self) -> None:
        """Cut everything."""
        self._ended.set()
        self._thread.join()
        for one in [*self._pairs, self._listener]:
            self._ears.unregister(one)
            one.close()
        self._ears.close()

    def _listens(self, listener: socket.socket, path: str) -> socket.socket:
        listener.bind(path)
        listener.listen()
        self._ears.register(listener, selectors.EVENT_READ, self._accept)
        return listener

    def _run(self) -> None:
        while not self._ended.is_set():
            for key, _ in self._ears.select(0.05):
                if isinstance(key.fileobj, socket.socket) and key.fileobj.fileno() >= 0:
                    key.data(key.fileobj)

    def _accept(self, listener: socket.socket) -> None:
        client, server = listener.accept()[0], socket.socket(socket.AF_UNIX)
        server.connect(str(self._server))
        self._pairs |= {client: server, server: client}
        self._ears.register(client, selectors.EVENT_READ, self._from_client)
        self._ears.register(server, selectors.EVENT_READ, self._carry)

    def _from_client(self, client: socket.socket) -> None:
        if self.loses == "nothing" or b"COMMIT" not in client.recv(65536, socket.MSG_PEEK):
            return self._carry(client)
        loses, self.loses = self.loses, "nothing"
        self.lost += 1
        self._deaf.add(client)
        return self._cut(client) if loses == "the order" else self._carry(client)

    def _carry(self, one: socket.socket) -> None:
        other = self._pairs[one]
        data = one.recv(65536)
        if not data or other in self._deaf:
            return self._cut(one)
        return other.sendall(data)

    def _cut(self, one: socket.socket) -> None:
        for end in (one, self._pairs[one]):
            del self._pairs[end]
            self._ears.unregister(end)
            end.close()
