"""`SVI_HOME`: where the embedded servers keep their data, held by one start at a time.

Its lock is inherited by the servers: it is free only when the last of them has ended, however their parent
ended, so that nothing is ever started on data that is still in use.
"""

import fcntl
import hashlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from backend.errors import MisconfiguredError
from svi.part import Account

PRIVATE = 0o700
LONGEST_SOCKET = 100
"""A Unix socket's path has room for 107 bytes on Linux and 103 on macOS."""
LONGEST_SOCKET_NAME = len("/svi-0123456789-postgresql/.s.PGSQL.5432")
SECONDS_FOR_THE_LAST_TO_END = 10.0


@dataclass(frozen=True)
class Home:
    """A held `SVI_HOME`: whoever has one may start servers on its data."""

    path: Path
    lock: int
    """The descriptor of the held lock."""
    sockets: list[Path] = field(default_factory=list)
    """The folders of sockets that were made for it."""

    def folder(self, name: str) -> Path:
        """Return a folder of ours in it, made where it is missing."""
        folder = self.path / name
        folder.mkdir(mode=PRIVATE, exist_ok=True)
        return folder

    def socket_folder(self, name: str, account: Account | None) -> Path:
        """Return an empty folder for one server's socket, that only `account` (or we) can enter.

        It lies in the temporary folder, for `SVI_HOME` may be deeper than a socket's path can be long.
        """
        uid = account.uid if account else os.geteuid()
        mark = hashlib.sha256(f"{uid}:{self.path}".encode()).hexdigest()[:10]
        folder = _temporary_folder(account) / f"svi-{mark}-{name}"
        try:
            folder.mkdir(mode=PRIVATE)
        except FileExistsError:
            found = folder.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or stat.S_IMODE(found.st_mode) != PRIVATE:
                raise MisconfiguredError(f"{folder} is not ours: remove it, or set TMPDIR to another folder") from None
        if account:
            os.chown(folder, account.uid, account.gid)
        for left in folder.iterdir():
            left.unlink()
        self.sockets.append(folder)
        return folder


def _temporary_folder(account: Account | None) -> Path:
    folder = Path(tempfile.gettempdir())
    too_long = len(os.fsencode(folder)) + LONGEST_SOCKET_NAME > LONGEST_SOCKET
    if too_long or (account and not account.reaches(folder)):
        return Path("/tmp")  # noqa: S108  what is made there is checked to be ours
    return folder


def make_home(path: Path) -> None:
    """Make `SVI_HOME` where it is missing. Raises MisconfiguredError where that can't be."""
    try:
        # As root, PostgreSQL runs as another account, which must be able to pass through.
        path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(path, error) from None


@contextmanager
def open_home(path: Path) -> Iterator[Home]:
    """Make `SVI_HOME` where it is missing, and hold it. Raises MisconfiguredError where somebody else does."""
    make_home(path)
    try:
        lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise _unusable(path, error) from None
    try:
        _hold(lock, path)
        home = Home(path.resolve(), lock)
        try:
            yield home
        finally:
            for folder in home.sockets:
                shutil.rmtree(folder, ignore_errors=True)
    finally:
        with suppress(OSError):
            os.close(lock)


@contextmanager
def temporary_home() -> Iterator[Home]:
    """Hold a home that is gone, data and all, when the block ends: for tests."""
    with tempfile.TemporaryDirectory(prefix="svi-") as folder:
        # PostgreSQL's account, where we are root, must be able to pass through.
        Path(folder).chmod(0o711)
        with open_home(Path(folder) / "home") as home:
            yield home


def _unusable(path: Path, error: OSError) -> MisconfiguredError:
    return MisconfiguredError(f"SVI_HOME {path} can't be used ({error.strerror}): set another")


def _hold(lock: int, path: Path) -> None:
    deadline = time.monotonic() + SECONDS_FOR_THE_LAST_TO_END
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = int(os.pread(lock, 20, 0) or 0)
            if alive(holder):
                raise MisconfiguredError(
                    f"{path} is in use by process {holder}: end that one first, or set another SVI_HOME"
                ) from None
            if time.monotonic() > deadline:
                raise MisconfiguredError(
                    f"a server of an earlier start still uses {path}: wait, or end it (`ps -ef | grep postgres`)"
                ) from None
            time.sleep(0.1)
        else:
            os.ftruncate(lock, 0)
            os.pwrite(lock, str(os.getpid()).encode(), 0)
            return


def alive(pid: int) -> bool:
    """Say whether a process with this id exists."""
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
