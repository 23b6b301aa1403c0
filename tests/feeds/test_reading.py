"""Which files are read, how, and which are refused as a whole."""

import json
from pathlib import Path

import pytest

from backend.errors import BadInputError
from backend.feeds import Counts

from .lists import A_DOCTOR, TNS, everybody, quietly, rejected, somebody, write

ONE = Counts(added=1)
pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the list of one doctor, in the plainest form."""
    return write(tmp_path / "tns.csv", TNS, [A_DOCTOR])


def refused(file: Path, kind: str = "tns") -> str:
    """Return the one line by which a file is refused; nothing of it was imported."""
    with pytest.raises(BadInputError) as refusal:
        quietly(kind, file)
    assert everybody() == []
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_a_byte_order_mark_is_fine(file: Path) -> None:
    """Excel puts one before the first column."""
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert quietly("tns", file) == ONE


def test_semicolons_and_windows_line_ends_are_fine(file: Path) -> None:
    """Excel of a French or Moroccan machine writes them."""
    file.write_bytes(file.read_bytes().replace(b",", b";").replace(b"\n", b"\r\n") + b";;;;\r\n")
    assert quietly("tns", file) == ONE
    assert somebody().liaison_body == "Ordre des médecins"


def test_json_lines_give_the_same_people(file: Path) -> None:
    """Same names; numbers and booleans may be JSON's own; null is an empty cell."""
    file.write_text(json.dumps(A_DOCTOR | {"birth_year_only": False, "tax_id": 40118822, "mobile": None}) + "\n")
    assert quietly("tns", file) == ONE
    assert (somebody().tax_id, somebody().mobile) == ("40118822", None)


def test_a_line_that_is_no_record_is_rejected_alone(file: Path) -> None:
    """JSON that isn't, an unknown name, a list where a text is meant."""
    misspelt = json.dumps(A_DOCTOR | {"moblie": "x"})
    nested = json.dumps({**A_DOCTOR, "cin": []})
    file.write_text("\n".join([json.dumps(A_DOCTOR), '{"cin"', misspelt, nested, "[" * 99_999]))
    assert quietly("tns", file) == Counts(added=1, rejected=4)
    assert [line.split(",", 1)[0] for line in rejected(file)] == ["line", "2", "3", "4", "5"]
    assert "did you mean mobile?" in rejected(file)[2]


def test_columns_in_brackets_may_be_absent_and_in_any_order(tmp_path: Path) -> None:
    """The header says where each is; capitals and spaces around names don't matter."""
    columns = [f" {name.upper()} " for name in reversed(A_DOCTOR)]
    file = tmp_path / "tns.csv"
    file.write_text(",".join(columns) + "\n" + ",".join(reversed(A_DOCTOR.values())) + "\n", encoding="utf-8")
    assert quietly("tns", file) == ONE


def test_quoted_cells_hold_separators_and_apostrophes(file: Path) -> None:
    """A name with an apostrophe, an organisation with a comma and with quotation marks."""
    row = A_DOCTOR | {"last_name": "N'Ait \\ O'Brahim", "liaison_body": '"Ordre, dit ""national"""'}
    write(file, TNS, [row])
    assert quietly("tns", file) == ONE
    assert somebody().last_name == "N'Ait \\ O'Brahim"
    assert somebody().liaison_body == 'Ordre, dit "national"'


def test_an_open_quotation_mark_spoils_its_own_row_only(file: Path) -> None:
    """A record is one line: the next rows are not swallowed."""
    write(file, TNS, [A_DOCTOR | {"first_name": '"Salma'}, A_DOCTOR])
    assert quietly("tns", file) == Counts(added=1, rejected=1)
    assert rejected(file)[1].startswith('2,"a quotation mark is not closed')


def test_invisible_marks_and_strange_spaces_are_tidied(file: Path) -> None:
    """Marks of direction, no-break spaces and tabs come with copied texts; a control character is refused."""
    write(file, TNS, [A_DOCTOR | {"last_name": "\u200fEl\u00a0Amrani\t"}, A_DOCTOR | {"first_name": "Sal\x00ma"}])
    assert quietly("tns", file) == Counts(added=1, rejected=1)
    assert somebody().last_name == "El Amrani"
    assert "U+0000" in rejected(file)[1]


def test_latin_1_is_refused_and_its_line_named(file: Path) -> None:
    """Nothing is imported, not even the lines before."""
    write(file, TNS, [A_DOCTOR | {"liaison_body": "Ordre"}, A_DOCTOR])
    file.write_bytes(file.read_text("utf-8").encode("latin-1"))
    assert "line 3: not UTF-8 but Latin-1" in refused(file)


def test_utf_16_is_refused_by_its_name(file: Path) -> None:
    """Excel's "Unicode text"."""
    file.write_bytes(file.read_text("utf-8").encode("utf-16"))
    assert "UTF-16" in refused(file)


def test_a_missing_column_is_named(file: Path) -> None:
    """All that are missing, at once."""
    write(file, [name for name in TNS if name not in {"category", "birth_date"}], [A_DOCTOR])
    assert refused(file).endswith("no column birth_date, category: the first line must name the columns")


def test_an_unknown_column_is_refused_with_the_likely_name(file: Path) -> None:
    """Passing over a misspelt `mobile` would lose every number in silence."""
    file.write_text(file.read_text("utf-8").replace("mobile", "moblie"), "utf-8")
    assert "'moblie' (did you mean mobile?)" in refused(file)


def test_five_unknown_columns_are_named_and_the_others_counted(file: Path) -> None:
    """Each by fifty characters at most: the reason stays one that can be read."""
    write(file, [*TNS, *(f"{number}{'x' * 200}" for number in range(7))], [A_DOCTOR])
    told = refused(file)
    named = [f"'{number}{'x' * 48}…'" for number in range(5)]
    assert f"unknown column {', '.join(named)} and 2 more: rename or remove it" in told


def test_a_column_that_is_there_twice_is_refused(file: Path) -> None:
    """Nobody could say which of the two counts."""
    write(file, [*TNS, "city"], [A_DOCTOR])
    assert "column city is there twice" in refused(file)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n"])
def test_an_empty_file_is_refused(file: Path, content: bytes) -> None:
    """It is a mistake, not a list of nobody."""
    file.write_bytes(content)
    assert "is empty" in refused(file)


def test_a_header_alone_is_a_list_of_nobody(file: Path) -> None:
    """It changes nothing."""
    write(file, TNS, [])
    assert quietly("tns", file) == Counts()


def test_a_missing_file_an_unreadable_one_and_an_unknown_kind_are_refused(tmp_path: Path, file: Path) -> None:
    """Each in a line that says which."""
    assert "No such file" in refused(tmp_path / "no.csv")
    assert "directory" in refused(tmp_path)
    assert "'salaires' is no kind of file: tns or people" in refused(file, "salaires")
