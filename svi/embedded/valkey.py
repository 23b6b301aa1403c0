"""The embedded Valkey, which speaks Redis's protocol: its settings, its start."""

from urllib.parse import quote

import redis

from svi.embedded import programs
from svi.embedded.home import Home
from svi.part import Part


class Valkey:
    """Valkey 9 on the data of a held `SVI_HOME`, with an append-only file: a kill loses a second at most."""

    def __init__(self, home: Home, *, durable: bool = True) -> None:
        self._home = home
        self._durable = durable
        self._data = home.folder("valkey")
        self._socket = home.socket_folder("valkey", None) / "valkey.sock"
        self.url = f"unix://{quote(str(self._socket))}"

    def part(self) -> Part:
        """Return what to run."""
        settings = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "appendonly": "yes",
            "appendfsync": "everysec" if self._durable else "no",
            "save": "",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        options = (word for name, value in settings.items() for word in (f"--{name}", value))
        return Part(
            name="valkey",
            command=(str(programs.valkey_server()), *options),
            folder=self._data,
            open_files=(self._home.lock,),
            ready=self._ready,
            awaited=True,
        )

    def _ready(self) -> bool:
        client = redis.Redis.from_url(self.url, socket_timeout=2)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()
