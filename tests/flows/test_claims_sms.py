"""A claim file by SMS: once, without a name, in the language of the call, in two segments at most."""

from collections.abc import Callable

from backend.claim_statements import MOST_WRITTEN
from backend.rules import claim_words
from backend.wording import Language, written
from tests.flows.claims import ANAS, HICHAM, Asking, Feed, in_both_languages

Count = Callable[[str], int]


def test_the_sms_is_sent_once_for_each_file_and_has_no_name(asking: Asking, count: Count) -> None:
    """The voice says so, and to which mobile; the same file again in the call sends nothing more."""
    call = asking.to_claims(HICHAM)
    before = count("outbox")
    call.keys("2").hears("claims-menu.2", "part par message", "0 1")
    by_when = "Paiement au plus tard le 28 mars 2024, selon le délai habituel."
    assert asking.texts.newest("sms-claim") == f"CNSS : dossier 24031800417 en cours d'examen. {by_when}"
    call.keys("2").hears("claims-menu.3", "part par message")
    assert count("outbox") == before + 1
    call.keys("1").keys("2").hears("claims-menu.5")
    sms = asking.texts.newest("sms-claim")
    assert "l'ordonnance du médecin, la facture de la pharmacie." in sms
    assert not any(word in sms for word in ("Sara", "Hicham", "104228815"))
    assert count("outbox") == before + 2
    assert {to for kind, to, _ in asking.texts.all() if kind == "sms-claim"} == {"+212661000201"}


def test_the_sms_in_arabic(asking: Asking) -> None:
    """In the language of the call, whatever is on file; amounts too, since they were asked for."""
    call = asking.to_claims(HICHAM, "ar").keys("1").keys("2").hears("claims-menu.3", "0 1")
    assert asking.texts.newest("sms-claim").startswith("الملف 24022200093: ينقصه: وصفة الطبيب، فاتورة الصيدلية.")
    call.keys("1").keys("2").hears("claims-menu.5")
    assert asking.texts.newest("sms-claim") == "الملف 24010900771: تم أداؤه في 18 يناير 2024: مبلغ 420 درهما."


@in_both_languages
def test_many_missing_documents(asking: Asking, feed: Feed, language: Language) -> None:
    """Five are said, the longest three written in two segments; of the others an advisor knows."""
    words = ["cachet du médecin", "attestation de non-bénéfice", "CNIE", "RIB", "certificat de scolarité", "devis"]
    feed({"status": "awaiting-documents", "missing_documents": "|".join(words)})
    named = [written(language, term.message) for term in claim_words.documents(words)]
    call = asking.to_claims(ANAS, language).hears("claims-menu", *named[:5]).keys("2").hears("claims-menu.2")
    assert named[5] not in call.words
    sms = asking.texts.newest("sms-claim")
    assert [name in sms for name in named] == [True] * MOST_WRITTEN + [False] * 3


@in_both_languages
def test_the_longest_documents_that_may_be_missing(asking: Asking, feed: Feed, language: Language) -> None:
    """Three of them in two segments of an SMS (a third is an error)."""
    names = {words[0]: written(language, f"document-{key}") for key, words in claim_words.listed("documents").items()}
    longest = sorted(names, key=lambda word: len(names[word]))[-MOST_WRITTEN:]
    feed({"status": "awaiting-documents", "missing_documents": "|".join(longest)})
    asking.to_claims(ANAS, language).keys("2").hears("claims-menu.2")
    assert all(names[word] in asking.texts.newest("sms-claim") for word in longest)
