"""PostgreSQL and Valkey with nothing to install: the wheels' programs under a launcher of our own.

    with embedded.open_home(folder) as home, embedded.postgresql(home) as database_url:
        ...

The servers end with the block, and with this process, however it ends. `durable=False` spares the disk: for
tests.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from svi.embedded.home import Home, make_home, open_home, temporary_home
from svi.embedded.postgresql import Postgresql
from svi.embedded.valkey import Valkey
from svi.part import running

__all__ = ["Home", "Postgresql", "Valkey", "make_home", "open_home", "postgresql", "temporary_home", "valkey"]


@contextmanager
def postgresql(home: Home, *, durable: bool = True) -> Iterator[str]:
    """Run PostgreSQL; gives the URL of its database. Raises UnreachableError where it does not start."""
    server = Postgresql(home, durable=durable)
    with running(server.part(), home.path / "postgresql.log"):
        yield server.url


@contextmanager
def valkey(home: Home, *, durable: bool = True) -> Iterator[str]:
    """Run Valkey; gives its URL. Raises UnreachableError where it does not start."""
    server = Valkey(home, durable=durable)
    with running(server.part(), home.path / "valkey.log"):
        yield server.url
