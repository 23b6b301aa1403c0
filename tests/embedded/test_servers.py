"""PostgreSQL and Valkey start anywhere, keep what they are told, and never outlive their parent."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from backend.errors import MisconfiguredError, UnreachableError
from svi import embedded
from tests.waiting import eventually

from .processes import processes_in

HOLDS = """
import sys, time
from pathlib import Path
from svi import embedded
with embedded.open_home(Path(sys.argv[1])) as home, embedded.postgresql(home), embedded.valkey(home):
    print("up", flush=True)
    time.sleep(600)
"""


@contextmanager
def both(path: Path) -> Iterator[tuple[psycopg.Connection, "redis.Redis"]]:
    """Start both servers on `path`, give a connection to each."""
    with (
        embedded.open_home(path) as home,
        embedded.postgresql(home, durable=False) as database_url,
        embedded.valkey(home, durable=False) as redis_url,
        psycopg.connect(database_url, autocommit=True) as connection,
        redis.Redis.from_url(redis_url, decode_responses=True) as client,
    ):
        yield connection, client


def remember(connection: psycopg.Connection, client: "redis.Redis") -> None:
    """Write a row and a key."""
    connection.execute("create table kept (word text)")
    connection.execute("insert into kept values ('salam')")
    client.set("kept", "salam")


def remembers(connection: psycopg.Connection, client: "redis.Redis") -> bool:
    """Say whether the row and the key are there."""
    return connection.execute("select word from kept").fetchone() == ("salam",) and client.get("kept") == "salam"


@pytest.mark.parametrize("name", ["with spaces", 'it\'s "quoted" 100% $HOME `é`', "deep/" * 40 + "home"])
def test_servers_start_on_any_path(folder: Path, name: str) -> None:
    """A path may hold spaces and quotes, and be longer than a socket's path can be."""
    with both(folder / name) as (connection, client):
        remember(connection, client)
        assert remembers(connection, client)


def test_data_is_kept_over_a_restart(folder: Path) -> None:
    """The second start finds the first one's rows and keys."""
    with both(folder / "home") as servers:
        remember(*servers)
    with both(folder / "home") as servers:
        assert remembers(*servers)


def test_servers_are_set_up_as_production_is(folder: Path) -> None:
    """PostgreSQL 18 with the built-in C.UTF-8 and no JIT; Valkey appends to its file and evicts nothing."""
    with both(folder / "home") as (connection, client):
        assert connection.info.server_version >= 180000
        row = connection.execute(
            "select datlocprovider, datlocale, current_setting('jit'), current_setting('max_connections'),"
            " current_setting('timezone') from pg_database where datname = current_database()"
        ).fetchone()
        assert row == ("b", "C.UTF-8", "off", "100", "UTC")
        info = client.info("everything")
        assert (info["server_name"], info["aof_enabled"], info["maxmemory_policy"]) == ("valkey", 1, "noeviction")


def test_sockets_are_private_and_go_with_the_servers(folder: Path) -> None:
    """Nobody else can enter a socket's folder; it is removed at the end."""
    with embedded.open_home(folder / "home") as home, embedded.valkey(home, durable=False):
        (sockets,) = home.sockets
        assert sockets.stat().st_mode & 0o777 == 0o700
    assert not sockets.exists()


def test_a_socket_folder_of_somebody_else_is_refused(folder: Path) -> None:
    """A folder that others can enter is not trusted, even under our name."""
    with embedded.open_home(folder / "home") as home:
        sockets = home.socket_folder("valkey", None)
        sockets.chmod(0o777)
        with pytest.raises(MisconfiguredError, match="is not ours"):
            embedded.Valkey(home)


def test_a_second_start_is_refused_and_names_the_holder(folder: Path) -> None:
    """Two starts never share data; the message says which process to end."""
    with (
        embedded.open_home(folder / "home"),
        pytest.raises(MisconfiguredError, match=f"in use by process {os.getpid()}"),
        embedded.open_home(folder / "home"),
    ):
        pass


def test_a_lock_file_whose_process_id_is_another_programs_does_not_hinder(folder: Path) -> None:
    """After a kill, `postmaster.pid` may name a process that is anything but PostgreSQL."""
    with both(folder / "home"):
        pass
    data = folder / "home" / "postgresql" / "data"
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1700000000\n5432\n")
    with both(folder / "home") as (connection, _):
        assert connection.execute("select 1").fetchone() == (1,)


def test_a_server_that_does_not_start_says_why_in_a_line(folder: Path) -> None:
    """The last line of its log, and where the others are."""
    with embedded.open_home(folder / "home") as home:
        home.folder("valkey").joinpath("appendonlydir").write_text("not a folder")
        with pytest.raises(UnreachableError, match=r"valkey does not start: .*valkey.log"), embedded.valkey(home):
            pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts PostgreSQL as another account")
def test_data_goes_where_postgresqls_account_can_reach_it(folder: Path) -> None:
    """Under a folder closed to that account, the data lies in /var/lib, and no mode changes."""
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    try:
        with both(closed / "home") as servers:
            remember(*servers)
        with both(closed / "home") as servers:
            assert remembers(*servers)
        assert closed.stat().st_mode & 0o777 == 0o700
        assert (closed / "home" / "postgresql").is_symlink()
    finally:
        subprocess.run(["rm", "-rf", (closed / "home" / "postgresql").resolve()], check=True)


@pytest.mark.long
def test_a_killed_parent_leaves_no_server_and_loses_nothing(folder: Path) -> None:
    """SIGKILL can't be caught: the kernel ends the servers, and the next start finds their data."""
    with both(folder / "home") as servers:
        remember(*servers)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(folder / "home")], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "up\n"
        assert processes_in(folder)
        parent.send_signal(signal.SIGKILL)
    with both(folder / "home") as servers:
        assert remembers(*servers)
    eventually(lambda: not processes_in(folder))
