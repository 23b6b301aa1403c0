"""Secrets that nobody gave: made once, kept in `SVI_HOME`, each in a file that only its owner reads."""

import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from backend.errors import MisconfiguredError

_MAKERS: dict[str, Callable[[], str]] = {
    "SVI_SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "TWILIO_ACCOUNT_SID": lambda: f"AC{secrets.token_hex(16)}",
    "TWILIO_AUTH_TOKEN": lambda: secrets.token_hex(16),
}
NAMES = tuple(_MAKERS)


def stored(home: Path) -> dict[str, str]:
    """Return the secrets that were made in `home`, by setting."""
    try:
        return {name: _file(home, name).read_text().strip() for name in NAMES if _file(home, name).exists()}
    except PermissionError as error:
        raise MisconfiguredError(f"{error.filename} belongs to another user: run this as that user") from None


def made(home: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the secrets called `names`, made now where there are none yet."""
    found = stored(home)
    for name in names:
        if not found.get(name):
            found[name] = _MAKERS[name]()
            _write(_file(home, name), found[name])
    return {name: found[name] for name in names}


def _file(home: Path, name: str) -> Path:
    return home / name.lower().replace("_", "-")


def _write(path: Path, secret: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
