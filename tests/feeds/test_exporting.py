"""`svi import` and `svi export` of the sample files: what goes out comes in again, and changes nothing."""

import csv
import io
import shutil
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text

from backend import db
from backend.audit import audit
from backend.errors import BadInputError
from backend.feeds import KINDS, Counts, run_export, whole_file
from svi.cli import svi

from .lists import Import, becomes, gives_by_phone, quietly

SAMPLE = Path(__file__).parent / "sample"
COUNTS = {
    "tns": 5,
    "people": 5,
    "contributions": 81,
    "payments": 70,
    "claims": 5,
    "family": 5,
    "salaries": 179,
    "agencies": 5,
}
pytestmark = pytest.mark.usefixtures("database")


class LostError(Exception):
    """The connection to the world was lost."""


def ran(*words: str) -> Result:
    """Run a command of `svi`."""
    result = CliRunner().invoke(svi, words)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def exported(kind: str) -> list[dict[str, str]]:
    """Return what is exported of a kind."""
    out = io.BytesIO()
    count = run_export(kind, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    assert len(rows) == count
    return rows


def said(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return what rows say, in an order of its own: an empty cell says nothing."""
    return sorted(
        ({name: cell for name, cell in row.items() if cell} for row in rows), key=lambda row: sorted(row.items())
    )


@pytest.fixture
def sample(database: str, tmp_path: Path) -> Path:
    """Return a folder of the sample files, imported in their order."""
    assert database
    for kind in KINDS:
        file = tmp_path / f"{kind}.csv"
        shutil.copy(SAMPLE / file.name, file)
        assert ran("import", kind, str(file)).stdout == f"added {COUNTS[kind]}, changed 0, unchanged 0, rejected 0\n"
    return tmp_path


def test_every_sample_is_here() -> None:
    """A kind without one would not be tested."""
    assert list(COUNTS) == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_exported_imports_again_and_changes_nothing(sample: Path, kind: str) -> None:
    """Row by row, whatever the kind."""
    file = sample / "exported.csv"
    assert ran("export", kind, str(file)).stdout == f"{COUNTS[kind]} rows in {file}\n"
    assert quietly(kind, file) == Counts(unchanged=COUNTS[kind])


def test_what_is_exported_is_all_there_is(sample: Path) -> None:
    """Imported into an empty database it gives the same database, to the cell."""
    before = {kind: exported(kind) for kind in KINDS}
    for kind in KINDS:
        ran("export", kind, str(sample / f"{kind}.csv"))
    with db.engine().begin() as connection:
        names = ", ".join(table.name for table in db.metadata.sorted_tables)
        connection.execute(text(f"truncate {names} restart identity cascade"))
    for kind in KINDS:
        assert quietly(kind, sample / f"{kind}.csv") == Counts(added=COUNTS[kind])
    assert {kind: said(exported(kind)) for kind in KINDS} == {kind: said(rows) for kind, rows in before.items()}


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "family"])
def test_cells_are_written_as_a_file_writes_them(kind: str) -> None:
    """Months, days, dirhams, several values, coordinates: as in the sample (not the defaults of a relative)."""
    with (SAMPLE / f"{kind}.csv").open(encoding="utf-8") as file:
        written = said(list(csv.DictReader(file)))
    found = [{name: cell for name, cell in row.items() if name != "birth_year_only"} for row in exported(kind)]
    assert said(found) == written


@pytest.mark.usefixtures("sample")
def test_only_lines_that_count_are_exported(feed: Import) -> None:
    """Neither what was corrected, nor a payment that was taken back."""
    (charge, *_), (payment, *_) = exported("contributions"), exported("payments")
    feed("contributions", charge | {"contribution": "1.00"})
    feed("payments", payment | {"amount": "0.00"})
    again = [row for row in exported("contributions") if row["month"] == charge["month"]]
    assert charge | {"contribution": "1.00"} in again
    assert charge not in again
    assert payment["reference"] not in {row["reference"] for row in exported("payments")}


def test_what_was_changed_by_phone_is_exported(list_tns: Import, tmp_path: Path) -> None:
    """And imports again, though a mobile given by phone wins over every list."""
    list_tns({"mobile": "+212661000101"})
    gives_by_phone("+212662000202")
    becomes(status="registered", registration_number="104228815", birth_year_only=True)
    file = tmp_path / "people.csv"
    assert ran("export", "people", str(file)).exit_code == 0
    (row,) = exported("people")
    assert (row["mobile"], row["birth_year_only"], row["contributions_from"]) == ("+212662000202", "1", "")
    becomes(birth_date="1988-01-01")
    assert quietly("people", file) == Counts(unchanged=1)
    assert exported("tns") == []


def test_cells_with_separators_and_quotation_marks_come_back(list_tns: Import, tmp_path: Path) -> None:
    """Whatever a name holds."""
    list_tns({"last_name": '"O\'Brien, dit ""le Grand"" ; \\ %s :x"', "city": "\\."})
    file = tmp_path / "exported.csv"
    ran("export", "tns", str(file))
    assert exported("tns")[0]["last_name"] == 'O\'Brien, dit "le Grand" ; \\ %s :x'
    assert quietly("tns", file) == Counts(unchanged=1)


def test_without_a_file_it_goes_to_the_standard_output(list_people: Import) -> None:
    """With nothing else around it."""
    list_people({})
    heading, row = ran("export", "people").stdout.splitlines()
    assert heading.startswith("registration_number,cin,last_name,")
    assert row.startswith("131907758,BE66318,Mansouri,")


def test_whoever_reads_may_stop(list_people: Import) -> None:
    """`svi export people | head` is no fault."""
    list_people({})
    program = [sys.executable, "-m", "svi", "export", "people"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        assert process.stderr.read() == ""
    assert process.returncode == 0


def test_only_its_owner_reads_an_export(list_people: Import, tmp_path: Path) -> None:
    """Even where a file of that name was open to others before."""
    list_people({})
    file = tmp_path / "people.csv"
    file.chmod(0o644)
    ran("export", "people", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    """A file is there whole or not at all."""
    file = tmp_path / "people.csv"
    file.write_text("before")
    with suppress(LostError), whole_file(file) as out:
        out.write(b"half")
        raise LostError
    assert [found.name for found in tmp_path.iterdir()] == ["people.csv"]
    assert file.read_text() == "before"


def test_a_file_that_cannot_be_written_is_said_in_a_line(tmp_path: Path) -> None:
    """Which, and why."""
    with pytest.raises(BadInputError, match=r"no/people\.csv can't be written: No such file or directory"):
        ran("export", "people", str(tmp_path / "no" / "people.csv"))


def test_an_export_is_audited() -> None:
    """Who took out which kind; before anything of it leaves."""
    with pytest.raises(LostError):
        run_export("people", _Broken())
    with db.engine().connect() as connection:
        rows = connection.execute(select(audit.c.actor_kind, audit.c.actor, audit.c.action)).all()
    assert [tuple(row) for row in rows] == [("command", "export", "people.exported")]


class _Broken(io.BytesIO):
    """A file that nothing can be written to."""

    def write(self, _block: object, /) -> int:
        raise LostError
