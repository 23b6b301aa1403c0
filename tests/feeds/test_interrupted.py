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
from sqlalchemy import Row, func, select

from backend import db
from backend.claims import claim_delays, claims
from backend.errors import BadInputError
from backend.feeds import Counts, Progress, importing, imports, run_import
from backend.values import Month

from .lists import A_SELF_EMPLOYED, SAMPLE, Import, quietly, rejected, write

ROWS = 1_000
BATCH = 50
WHOLE = Counts(added=900, rejected=100)
pytestmark = pytest.mark.usefixtures("database")
IMPORTING = """
import sys
from pathlib import Path
from backend.feeds import importing
importing.BATCH = int(sys.argv[2])
importing.run_import(sys.argv[3], Path(sys.argv[1]), lambda progress: print(progress.rows, flush=True))
"""


class LostError(Exception):
    """The connection to the world was lost."""


WRONG = {
    "tns": {"mobile": "0520447100"},
    "contributions": {"penalty": "-1"},
    "payments": {"amount": "-1"},
    "claims": {"claimed": "-1"},
    "salaries": {"days": "32"},
}
"""By kind, what makes a row unusable."""
TABLES = {"tns": "people", "contributions": "charges"}


@pytest.fixture(params=WRONG)
def file(request: pytest.FixtureRequest, list_people: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file of 20 batches, a tenth of its rows unusable: wrong cells, and what came on an earlier line.

    Its name is its kind.
    """
    kind: str = request.param
    if kind != "tns":
        list_people(A_SELF_EMPLOYED)
    monkeypatch.setattr(importing, "BATCH", BATCH)
    rows = [row(kind, number) for number in range(ROWS)]
    return write(tmp_path / kind, list(dict.fromkeys(name for row in rows for name in row)), rows)


def row(kind: str, number: int) -> dict[str, str]:
    """Return one row: of every twenty, one has a wrong cell, and one is about what came 500 lines earlier."""
    about = number - 500 if number % 20 == 7 and number >= 500 else number
    month = str(Month(1930, 1) + about)
    paid_on = f"2024-0{1 + about % 2}-{1 + about % 28:02}"
    names = {
        "tns": {"cin": f"AB{about}"},
        "contributions": {"month": month, "due_date": f"{Month(1930, 2) + about}-10"},
        "payments": {"reference": f"P{about}", "month": month},
        "claims": {"file_number": str(about), "status": "paid", "deposited_on": "2024-01-01", "status_date": paid_on},
        "salaries": {"month": month},
    }
    wrong = number % 20 == 3 or (number % 20 == 8 and number < 500)
    return SAMPLE[kind] | names[kind] | (WRONG[kind] if wrong else {})


def runs() -> Sequence[Row[Any]]:
    """Return what is noted of all imports."""
    with db.engine().connect() as connection:
        query = select(imports.imports).order_by(imports.imports.c.id)
        return [run for run in connection.execute(query) if run.kind != "people"]


def on_file(kind: str) -> int:
    """Return how many rows the table of a kind has."""
    with db.engine().connect() as connection:
        table = db.metadata.tables[TABLES.get(kind, kind)]
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def interrupted_after(file: Path, rows: int) -> None:
    """Import a file up to the batch that brings it to so many rows."""

    def stop(progress: Progress) -> None:
        if progress.rows >= rows:
            raise LostError

    with pytest.raises(LostError):
        run_import(file.name, file, stop)


def check_whole(file: Path, counts: Counts) -> None:
    """Check that everything is as if nothing had happened."""
    assert counts == WHOLE
    assert on_file(file.name) == WHOLE.added
    assert [line.partition(",")[0] for line in rejected(file)[1:]] == [
        str(number + 2) for number in range(ROWS) if reason_to_reject(number)
    ]
    (run,) = runs()
    assert run.ended_at
    assert run.added + run.rejected == ROWS


def reason_to_reject(number: int) -> bool:
    """Say whether a row is unusable."""
    return number % 20 == 3 or number % 20 == (8 if number < 500 else 7)


@pytest.mark.parametrize("file", ["tns"], indirect=True)
def test_an_import_tells_how_far_it_is(file: Path) -> None:
    """After each batch: rows, bytes of all its bytes, counts so far."""
    told: list[Progress] = []
    check_whole(file, run_import(file.name, file, told.append))
    assert [progress.rows for progress in told] == list(range(BATCH, ROWS + 1, BATCH))
    assert all(progress.rows == progress.counts.rows for progress in told)
    assert told[-1].bytes_done == told[-1].bytes_total == file.stat().st_size


def test_an_interrupted_import_goes_on_where_it_was(file: Path) -> None:
    """It tells only what is left, counts on, and adds to the rejected rows."""
    interrupted_after(file, 400)
    told: list[Progress] = []
    counts = run_import(file.name, file, told.append)
    assert told[0].rows == 400 + BATCH
    check_whole(file, counts)


def test_another_file_or_a_finished_one_begins_afresh(file: Path) -> None:
    """Only the same bytes of the same kind are the same import."""
    interrupted_after(file, 400)
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    assert quietly(file.name, file) == Counts(added=540, unchanged=360, rejected=100)
    assert quietly(file.name, file) == Counts(unchanged=900, rejected=100)
    assert [bool(run.ended_at) for run in runs()] == [False, True, True]


def test_rejected_rows_of_a_batch_that_was_not_committed_are_not_doubled(file: Path) -> None:
    """They were written before the commit, which never came."""
    interrupted_after(file, 400)
    found = file.with_name(f"{file.name}.rejected.csv")
    found.write_text(found.read_text("utf-8") + "999,half a ro", "utf-8")
    check_whole(file, quietly(file.name, file))


@pytest.mark.parametrize("file", ["tns"], indirect=True)
def test_one_import_at_a_time(file: Path) -> None:
    """A second one waits a little, for a killed one may be on its way out; then it is refused, and says why."""
    with imports.alone(), pytest.raises(BadInputError, match="another import is running"):
        quietly(file.name, file)
    check_whole(file, quietly(file.name, file))


@pytest.mark.parametrize("file", ["claims"], indirect=True)
def test_delays_are_counted_once(database: str, file: Path) -> None:
    """Whatever was interrupted: what is kept of each day is what the files say."""
    assert database
    interrupted_after(file, 400)
    quietly(file.name, file)
    check_delays()


def check_delays() -> None:
    """Check that the delays kept of each day are those of its files."""
    days = func.sum(claims.c.paid_on - claims.c.deposited_on)
    counted = select(claims.c.paid_on, func.count(), days).group_by(claims.c.paid_on)
    with db.engine().connect() as connection:
        kept = connection.execute(select(claim_delays).where(claim_delays.c.files != 0)).all()
        assert {tuple(row) for row in kept} == {tuple(row) for row in connection.execute(counted)}


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_kill_9_loses_nothing_and_doubles_nothing(file: Path, database: str, seed: int) -> None:
    """A real process, killed three times at any moment of a batch, then left alone."""
    dice = random.Random(seed)
    for _ in range(3):
        kill_somewhere(file, database, dice)
    check_whole(file, quietly(file.name, file))
    check_delays()


def kill_somewhere(file: Path, database: str, dice: random.Random) -> None:
    """Import in a process of its own, and kill it during the batch after one of its first three."""
    process = subprocess.Popen(
        [sys.executable, "-c", IMPORTING, str(file), str(BATCH), file.name],
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
