"""Claim files by telephone: how many are open, where each stands, what comes next; on 20 March 2024."""

from collections.abc import Callable

import pytest

from tests.flows.claims import ANAS, HICHAM, KHADIJA, Asking, Feed, in_both_languages

Count = Callable[[str], int]


def test_the_files_of_hicham_in_french(asking: Asking) -> None:
    """Two are open; the newest first: for whom, since when, being examined, paid ten days after its deposit."""
    call = asking.to_claims(HICHAM).hears("claims-menu", "Vous avez 2 dossiers en cours")
    call.hears_words("2 4 0, 3 1 8, 0 0 4, 1 7", "Hicham", "18 mars 2024", "en cours d'examen", "28 mars 2024")
    call.keys("1").hears("claims-menu.2", "2 4 0, 2 2 2, 0 0 0, 9 3", "Sara", "22 février 2024")
    call.hears_words(
        "Il manque : l'ordonnance du médecin", "Il manque aussi : la facture de la pharmacie", "une agence"
    )
    call.keys("1").hears("claims-menu.3", "payé depuis le 18 janvier 2024", "420 dirhams")
    call.keys("1").hears("claims-menu.4", "pas de dossier plus ancien")


def test_the_files_of_hicham_in_arabic(asking: Asking) -> None:
    """The same, with Arabic numbers, months and commas."""
    call = asking.to_claims(HICHAM, "ar").hears("claims-menu", "عثرنا على ملفين")
    call.hears_words("2 4 0، 3 1 8، 0 0 4، 1 7", "Hicham", "18 مارس 2024", "قيد الدراسة", "28 مارس 2024")
    call.keys("1").hears("claims-menu.2", "Sara", "22 فبراير 2024", "وصفة الطبيب", "فاتورة الصيدلية", "نقطة قرب")
    call.keys("1").hears("claims-menu.3", "18 يناير 2024", "مبلغ 420 درهما")
    call.keys("1").hears("claims-menu.4", "أقدم")
    assert {said.language for said in call.said} == {"ar-XA"}


@in_both_languages
def test_the_files_of_khadija(asking: Asking, language: str) -> None:
    """Settled: the amount, and payment within days; rejected: why, and how to contest. One is open."""
    settled, rejected = {
        "fr": (
            ("1 dossier en cours", "Yassine", "637 dirhams", "dans quelques jours", "21 mars 2024"),
            ("Khadija", "refusé", "déposé trop tard", "contester", "tapez 0"),
        ),
        "ar": (
            ("ملف واحد", "Yassine", "مبلغ 637 درهما", "خلال بضعة أيام", "21 مارس 2024"),
            ("Khadija", "مرفوض", "بعد الأجل", "للاعتراض", "اضغط 0"),
        ),
    }[language]
    call = asking.to_claims(KHADIJA, language).hears("claims-menu", *settled)
    call.keys("1").hears("claims-menu.2", *rejected).keys("0").hears("recording")


@in_both_languages
@pytest.mark.parametrize(
    ("row", "french", "arabic"),
    [
        ({}, ("est déposé", "25 mars 2024"), ("تم إيداعه", "25 مارس 2024")),
        ({"status": "in-review"}, ("en cours d'examen", "25 mars 2024"), ("قيد الدراسة", "25 مارس 2024")),
        (
            {"status": "medical-check", "status_date": "2024-04-02"},
            ("examen médical", "mardi 2 avril 2024"),
            ("مراقبة طبية", "الثلاثاء 2 أبريل 2024"),
        ),
        ({"status": "medical-check"}, ("examen médical", "Une lettre"), ("مراقبة طبية", "رسالة بريدية")),
        (
            {"status": "awaiting-documents", "missing_documents": "RIB"},
            ("Il manque : le relevé d'identité bancaire", "point de proximité agréé"),
            ("شهادة التعريف البنكي", "نقطة قرب معتمدة"),
        ),
        (
            {"status": "awaiting-documents", "missing_documents": "xyz"},
            ("Il manque : un document", "avec un conseiller, tapez 0"),
            ("وثيقة", "من مستشار، اضغط 0"),
        ),
        (
            {"status": "in-review", "missing_documents": "devis"},
            ("en cours d'examen", "Il manque : le devis"),
            ("قيد الدراسة", "بيان تقدير التكلفة"),
        ),
        ({"status": "awaiting-documents"}, ("Il manque : un document",), ("وثيقة",)),
        (
            {"status": "rejected", "reason": "double dépôt"},
            ("refusé", "un autre dossier", "contester"),
            ("مرفوض", "ملف آخر", "للاعتراض"),
        ),
        ({"status": "rejected", "reason": "xyz"}, ("un conseiller peut vous la dire",), ("يمكن لمستشار أن يخبركم به",)),
        (
            {"status": "settled", "payable": "120.50"},
            ("120,50 dirhams", "25 mars 2024"),
            ("مبلغ 120 درهما و50 سنتيما", "25 مارس 2024"),
        ),
        ({"status": "settled"}, ("Pour connaître le montant", "25 mars 2024"), ("لمعرفة المبلغ", "25 مارس 2024")),
        (
            {"status": "paid", "payable": "80", "paid_on": "2024-03-18"},
            ("payé depuis le 18 mars 2024", "80 dirhams"),
            ("18 مارس 2024", "مبلغ 80 درهما"),
        ),
        ({"status": "paid"}, ("payé depuis le 15 mars 2024",), ("15 مارس 2024",)),
    ],
)
def test_each_status_is_said_in_plain_words_and_what_comes_next(
    asking: Asking, feed: Feed, language: str, row: dict[str, str], french: tuple[str, ...], arabic: tuple[str, ...]
) -> None:
    """Every row of product.md's table; the SMS of each takes two segments at most (a third is an error)."""
    feed(row)
    call = asking.to_claims(ANAS, language).hears("claims-menu", *(french if language == "fr" else arabic))
    call.keys("2").hears("claims-menu.2")
    assert "24031500042" in asking.texts.newest("sms-claim")


@pytest.mark.parametrize(("status", "unlike"), [("received", "au plus tard"), ("settled", "quelques jours")])
def test_once_past_the_usual_delay_is_over_and_an_advisor_is_offered(
    asking: Asking, feed: Feed, status: str, unlike: str
) -> None:
    """No day is said any more; `0` leads there."""
    feed({"deposited_on": "2024-03-09", "status_date": "2024-03-10", "status": status, "payable": "50"})
    call = asking.to_claims(ANAS).hears("claims-menu", "Le délai habituel est passé", "conseiller, tapez 0")
    assert unlike not in call.words
    call.keys("0").hears("recording")


def test_a_rejected_or_paid_file_waits_for_nothing(asking: Asking, feed: Feed) -> None:
    """However old it is; and none is open."""
    feed({"deposited_on": "2023-03-09", "status": "rejected", "reason": "droits fermés"})
    call = asking.to_claims(ANAS).hears("claims-menu", "aucun dossier en cours", "les droits étaient fermés")
    assert "délai habituel" not in call.words


@in_both_languages
def test_somebody_without_files(asking: Asking, language: str) -> None:
    """It is said, with where one may be deposited; then the end of every service."""
    empty = {"fr": ("aucun dossier de remboursement", "une agence"), "ar": ("ليس لدينا أي ملف", "وكالة")}[language]
    asking.to_claims(ANAS, language).hears("anything-else", *empty).keys("2").ends()


@in_both_languages
def test_a_file_by_its_number(asking: Asking, language: str) -> None:
    """`3`, then its digits and `#`; the next file is then the one deposited before it."""
    call = asking.to_claims(HICHAM, language).keys("3").hears("file-number").dials("24022200093#")
    call.hears("claims-menu.2", "Sara").keys("1").hears("claims-menu.3", "420")


@in_both_languages
@pytest.mark.parametrize("number", ["24030500112#", "1#", "99999999999#"])
def test_a_number_of_somebody_elses_is_an_unknown_one(asking: Asking, language: str, number: str) -> None:
    """The same answer, word for word; the file said before stays the one in hand."""
    call = asking.to_claims(HICHAM, language).keys("3").dials(number)
    call.hears("claims-menu.2", {"fr": "ne trouvons pas ce dossier", "ar": "لم نجد هذا الملف"}[language])
    assert not any(word in call.words for word in ("Khadija", "2 4 0", "mars", "مارس"))
    call.keys("2").hears("claims-menu.3", "2 4 0")
    assert "24031800417" in asking.texts.newest("sms-claim")


def test_a_number_that_cannot_be_one(asking: Asking) -> None:
    """Too long, or none: asked again, with more help, then an advisor; `*` opens help, `#` there the menu before."""
    call = asking.to_claims(HICHAM).keys("3").dials("1234567890123456#").hears("file-number", "pas compris")
    call.dials("#").hears("file-number", "Tapez tous les chiffres").dials("*").hears("file-number-help")
    call.keys("#").hears("claims-menu.2").keys("3").hears("file-number").dials("1234567890123456#")
    call.hears("recording")


def test_silence_where_a_number_is_asked_for(asking: Asking) -> None:
    """Twice asked again, then an advisor."""
    call = asking.to_claims(HICHAM).keys("3").silence().hears("file-number").silence().hears("file-number")
    call.silence().hears("recording")


def test_every_webhook_twice_has_the_effects_of_one(asking: Asking, count: Count) -> None:
    """The same reply, one SMS, the files read once."""
    call = asking.to_claims(HICHAM)
    for keys in ("1", "2", "3", "24010900771#", "2"):
        assert call.again() == call.webhooks[-1].reply
        call.dials(keys)
    rows = {table: count(table) for table in ("outbox", "audit", "steps")}
    for index in range(len(call.webhooks)):
        assert call.again(index) == call.webhooks[-1].reply
    assert {table: count(table) for table in rows} == rows
    assert [kind for kind, _, _ in asking.texts.all()].count("sms-claim") == 2


def test_hash_at_the_menu_leads_to_the_main_menu_and_nobody_is_asked_again(asking: Asking) -> None:
    """Who is identified hears their files at once; a `#` just after the code is a habit."""
    call = asking.to_claims(HICHAM).keys("#").hears("claims-menu").keys("#").hears("main-menu.2").keys("3")
    call.hears("claims-menu.2", "2 dossiers en cours")


def test_a_file_imported_during_the_call_moves_no_other(asking: Asking, feed: Feed) -> None:
    """The next one is the next older one, whatever came in since."""
    feed({"file_number": "1", "deposited_on": "2024-03-01"}, {"file_number": "2", "deposited_on": "2024-03-02"})
    call = asking.to_claims(ANAS).hears("claims-menu", "numéro : 2.")
    feed({"file_number": "3", "deposited_on": "2024-03-03"})
    call.keys("1").hears("claims-menu.2", "numéro : 1.").keys("1").hears("claims-menu.3", "plus ancien")


def test_silence_and_wrong_keys_at_the_menu(asking: Asking) -> None:
    """As at any menu: `*` repeats all of it; more help says in which order the files come."""
    call = asking.to_claims(HICHAM)
    words = call.words
    assert call.keys("*").hears("claims-menu").words == words
    call.keys("9").hears("claims-menu", "pas compris").silence().keys("8").hears_words("du plus récent au plus ancien")
    call.keys("7").hears("recording")


def test_at_the_call_centre(asking: Asking) -> None:
    """Reason 3, then the answer now."""
    asking.to_claims(KHADIJA, to="3939").hears("claims-menu", "637 dirhams").keys("1").keys("#").hears("reason.2")


def test_a_stranger_learns_nothing(asking: Asking) -> None:
    """Number and birth date are known of many: nothing of a file is said before the code."""
    call = asking.dial().keys("2").keys("3").dials(HICHAM[0]).dials(HICHAM[1]).hears("code")
    assert "dossier" not in call.words
    call.dials("000000" if asking.texts.code() != "000000" else "111111").hears("code.2")
    assert "dossier" not in call.words


def test_by_voice_in_french(asking: Asking) -> None:
    """The menu by its words, the number of a file by figures."""
    call = asking.to_claims(HICHAM).says("le dossier suivant").hears("claims-menu.2", "Sara")
    call.says("un autre dossier").hears("file-number")
    call.says("deux quatre zéro un zéro neuf zéro zéro sept sept un").hears("claims-menu.3", "420 dirhams")
    call.says("par message s'il vous plaît").hears("claims-menu.4", "part par message")


def test_by_voice_in_arabic(asking: Asking) -> None:
    """In standard and in Moroccan Arabic."""
    call = asking.to_claims(HICHAM, "ar").says("الملف الموالي").hears("claims-menu.2", "Sara")
    call.says("بغيت دوسي آخر").hears("file-number")
    call.says("جوج ربعة صفر واحد صفر تسعود صفر صفر سبعة سبعة واحد").hears("claims-menu.3", "420")
    call.says("صيفط ليا ميساج").hears("claims-menu.4", "في رسالة")
