"""The script of a call and the articles: in both languages, with the parameters' figures, and found by words."""

import ast
import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from flask import Flask

from backend.rules import parameters
from backend.wording import LANGUAGES, Language, exists, variables, written
from backend.wording.catalogue import PROMPTS, catalogue
from callcenter import finding, knowledge, scripts
from callcenter.routing import SUBJECTS
from callcenter.tickets import Kind, Ticket
from exchange.dialler import Call
from tests.console.conftest import Browser, Hire, accepts
from tests.flows.advising import Desk

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]
NOT_FIGURES = re.compile(
    r"321\.1\.06|318-1-01|310-1-29|310-1-30"  # forms
    r"|(?:loi|[Ll]oi|القانون|قانون) 41\.23"
    r"|2025"  # the year of the leak
)


def reasons() -> set[str]:
    """Return every reason for which our code transfers a call, by its syntax."""
    found = {"consult"}
    for file in (*(ROOT / "ivr").rglob("*.py"), *(ROOT / "callcenter").rglob("*.py")):
        for call in (each for each in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(each, ast.Call)):
            if getattr(call.func, "id", "") == "Transfer" and isinstance(call.args[0], ast.Constant):
                found.add(str(call.args[0].value))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_and_subject_has_a_script(language: Language) -> None:
    """In each language, for the advisor and for the caller."""
    causes = {
        message.removeprefix("cause-") for message in catalogue(language).messages if message.startswith("cause-")
    }
    for reason in reasons() | causes:
        assert exists(language, f"script-reason-{reason}"), reason
        assert exists(language, f"script-reason-{reason}.say"), reason
    for subject in SUBJECTS:
        for part in ("say", "ask-1", "do-1", "promise", "never"):
            assert exists(language, f"script-subject-{subject}.{part}")


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("identified", [False, True])
def test_a_script_goes_from_the_greeting_to_the_close(kind: Kind, identified: bool) -> None:
    """For the advisor in their language; what is said in the caller's; of who has proved nothing, nothing is said."""
    ticket = a_ticket(kind=kind, identified=identified, language="ar", subject="claims", reason="code")
    parts = scripts.of(ticket, "fr")
    assert [part.name for part in parts] == ["greet", "reason", "verify", "ask", "do", "promise", "never", "close"]
    verify = parts[2]
    assert ("ni montant, ni dossier" in verify.lines[0]) is not identified
    assert verify.say == written("ar", f"script-verify-{'proved' if identified else 'stranger'}.say")
    assert all(re.search("[ء-ي]", part.say) for part in parts if part.say)


def test_a_call_that_changed_hands_is_greeted_as_such() -> None:
    """Cut off, passed on, promised, asked in: each its own."""
    greeted = {
        scripts.of(a_ticket(), "fr")[0].lines,
        scripts.of(a_ticket(tier="returned"), "fr")[0].lines,
        scripts.of(a_ticket(tier="transferred"), "fr")[0].lines,
        scripts.of(a_ticket(kind="callback"), "fr")[0].lines,
        scripts.of(a_ticket(), "fr", asked_in=True)[0].lines,
    }
    assert len(greeted) == 5


def test_there_are_the_articles_that_the_words_have() -> None:
    """None is without a place, none without words."""
    for language in LANGUAGES:
        written_ = {
            each[8:] for each in catalogue(language).messages if each.startswith("article-") and "." not in each
        }
        assert written_ == set(knowledge.ARTICLES)
    assert all(knowledge.fitting(subject) for subject in SUBJECTS)


@pytest.mark.parametrize("name", knowledge.ARTICLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_has_its_answer_its_sources_and_no_figure_of_its_own(language: Language, name: str) -> None:
    """A figure is a parameter; one that is not in force yet leaves its line out."""
    article = knowledge.read(name, language, TODAY)
    assert article.title
    assert article.brief
    assert article.sources
    assert all(exists(language, source.name.message) for source in article.sources)
    text = (PROMPTS / language / "console-knowledge-articles.ftl").read_text("utf-8")
    own = text[text.index(f"article-{name} =") :].split("\narticle-", 1)[0]
    said = "\n".join(line for line in own.splitlines() if ".sought" not in line)
    assert re.findall(r"\d+", NOT_FIGURES.sub("", re.sub(r"\{[^}]*\}|\.step-\d", "", said))) == []
    assert knowledge.read(name, language, date(2021, 12, 1)).title


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_a_parameter_and_says_where_it_is_from(language: Language) -> None:
    """With a source that has a name in each language."""
    for message in (each for each in catalogue(language).messages if each.startswith("article-")):
        for figure in variables(language, message):
            assert knowledge.is_figure(figure), (message, figure)
            assert knowledge.values(figure)
            assert exists(language, knowledge.source_of(knowledge.in_force(figure, TODAY) or no_value()))


def test_a_figure_follows_its_date() -> None:
    """What was in force then, what is now; after a year without a look it is an estimate."""
    assert "36 dirhams" in knowledge.read("family-allowances", "fr", date(2022, 6, 1)).brief
    assert "100 dirhams" in knowledge.read("family-allowances", "fr", TODAY).brief
    assert len(knowledge.read("pension", "fr", date(2024, 3, 20)).steps) == 3
    assert "de 600 dirhams à 1\u00a0000 dirhams" in knowledge.read("pension", "fr", TODAY).steps[3]
    assert not knowledge.read("pension", "fr", TODAY).stale
    assert knowledge.read("pension", "fr", date(2028, 1, 1)).stale
    checked = {value.checked for values in parameters.history("pension").values() for value in values}
    assert {source.checked for source in knowledge.read("pension", "fr", TODAY).sources} == checked


QUESTIONS_FR = {
    "comment s'inscrire": "registration-self-employed",
    "immatriculation auto entrepreneur": "registration-categories",
    "medecin depuis quand il cotise": "registration-categories",
    "formulaire 321.1.06": "registration-employee",
    "inscription d'un salarié": "registration-employee",
    "ou payer": "contributions-paying",
    "lien de paiement": "contributions-paying",
    "payer en espèces": "contributions-paying",
    "pénalités de retard": "contributions-owed",
    "frais de poursuite": "contributions-owed",
    "cotistaion": "contributions-paying",
    "anulation des dettes": "cancellation",
    "amnistie": "cancellation",
    "annulation en cours": "cancellation-situations",
    "mois interrompu": "cancellation-situations",
    "période de stage AMO": "amo-opening",
    "quand s'ouvre l'assurance maladie": "amo-opening",
    "droits fermés": "amo-closing",
    "ajouter mon épouse": "amo-family",
    "déclarer un bébé": "amo-family",
    "deposer feuille de soins": "claims-depositing",
    "délai de dépôt du dossier": "claims-depositing",
    "où en est mon dossier": "claims-statuses",
    "dossier rejeté": "claims-rejected",
    "contester un refus": "claims-rejected",
    "pension retraite": "pension",
    "retraite": "pension",
    "allocations pour les enfants": "family-allowances",
    "enfant handicapé": "family-allowances",
    "congé maternité": "maternity",
    "grosesse": "maternity",
    "congé du père": "birth-leave",
    "licenciement": "loss-of-employment",
    "chomage": "loss-of-employment",
    "papiers pour la perte d'emploi": "loss-of-employment-documents",
    "inspecteur du travail": "loss-of-employment-documents",
    "veuve": "other-benefits",
    "mot de passe du portail": "portal",
    "adresse de l'agence": "agencies",
    "réclamation": "complaints",
    "promettre un rappel": "callbacks",
    "données volées": "proving-identity",
    "changer de numéro": "changing-mobile",
    "le mari demande le montant de sa femme, confidentialité": "never-said",
}
QUESTIONS_AR = {
    "كيفاش نتسجل": "registration-self-employed",
    "التَّسْجِيل": "registration-self-employed",
    "مقاول ذاتي": "registration-categories",
    "طبيب": "registration-categories",
    "تسجيل أجير": "registration-employee",
    "صور وتوقيع المشغل": "registration-employee",
    "فين نخلص": "contributions-paying",
    "اداء الاشتراكات": "contributions-paying",
    "رابط الاداء": "contributions-paying",
    "الغرامات": "contributions-owed",
    "مصاريف المتابعات": "contributions-owed",
    "شحال عليا من دين": "contributions-owed",
    "الغاء الديون": "cancellation",
    "إعفاء": "cancellation",
    "وضعية إلغاء الديون": "cancellation-situations",
    "فات الأجل": "cancellation-situations",
    "فترة التدريب": "amo-opening",
    "متى يفتح التأمين": "amo-opening",
    "حقوق مغلقة": "amo-closing",
    "التصريح بالزوجة": "amo-family",
    "إضافة طفل": "amo-family",
    "ايداع ملف المرض": "claims-depositing",
    "ورقة العلاج": "claims-depositing",
    "فين وصل الدوسي": "claims-statuses",
    "ملف مرفوض": "claims-rejected",
    "اعتراض": "claims-rejected",
    "التقاعد": "pension",
    "المعاش": "pension",
    "فلوس الدراري": "family-allowances",
    "التعويضات العائليه": "family-allowances",
    "أنا حامل": "maternity",
    "إجازة الأمومة": "maternity",
    "عطلة الأب": "birth-leave",
    "فقدان الشغل": "loss-of-employment",
    "الشوماج": "loss-of-employment",
    "وثائق فقدان الشغل": "loss-of-employment-documents",
    "مفتش الشغل": "loss-of-employment-documents",
    "أرملة": "other-benefits",
    "كلمة السر": "portal",
    "فين كاينة الوكالة": "agencies",
    "شكاية": "complaints",
    "معطيات مسروقة": "proving-identity",
    "تغيير رقم الهاتف": "changing-mobile",
    "سرية": "never-said",
}


@pytest.mark.parametrize(("question", "article"), [*QUESTIONS_FR.items(), *QUESTIONS_AR.items()])
def test_an_advisors_question_is_answered_among_the_first_two(question: str, article: str) -> None:
    """In either language, accents and vowel signs or not, with a small mistake."""
    assert article in finding.find(question, TODAY)[:2]


@pytest.mark.parametrize("text", ["", "   ", "xyzzy", "?!", "<script>", "'; drop xyz", "9" * 500, "de la les"])
def test_what_no_article_answers_finds_nothing(text: str) -> None:
    """Whatever is typed."""
    assert finding.find(text, TODAY) == []


def test_what_fits_the_call_comes_first() -> None:
    """Where both answer."""
    assert finding.find("documents", TODAY, "rights")[0].startswith("loss-of-employment")
    assert finding.find("naissance", TODAY, "registration")[0] == "amo-family"


@pytest.mark.parametrize(("language", "words"), [("fr", "Pension de retraite"), ("ar", "معاش التقاعد")])
def test_articles_are_read_without_a_call(hire: Hire, browser: Browser, language: str, words: str) -> None:
    """In the page's language, whatever that of the words; nothing typed is in an address."""
    hire()
    browser.signs_in("s.alami")
    browser.posts("look", language=language)
    page = browser.opens("knowledge").text
    assert page.count("<details") == len(knowledge.ARTICLES)
    assert 'method="post"' in page
    for sought in ("retraite", "التقاعد"):
        assert words in browser.posts("knowledge", words=sought).text
    assert browser.posts("knowledge", words="xyzzy").text.count("<details") == 0


def test_a_script_gets_the_articles_alone(hire: Hire, browser: Browser) -> None:
    """Those of the call's subject where nothing was typed; what is no subject is none."""
    hire()
    browser.signs_in("s.alami")
    headers = browser.ours | {"X-Console": "script"}
    found = browser.client.post("/console/knowledge", data={"subject": "claims"}, headers=headers).text
    assert "<html" not in found
    assert re.search(r'id="article-([a-z-]+)"', found)[1] == "claims-depositing"  # type: ignore[index]
    everything = browser.client.post("/console/knowledge", data={"subject": "<b>"}, headers=headers).text
    assert everything.count("<details") == len(knowledge.ARTICLES)
    assert browser.opens("knowledge", words="retraite").text.count("<details") == len(knowledge.ARTICLES)


def test_what_was_typed_comes_back_as_text(hire: Hire, browser: Browser) -> None:
    """And nothing else."""
    hire()
    browser.signs_in("s.alami")
    assert 'value="&lt;script&gt;&#34;' in browser.posts("knowledge", words='<script>"').text


def test_the_script_of_a_call_is_beside_it(app: Flask, samira: Desk, stranger: Call, browser: Browser) -> None:
    """From the offer on; in the caller's language what is to be said."""
    assert app.name
    assert stranger.question
    page = browser.opens().text
    assert 'data-subject="other"' in page
    assert "Identité non prouvée" in page
    assert '<q lang="fr" dir="ltr">' in page
    accepts(browser, samira, stranger)
    assert 'data-subject="other"' in browser.opens("desk").text
    browser.posts("do/end")
    browser.posts("do/wrap-up", disposition="answered")
    assert 'data-subject=""' in browser.opens("desk").text


def a_ticket(**values: object) -> Ticket:
    """Return a ticket of which the script looks at some fields only."""
    given = {"kind": "call", "tier": "usual", "subject": "rights", "reason": "asked", "language": "fr"}
    return Ticket(**dict.fromkeys(Ticket.__dataclass_fields__) | {"identified": False} | given | values)  # type: ignore[arg-type]


def no_value() -> parameters.Value:
    """Fail: there must be one."""
    raise AssertionError
