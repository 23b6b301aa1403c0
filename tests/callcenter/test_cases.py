"""Cases are kept sealed, followed and closed; and what a call ended as is one of a closed list."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from sqlalchemy import select

from backend.audit import audit
from backend.errors import BadInputError
from backend.identity import Insured
from backend.wording import LANGUAGES, Language, written
from backend.work import Actor, Work, begin
from callcenter import agents, cases, dispositions
from callcenter.cases import Case, ChangedMeanwhileError
from tests.conftest import Texts
from tests.identity.conftest import HICHAM, SALMA, prove

SAMIRA = Actor("advisor", "1", "call")


class Desk(NamedTuple):
    """An advisor, another, and whom they talk about."""

    samira: int
    omar: int
    hicham: Insured


@pytest.fixture
def desk(listed: None, texts: Texts) -> Desk:
    """Return two advisors and somebody whose record is open."""
    assert listed is None
    with begin(Actor("command", "test")) as work:
        samira, omar = (agents.add(work, login, login, ["fr"], {"claims": 1}).id for login in ("samira", "omar"))
    return Desk(samira, omar, prove(HICHAM, texts)[1])


def opened(work: Work, desk: Desk, what: str = "Il conteste le rejet.") -> int:
    """Open a case of Hicham's."""
    return cases.open_case(work, desk.hicham.person, desk.samira, None, "claims", what)


def the_case(work: Work, desk: Desk) -> Case:
    """Return Hicham's only case."""
    (case,) = cases.of_person(work, desk.hicham)
    return case


def test_a_case_is_opened_followed_and_closed(desk: Desk) -> None:
    """Each with who wrote what; nothing is written on a closed one."""
    with begin(SAMIRA) as work:
        case = opened(work, desk)
        assert (the_case(work, desk).state, the_case(work, desk).version) == ("open", 1)
        assert cases.add_note(work, case, desk.omar, 1, "  Pièce reçue. ") == 2
        assert the_case(work, desk).state == "followed"
        assert cases.close(work, case, desk.samira, 2, "Payé.") == 3
        found = the_case(work, desk)
        with pytest.raises(BadInputError, match=f"case {case} is closed"):
            cases.add_note(work, case, desk.omar, 3, "Encore")
    assert (found.state, found.opened_by, found.subject) == ("closed", desk.samira, "claims")
    written_ = [(note.advisor, note.text) for note in found.notes]
    assert written_ == [(desk.samira, "Il conteste le rejet."), (desk.omar, "Pièce reçue."), (desk.samira, "Payé.")]


@pytest.mark.parametrize("change", [cases.add_note, cases.close])
def test_of_two_advisors_on_one_case_the_second_reads_it_again(
    desk: Desk, change: Callable[[Work, int, int, int, str], int]
) -> None:
    """Whoever wrote on what they no longer see is told so, and nothing of theirs is written."""
    with begin(SAMIRA) as work:
        case = opened(work, desk)
        cases.add_note(work, case, desk.omar, 1, "Pièce reçue.")
        with pytest.raises(ChangedMeanwhileError, match="somebody else has changed"):
            change(work, case, desk.samira, 1, "Payé.")
        assert [note.advisor for note in the_case(work, desk).notes] == [desk.samira, desk.omar]


def test_what_is_written_is_sealed_and_of_a_length(desk: Desk) -> None:
    """For its own row; twenty thousand characters at most, and not none."""
    with begin(SAMIRA) as work:
        opened(work, desk, "é" * cases.LONGEST)
        held = work.execute(select(cases.notes.c.text)).scalar_one()
        assert "éé".encode() not in held
        assert the_case(work, desk).notes[0].text == "é" * cases.LONGEST
        for text in ("", "   ", "x" * (cases.LONGEST + 1)):
            with pytest.raises(BadInputError, match="1 to 20000 characters"):
                opened(work, desk, text)
        with pytest.raises(BadInputError, match="there is no case 999"):
            cases.close(work, 999, desk.samira, 1, "Payé.")


def test_only_their_own_cases_are_read_and_each_reading_is_audited(desk: Desk, texts: Texts) -> None:
    """The newest first, for the person whose record is open, with the advisor and the reason."""
    salma = prove(SALMA, texts)[1]
    with begin(SAMIRA) as work:
        first, second = opened(work, desk), opened(work, desk)
        assert [case.id for case in cases.of_person(work, desk.hicham)] == [second, first]
        assert cases.of_person(work, salma) == []
    with begin(SAMIRA) as work:
        rows = work.execute(select(audit).where(audit.c.action.startswith("case")).order_by(audit.c.id)).all()
    theirs = [(row.action, row.person_id) for row in rows]
    assert theirs == [
        ("case.opened", desk.hicham.person),
        ("case.opened", desk.hicham.person),
        ("cases.read", desk.hicham.person),
        ("cases.read", salma.person),
    ]
    assert {(row.actor_kind, row.actor, row.reason) for row in rows} == {("advisor", "1", "call")}


def test_a_disposition_is_one_of_the_list_of_its_subject() -> None:
    """Its own, or one that any call may end as."""
    assert dispositions.require("answered", "claims") == "answered"
    assert dispositions.require("claim-contested") == "claim-contested"
    for name, subject in (("claim-contested", "rights"), ("satisfied", None)):
        with pytest.raises(BadInputError, match="is no disposition: choose"):
            dispositions.require(name, subject)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_disposition_has_a_title_of_its_own(language: Language) -> None:
    """In each language, no two alike."""
    names = {*dispositions.ALWAYS, *sum(dispositions.OF_SUBJECT.values(), ())}
    titles = {written(language, dispositions.title(name).message) for name in names}
    assert len(titles) == len(names)
