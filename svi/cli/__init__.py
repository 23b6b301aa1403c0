"""`svi …`: the program for operators, and what `make` calls.

Each command lives in a module of its own, imported when it is asked for: `svi up` need not load what `svi web`
does.
"""

import importlib
import os
import sys
import tempfile
import traceback
from pathlib import Path

import click

from backend import clock
from backend.errors import SviError

COMMANDS = {
    "advisor": "svi.cli.advisor:advisor",
    "call": "svi.cli.call:call",
    "callbacks": "svi.cli.callbacks:group",
    "clock": "svi.cli.parts:clock",
    "demo": "svi.cli.parts:demo",
    "doctor": "svi.cli.doctor:doctor",
    "events": "svi.cli.web:events",
    "exchange": "svi.cli.parts:exchange",
    "export": "svi.cli.feeds:export_file",
    "flow": "svi.cli.flow:flow",
    "holidays": "svi.cli.holidays:group",
    "import": "svi.cli.feeds:import_file",
    "messages": "svi.cli.messages:group",
    "migrate": "svi.cli.parts:migrate",
    "prompts": "svi.cli.prompts:prompts",
    "outbox": "svi.cli.outbox:group",
    "stats": "svi.cli.stats:stats",
    "token": "svi.cli.token:group",
    "twilio": "svi.cli.twilio:group",
    "up": "svi.cli.up:up",
    "user": "svi.cli.user:group",
    "web": "svi.cli.web:web",
    "worker": "svi.cli.parts:worker",
}
"""Command → where it is: module, then name."""

SOFTWARE_ERROR = 70
"""`EX_SOFTWARE` of sysexits.h."""


class Commands(click.Group):
    """Loads a command when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        return sorted({*COMMANDS, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(COMMANDS[cmd_name])
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def svi() -> None:
    """SVI 3939: the vocal server and call-centre backend of the CNSS."""


def main() -> None:
    """Run a command; whatever goes wrong is said in one line."""
    try:
        svi()
    except SviError as error:
        _fail(str(error), 1)
    except Exception:  # noqa: BLE001  the edge of a command: the traceback goes to a file
        _fail(f"a fault in svi itself: please report what is at the end of {_keep_traceback()}", SOFTWARE_ERROR)


def _fail(words: str, code: int) -> None:
    click.echo(f"svi: {' '.join(words.split())}", err=True)
    sys.exit(code)


def _keep_traceback() -> Path:
    """Append the traceback to a file that only we read, and return its path."""
    path = Path(tempfile.gettempdir()) / f"svi-faults-{os.geteuid()}.log"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "a") as file:
        file.write(f"{clock.now():%Y-%m-%d %H:%M:%S} UTC  svi {' '.join(sys.argv[1:])}\n")
        traceback.print_exc(file=file)
    return path
