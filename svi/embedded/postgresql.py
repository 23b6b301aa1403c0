"""The embedded PostgreSQL: its data, its settings, its start."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from backend.errors import MisconfiguredError, UnreachableError
from svi.embedded import programs
from svi.embedded.home import Home, alive
from svi.part import Account, Part

NAME = "svi"
"""Both the role and the database."""
SYSTEM_FOLDER = Path("/var/lib")
SECONDS_FOR_ANOTHER_TO_END = 10.0
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "",
    "log_checkpoints": "off",
    "wal_writer_delay": "10ms",  # what a crash may take of turns without effect, whose commits don't wait
    "log_error_verbosity": "terse",  # its details quote rows, which are people
    "log_min_error_statement": "panic",
    "cluster_name": NAME,
}
UNSAFE_SETTINGS = {"fsync": "off", "full_page_writes": "off"}
"""For data that may be lost when the machine stops, though not when a process is killed: that of tests."""


class Postgresql:
    """PostgreSQL 18 on the data of a held `SVI_HOME`; as root it runs as `postgres`, else `nobody`."""

    def __init__(self, home: Home, *, durable: bool = True) -> None:
        self._home = home
        self._durable = durable
        self._account = _account(home)
        self._ground = _ground(home, self._account)
        self._data = self._ground / "data"
        self._programs = programs.postgresql_programs(self._account, self._ground)
        self._sockets = home.socket_folder("postgresql", self._account)
        self.url = f"postgresql://{NAME}@/{NAME}?host={quote(str(self._sockets))}"

    def part(self) -> Part:
        """Return what to run."""
        settings = SETTINGS | ({} if self._durable else UNSAFE_SETTINGS)
        settings["unix_socket_directories"] = f'"{self._sockets}"'
        options = (word for name, value in settings.items() for word in ("-c", f"{name}={value}"))
        return Part(
            name="postgresql",
            command=(str(self._programs / "postgres"), "-D", str(self._data), *options),
            folder=self._ground,
            account=self._account,
            open_files=(self._home.lock,),
            stop_signal=signal.SIGINT,
            prepare=self._prepare,
            ready=self._ready,
            awaited=True,
        )

    def _ready(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _prepare(self) -> None:
        if not self._data.exists():
            self._create()
        lock_file = self._data / "postmaster.pid"
        if not lock_file.exists():
            return
        pid = int(lock_file.read_text().split("\n", 1)[0] or 0)
        deadline = time.monotonic() + SECONDS_FOR_ANOTHER_TO_END
        while _is_postgres(pid):
            if time.monotonic() > deadline:
                raise UnreachableError(f"PostgreSQL already runs on {self._data} (process {pid}): end that one first")
            time.sleep(0.1)
        if alive(pid):
            # Another program has that id by now; PostgreSQL would take it for itself and refuse to start.
            lock_file.unlink()

    def _create(self) -> None:
        """Make the data folder beside, then rename it: a half-made one never counts."""
        fresh = self._ground / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        with programs.quotable(self._programs, self._account) as usable:
            self._run(
                [str(usable / "initdb"), "-D", str(fresh), f"--username={NAME}", "--auth=trust", "--encoding=UTF8"]
                + ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
                + ([] if self._durable else ["--no-sync"])
            )
        self._run(
            [str(self._programs / "postgres"), "--single", "-D", str(fresh), "postgres"],
            f"create database {NAME};\n",
        )
        fresh.rename(self._data)

    def _run(self, command: list[str], words: str = "") -> None:
        account = self._account.options() if self._account else {}
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                command,
                input=words.encode(),
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd=self._ground,
                pass_fds=(self._home.lock,),
                check=False,
                **account,
            )
            if done.returncode != 0:
                said.seek(0)
                lines = said.read().decode(errors="replace").split("\n")
                reason = next((line for line in lines if "error" in line.lower() or "FATAL" in line), lines[-1])
                raise UnreachableError(f"PostgreSQL's data can't be made in {self._ground}: {reason}")


def _account(home: Home) -> Account | None:
    """Return the account that PostgreSQL runs as, None for our own: the data's owner, where there is data."""
    place = home.path / "postgresql"
    if place.exists():
        owner = place.stat()
        if os.geteuid() not in {0, owner.st_uid}:
            raise MisconfiguredError(f"{place} belongs to another user: start as that user, or set another SVI_HOME")
        if os.geteuid() == 0 and owner.st_uid != 0:
            return Account(owner.st_uid, owner.st_gid)
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise MisconfiguredError("PostgreSQL can't run as root, and there is no user `postgres` or `nobody`: add one")


def _ground(home: Home, account: Account | None) -> Path:
    """Return the folder of PostgreSQL's data, owned by its account.

    Where that account can't reach `SVI_HOME`, it is a link to a folder in /var/lib: no parent folder of
    somebody else's is opened to it.
    """
    place = home.path / "postgresql"
    if place.is_symlink() and not place.exists():
        raise MisconfiguredError(
            f"{place} leads to {place.readlink()}, which is gone: bring it back, or remove the link to start afresh"
        )
    if not place.exists() and account and not account.reaches(home.path):
        place.symlink_to(tempfile.mkdtemp(prefix="svi-", dir=SYSTEM_FOLDER))
    place.mkdir(mode=0o700, exist_ok=True)
    ground = place.resolve()
    if account:
        os.chown(ground, account.uid, account.gid)
    return ground


def _is_postgres(pid: int) -> bool:
    if not alive(pid):
        return False
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
        except OSError:
            return False
    look = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return Path(look.stdout.strip()).name == "postgres"
