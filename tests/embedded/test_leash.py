"""A leashed program ends when its parent does, with the kernel's help or, elsewhere, a watchdog's."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from svi import leash
from tests.waiting import eventually

from .processes import processes_in

ON_A_PIPE = """
import os, subprocess, sys, time
reading, writing = os.pipe()
subprocess.Popen(
    [sys.executable, "-I", "-S", sys.argv[1], str(os.getpid()), "15", "-", str(reading), "/bin/sleep", "600"],
    pass_fds=(reading,), cwd=sys.argv[2],
)
print("up", flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_watchdog_ends_the_program_when_its_parent_is_gone(folder: Path, how: signal.Signals) -> None:
    """What macOS needs, which has no call for it; it works everywhere."""
    with subprocess.Popen(
        [sys.executable, "-c", ON_A_PIPE, leash.__file__, str(folder)], stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        eventually(lambda: len(processes_in(folder)) == 2)
        parent.send_signal(how)
    eventually(lambda: not processes_in(folder))


def test_a_watchdog_goes_with_its_program(folder: Path) -> None:
    """A part that is restarted often does not pile up watchdogs."""
    reading, writing = os.pipe()
    command = [sys.executable, "-I", "-S", leash.__file__, str(os.getpid()), "15", "-", str(reading)]
    with subprocess.Popen([*command, "/bin/sleep", "600"], pass_fds=(reading,), cwd=folder) as program:
        eventually(lambda: len(processes_in(folder)) == 2)
        program.kill()
    eventually(lambda: not processes_in(folder))
    os.close(reading)
    os.close(writing)


def test_a_program_that_is_not_there_is_said_in_a_line() -> None:
    """The log then shows what is missing, not a traceback."""
    command = [sys.executable, "-I", "-S", leash.__file__, str(os.getpid()), "15", "-", "-", "/no/such/program"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 127
    assert done.stderr.startswith("/no/such/program can't be started: ")
    assert done.stderr.count("\n") == 1


def test_a_parent_that_is_already_gone_counts(folder: Path) -> None:
    """The parent may end between the start of its child and the tie."""
    command = [sys.executable, "-I", "-S", leash.__file__, "1", "15", "-", "-", "/bin/sleep", "600"]
    done = subprocess.run(command, cwd=folder, check=False, timeout=10)
    assert done.returncode == -signal.SIGTERM
