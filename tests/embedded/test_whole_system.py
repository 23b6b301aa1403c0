"""`svi up`, with every real part: ready, whole again after kill -9, gone after Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from svi import running
from tests.waiting import PATIENCE, eventually

from .processes import Whole, processes_in


@pytest.fixture
def up(folder: Path) -> Iterator[Whole]:
    """Give a system that is ready, and end it."""
    whole = Whole(folder)
    try:
        eventually(whole.is_ready, lambda: whole.log.read_text())
        yield whole
    finally:
        whole.process.terminate()
        whole.process.wait(60)


@pytest.mark.long
def test_ready_is_said_on_a_line_of_its_own(up: Whole) -> None:
    """Scripts wait for it; web and exchange answer then."""
    assert "ready" in up.log.read_text().splitlines()
    with urllib.request.urlopen(f"http://127.0.0.1:{up.web}/health/ready", timeout=PATIENCE) as answer:
        assert answer.status == 200
    socket.create_connection(("127.0.0.1", int(up.exchange)), timeout=PATIENCE).close()


@pytest.mark.long
def test_the_whole_is_back_after_kill_9_of_every_part(up: Whole) -> None:
    """All six at once, web's workers left without their parent included."""
    before = up.pids()
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)

    def is_back() -> bool:
        return up.is_ready() and not set(before.values()) & set(up.pids().values())

    eventually(is_back, lambda: up.log.read_text())


@pytest.mark.long
def test_ctrl_c_ends_all_of_it_well(up: Whole, folder: Path) -> None:
    """No process, no socket, no run.json is left; the exit code says that all is well."""
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(PATIENCE) == 0
    assert not processes_in(folder)
    assert running.find(up.home) is None


@pytest.mark.long
def test_a_second_group_on_the_same_port_is_refused(up: Whole, folder: Path) -> None:
    """Granian would share the port, and callers with it."""
    other = {"PATH": os.environ["PATH"], "SVI_HOME": str(folder / "other"), "SVI_PORT": up.web}
    command = [sys.executable, "-P", "-m", "svi", "up"]
    done = subprocess.run(command, env=other, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"port {up.web} is in use" in done.stderr


@pytest.mark.long
def test_a_command_in_another_terminal_finds_it(up: Whole, folder: Path) -> None:
    """`svi doctor` is told nothing but where the home is."""
    environment = {"PATH": os.environ["PATH"], "SVI_HOME": str(up.home)}
    command = [sys.executable, "-P", "-m", "svi", "doctor"]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "schema up to date" in done.stdout
    assert "8 parts ready" in done.stdout
