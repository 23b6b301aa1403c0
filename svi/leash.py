"""Run a program that does not outlive its parent, whatever kills the parent.

`svi.part` starts this file by its path, with nothing but the standard library: it becomes the account asked
for, ties itself to its parent and turns into the program. Linux has a call for that (PR_SET_PDEATHSIG);
elsewhere a watchdog beside the program reads a pipe that only the parent holds open.

Arguments: the parent's pid, the signal that a lost parent sends, `uid:gid` or `-`, the pipe or `-`, a command.
"""

import ctypes
import os
import select
import signal
import sys

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
SECONDS_BETWEEN_LOOKS = 1.0


def die_with_parent(death_signal: int, parent: int) -> None:
    """Ask the kernel to send `death_signal` to this process when `parent` ends (Linux only).

    Call it from the child, after any change of account, which would cancel it.
    """
    if sys.platform != "linux":
        return
    _prctl(PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:
        os.kill(os.getpid(), death_signal)


def adopt_orphans() -> None:
    """Make what our children leave behind our own children, so that we can end it (Linux only)."""
    if sys.platform == "linux":
        _prctl(PR_SET_CHILD_SUBREAPER, 1)


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def _become(account: str) -> None:
    uid, gid = (int(part) for part in account.split(":"))
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def _watch(pipe: int, death_signal: int) -> None:
    """Leave a watchdog that signals this process when nobody holds the pipe's other end any more."""
    watched = os.getpid()
    if os.fork() != 0:
        os.close(pipe)
        return
    os.setsid()
    os.closerange(0, pipe)
    os.closerange(pipe + 1, 1024)
    while os.getppid() == watched:
        if select.select([pipe], [], [], SECONDS_BETWEEN_LOOKS)[0]:
            os.kill(watched, death_signal)
            break
    os._exit(0)


def main() -> None:
    """Tie this process to its parent and turn into the command."""
    parent, death_signal, account, pipe, *command = sys.argv[1:]
    try:
        if account != "-":
            _become(account)
        if pipe == "-":
            die_with_parent(int(death_signal), int(parent))
        else:
            _watch(int(pipe), int(death_signal))
        for handled in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
            signal.signal(handled, signal.SIG_DFL)
        os.execv(command[0], command)  # noqa: S606  the command is svi.part's own
    except OSError as error:
        sys.stderr.write(f"{command[0]} can't be started: {error}\n")
        sys.exit(127)


if __name__ == "__main__":
    main()
