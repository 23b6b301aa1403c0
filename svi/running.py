"""`SVI_HOME/run.json`: what runs, and where it listens, for whoever comes from another terminal.

The group writes it; `svi call`, `svi doctor`, and any process started alone read it.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from backend.errors import MisconfiguredError
from backend.settings import Settings, settings
from svi import credentials
from svi.embedded.home import alive


@dataclass(frozen=True)
class Running:
    """A running group."""

    pid: int
    addresses: Mapping[str, str]
    """What a person opens, by its name: URL."""
    settings: Mapping[str, str]
    """Settings that a process started alone needs; no secrets."""
    pids: Mapping[str, int] = field(default_factory=dict)
    """The process of each part."""
    ready: bool = False
    """Would a call be answered?"""


def publish(home: Path, state: Running) -> None:
    """Write down what runs."""
    fresh = home / "run.json.new"
    fresh.write_text(json.dumps(asdict(state), indent=1) + "\n")
    fresh.chmod(0o600)
    fresh.rename(_file(home))


def withdraw(home: Path) -> None:
    """Forget what ran."""
    _file(home).unlink(missing_ok=True)


def find(home: Path) -> Running | None:
    """Return the group that runs on `home`, None where none does."""
    try:
        state = Running(**json.loads(_file(home).read_text()))
    except FileNotFoundError:
        return None
    except PermissionError:
        raise MisconfiguredError(f"{_file(home)} belongs to another user: run this as that user") from None
    except (ValueError, TypeError):
        raise MisconfiguredError(f"{_file(home)} is damaged: remove it") from None
    return state if alive(state.pid) else None


def environment(home: Path) -> dict[str, str]:
    """Return the settings of the group that runs on `home`, secrets included; none where none runs."""
    state = find(home)
    return {**credentials.stored(home), **state.settings} if state else {}


def join() -> None:
    """Complete this process's environment with that of the group running on `SVI_HOME`.

    What the environment or `.env` says always wins; a database that is not the group's means another system.
    """
    given = settings()
    found = environment(given.svi_home)
    if given.database_url is not None and "DATABASE_URL" in found:
        return
    os.environ.update({name: value for name, value in found.items() if not was_given(given, name)})
    settings.cache_clear()


def was_given(given: Settings, name: str) -> bool:
    """Say whether the environment or `.env` says anything of the setting called `name`."""
    return name.lower() in given.model_fields_set


def _file(home: Path) -> Path:
    return home / "run.json"
