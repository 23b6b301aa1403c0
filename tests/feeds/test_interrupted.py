"""An import that was interrupted goes on where it was, with nothing lost and nothing doubled."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select

from backend import db
from backend.errors import BadInputError
from backend.feeds import Counts, Progress, importing, imports, run_import

from .lists import A_DOCTOR, TNS, everybody, quietly, rejected, write

ROWS = 1_000
BATCH = 50
WHOLE = Counts(added=900, rejected=100)
pytestmark = pytest.mark.usefixtures("database")
IMPORTING = """
import sys
from pathlib import Path
from backend.feeds import importing
importing.BATCH = int(sys.argv[2])
importing.run_import("tns", Path(sys.argv[1]), lambda progress: print(progress.rows, flush=True))
"""


class LostError(Exception):
    """The connection to the world was lost."""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a list of 20 batches, a tenth of its rows unusable: no mobile, and cards that came before."""
    monkeypatch.setattr(importing, "BATCH", BATCH)
    return write(tmp_path / "tns.csv", TNS, [row(number) for number in range(ROWS)])


def row(number: int) -> dict[str, str]:
    """Return one row: of every twenty, one has a wrong mobile, and one a card that came 500 lines earlier."""
    card = number - 500 if number % 20 == 7 and number >= 500 else number
    wrong = number % 20 == 3 or (number % 20 == 8 and number < 500)
    return A_DOCTOR | {"cin": f"AB{card}", "mobile": "0520447100" if wrong else ""}


def runs() -> Sequence[Row[Any]]:
    """Return what is noted of all imports."""
    with db.engine().connect() as connection:
        return connection.execute(select(imports.imports).order_by(imports.imports.c.id)).all()


def interrupted_after(file: Path, rows: int) -> None:
    """Import a file up to the batch that brings it to so many rows."""

    def stop(progress: Progress) -> None:
        if progress.rows >= rows:
            raise LostError

    with pytest.raises(LostError):
        run_import("tns", file, stop)


def check_whole(file: Path, counts: Counts) -> None:
    """Check that everything is as if nothing had happened."""
    assert counts == WHOLE
    assert len(everybody()) == WHOLE.added
    assert [line.partition(",")[0] for line in rejected(file)[1:]] == [
        str(number + 2) for number in range(ROWS) if reason_to_reject(number)
    ]
    (run,) = runs()
    assert run.ended_at
    assert run.added + run.rejected == ROWS


def reason_to_reject(number: int) -> bool:
    """Say whether a row is unusable."""
    return number % 20 == 3 or number % 20 == (8 if number < 500 else 7)


def test_an_import_tells_how_far_it_is(file: Path) -> None:
    """After each batch: rows, bytes of all its bytes, counts so far."""
    told: list[Progress] = []
    check_whole(file, run_import("tns", file, told.append))
    assert [progress.rows for progress in told] == list(range(BATCH, ROWS + 1, BATCH))
    assert all(progress.rows == progress.counts.rows for progress in told)
    assert told[-1].bytes_done == told[-1].bytes_total == file.stat().st_size


def test_an_interrupted_import_goes_on_where_it_was(file: Path) -> None:
    """It tells only what is left, counts on, and adds to the rejected rows."""
    interrupted_after(file, 400)
    told: list[Progress] = []
    counts = run_import("tns", file, told.append)
    assert told[0].rows == 400 + BATCH
    check_whole(file, counts)


def test_another_file_or_a_finished_one_begins_afresh(file: Path) -> None:
    """Only the same bytes of the same kind are the same import."""
    interrupted_after(file, 400)
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    assert quietly("tns", file) == Counts(added=540, unchanged=360, rejected=100)
    assert quietly("tns", file) == Counts(unchanged=900, rejected=100)
    assert [bool(run.ended_at) for run in runs()] == [False, True, True]


def test_rejected_rows_of_a_batch_that_was_not_committed_are_not_doubled(file: Path) -> None:
    """They were written before the commit, which never came."""
    interrupted_after(file, 400)
    found = file.with_name("tns.csv.rejected.csv")
    found.write_text(found.read_text("utf-8") + "999,half a ro", "utf-8")
    check_whole(file, quietly("tns", file))


def test_one_import_at_a_time(file: Path) -> None:
    """A second one waits a little, for a killed one may be on its way out; then it is refused, and says why."""
    with imports.alone(), pytest.raises(BadInputError, match="another import is running"):
        quietly("tns", file)
    check_whole(file, quietly("tns", file))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(8))
def test_kill_9_loses_nothing_and_doubles_nothing(file: Path, database: str, seed: int) -> None:
    """A real process, killed three times at any moment of a batch, then left alone."""
    dice = random.Random(seed)
    for _ in range(3):
        kill_somewhere(file, database, dice)
    check_whole(file, quietly("tns", file))


def kill_somewhere(file: Path, database: str, dice: random.Random) -> None:
    """Import in a process of its own, and kill it during the batch after one of its first three."""
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORTING, str(file), str(BATCH)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"DATABASE_URL": database},
    )
    assert process.stdout
    with process.stdout as told:
        for _ in range(dice.randint(1, 3)):
            told.readline()
        time.sleep(dice.uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
