"""What an insured person hears of rights and benefits on 20 March 2024, in both languages."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from backend import feeds
from backend.values import Month
from backend.wording import LANGUAGES
from exchange.dialler import Call
from tests.conftest import Dial, Texts, forget

pytestmark = pytest.mark.usefixtures("sample")
HICHAM, IMANE, RACHID = ("104228815", "18091975"), ("140055216", "16081994"), ("131907758", "11021962")
WHO = {
    "hicham": HICHAM,
    "khadija": ("118350942", "05121983"),
    "rachid": RACHID,
    "imane": IMANE,
    "pensioner": ("150000001", "03031955"),
    "young": ("150000002", "05051980"),
    "beginner": ("150000003", "06061990"),
    "low-paid": ("150000004", "07071985"),
    "farm-paid": ("150000005", "08081985"),
    "former": ("150000006", "09091985"),
}
KEY_OF = {"ar": "1", "fr": "2"}
ADVISOR = "recording"
Who = tuple[str, str]
Asked = Callable[..., Call]

OTHERS = {
    "pensioner": ("pensioner", [], ["2020-02-02"]),
    "young": ("employee", [("2013-01", 134, 26, "4000.00")], []),
    "beginner": ("employee", [("2024-01", 2, 10, "1500.00")], ["2022-02-02"]),
    "low-paid": ("employee", [("2023-09", 6, 26, "1000.00")], ["2024-03-10"]),
    "farm-paid": ("employee", [("2023-09", 6, 26, "1500.00")], ["2019-09-19"]),
    "former": ("employee", [("2020-01", 12, 26, "4000.00")], ["1999-01-01"]),
}
"""Category, salaries (from a month on, how many months, days, pay), birth dates of children."""


def lines() -> dict[str, list[str]]:
    """Return the rows of the others, by kind."""
    people, salaries, family = [], [], []
    for place, (name, (category, worked, children)) in enumerate(OTHERS.items()):
        number, keyed = WHO[name]
        born = f"{keyed[4:]}-{keyed[2:4]}-{keyed[:2]}"
        people.append(f"{number},ZZ9{place},Test,Qui,{born},{category},+21266100090{place}")
        family += [f"{number},child,Ilyas,{child},none" for child in children]
        for first, months, days, pay in worked:
            salaries += [f"{number},{Month.parse(first) + n},{days},{pay}" for n in range(months)]
    return {
        "people": ["registration_number,cin,last_name,first_name,birth_date,category,mobile", *people],
        "salaries": ["registration_number,month,days,pay", *salaries],
        "family": ["registration_number,kind,first_name,birth_date,schooling", *family],
    }


@pytest.fixture
def others(sample: None, tmp_path: Path) -> None:  # noqa: ARG001 beside the people of the sample
    """Import people for the outcomes that the sample does not have."""
    for kind, rows in lines().items():
        file = tmp_path / f"others-{kind}.csv"
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
        assert feeds.run_import(kind, file, lambda _progress: None).rejected == 0


@pytest.fixture
def asked(dial: Dial, texts: Texts) -> Asked:
    """Return what calls, chooses rights, proves to be somebody, and gives answers."""

    def call(who: Who, *answers: str, language: str = "fr") -> Call:
        begun = dial().keys(KEY_OF[language]).keys("4").hears("registration-number").dials(who[0])
        begun.hears("birth-date").dials(who[1]).hears("code").dials(texts.code()).hears("rights-menu")
        for answer in answers:
            begun.dials(answer)
        return begun

    return call


HEARD: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("rights.yaml").read_text("utf-8"))


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize(("outcome", "language"), list(product(HEARD, LANGUAGES)))
def test_each_outcome_is_said_with_its_figures(asked: Asked, outcome: str, language: str) -> None:
    """Entitled or not, what is missing, the amount, the deadline, the conditions: in this order."""
    told = HEARD[outcome]
    call = asked(WHO[told["who"]], *told["keys"].split(), language=language)
    call.hears("documents-sms" if told.get("documents") else "anything-else", *told[language])
    at = [call.words.index(fragment) for fragment in told[language]]
    assert at == sorted(at)


def test_nobody_hears_a_right_or_a_name_before_the_code(dial: Dial) -> None:
    """A number and a birth date prove nothing."""
    call = dial().keys("2").keys("4").dials(HICHAM[0]).dials(HICHAM[1]).hears("code")
    assert "Sara" not in " ".join(text for _, text in call.heard)


def test_a_day_to_come_is_answered_kindly_and_asked_again(asked: Asked) -> None:
    """Nobody can have worked last on a day after today's; today itself is taken. The second time, an advisor."""
    call = asked(IMANE, "4", "21032024").hears("last-day-worked.2", "Le 21 mars 2024 n'est pas encore passé.")
    call.dials("20032024").hears("own-choice")
    asked(IMANE, "4", "21032024").dials("25122024").hears_words("Pour continuer, il vous faut un conseiller.")


@pytest.mark.parametrize("keyed", ["31022024", "30022024", "2024", "01013024", "01011024"])
def test_what_is_no_day_of_the_calendar_is_a_wrong_answer(asked: Asked, keyed: str) -> None:
    """A lone year neither: no right hangs on one."""
    asked(IMANE, "4", keyed).hears("last-day-worked", "Je n'ai pas compris")


def test_figures_that_nobody_checked_for_a_year_never_say_no(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing, and amounts, are said as an estimate, to be confirmed by an advisor."""
    monkeypatch.setenv("SVI_TODAY", "2030-03-20")
    forget()
    call = asked(IMANE, "2").hears("anything-else", "Nos données ne suffisent pas", "manque", "estimation", "tapez 0")
    assert "n'avez pas droit" not in call.words
    asked(RACHID, "2").hears("anything-else", "vous avez droit", "3\u202f120 dirhams", "estimation", "tapez 0")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("who", "answers", "occasion", "forms"),
    [
        (IMANE, "4 29022024 2", "sms-documents-loss-of-employment", ("310-1-29",)),
        (IMANE, "5 2", "sms-documents-birth-leave", ("318-1-01",)),
    ],
)
def test_documents_go_by_sms_where_a_source_lists_them(
    asked: Asked, texts: Texts, who: Who, answers: str, occasion: str, forms: tuple[str, ...], language: str
) -> None:
    """To the mobile that proved the caller, whose last digits are said; without a name, a number or an amount."""
    call = asked(who, *answers.split(), language=language).hears("documents-sms").keys("1")
    call.hears("anything-else", "0 5")
    kind, mobile, body = texts.all()[-1]
    assert (kind, mobile) == (occasion, "+212665000205")
    assert all(form in body for form in forms)
    assert not any(secret in body for secret in ("Imane", "140055216", "581"))


def test_the_list_is_not_sent_unasked_nor_twice_in_a_call(asked: Asked, texts: Texts) -> None:
    """`2` goes on without it; asked again in the same call it is said, and is the same SMS."""
    call = asked(IMANE, "5", "2", "2").hears("anything-else")
    assert {kind for kind, _, _ in texts.all()} == {"sms-code"}
    for turn in (2, 3):
        call.keys("1").keys("4").dials("5").dials("2").keys("1").hears(f"anything-else.{turn}", "0 5")
    assert [kind for kind, _, _ in texts.all()].count("sms-documents-birth-leave") == 1


def test_hash_leads_from_a_question_to_the_menu_before_and_zero_to_an_advisor(asked: Asked) -> None:
    """From an entry by its help; the rights menu leads to the main menu."""
    call = asked(IMANE, "5").hears("maternity-or-birth").keys("1").dials("*").keys("#").hears("maternity-or-birth.2")
    call.keys("#").hears("rights-menu.2").keys("#").hears("main-menu.2")
    asked(IMANE, "4", "29022024").keys("#").keys("#").hears("rights-menu.2").keys("0").hears(ADVISOR)
    asked(HICHAM, "2").hears("anything-else").keys("0").hears(ADVISOR)


QUESTIONS = {
    "rights-menu": "",
    "last-day-worked": "4",
    "own-choice": "4 29022024",
    "documents-sms": "4 29022024 2",
    "maternity-or-birth": "5",
    "leave-start": "5 1",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_silence_and_wrong_keys_at_each_question(asked: Asked, question: str, language: str) -> None:
    """Asked again, asked with more help, then an advisor; what came before is not said again."""
    call = asked(IMANE, *QUESTIONS[question].split(), language=language).hears(question)
    first = call.words
    call.silence().hears(question).dials("9").hears(question).silence().hears(question)
    assert "D'après nos données" not in call.words
    assert call.words != first
    call.silence().hears(ADVISOR)


def test_by_voice(asked: Asked) -> None:
    """Menus by their words, days as they are said."""
    call = asked(IMANE).says("la perte d'emploi").hears("last-day-worked")
    call.says("le vingt-neuf février deux mille vingt-quatre").hears("own-choice", "")
    call.says("non j'ai été licenciée").hears("documents-sms", "29 avril 2024").says("non merci").hears("anything-else")


def test_by_voice_in_arabic(asked: Asked) -> None:
    """The same, as Moroccans say it."""
    call = asked(IMANE, language="ar").says("بغيت الولادة").hears("maternity-or-birth").says("أنا حامل")
    call.hears("leave-start").says("تمنطاش مارس ألفين وربعة وعشرين").hears("anything-else", "18 مارس 2024")


def test_every_webhook_twice_has_the_effects_of_one(asked: Asked, count: Callable[[str], int]) -> None:
    """The same bytes, the same rows, one SMS."""
    call = asked(IMANE)
    for answer in ("4", "29022024", "2", "1", "2"):
        assert call.again() == call.webhooks[-1].reply
        call.dials(answer)
    call.ends()
    tables = ("calls", "conversations", "outbox", "audit", "steps")
    before = {table: count(table) for table in tables}
    for at in range(len(call.webhooks)):
        assert call.again(at) == call.webhooks[-1].reply
    assert {table: count(table) for table in tables} == before


def test_amo_that_is_closed(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """What closed it, and who can open it again: here a cancellation that was interrupted, for an advisor."""
    monkeypatch.setenv("SVI_TODAY", "2024-06-20")
    forget()
    asked(HICHAM, "1").hears("anything-else", "est fermée", "Un conseiller doit voir votre dossier", "Sara")


def test_the_call_centre_serves_rights_too(dial: Dial, texts: Texts) -> None:
    """Reason 4, the answer now."""
    call = dial(to="3939").keys("2").keys("4").keys("1").dials(RACHID[0]).dials(RACHID[1]).dials(texts.code())
    call.hears("rights-menu").keys("2").hears("anything-else", "3\u202f120 dirhams")
