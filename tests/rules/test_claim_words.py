"""The words of the fund's lists for missing documents and reasons: what they are in both languages."""

import pytest

from backend.rules.claim_words import DOCUMENT, REASON, documents, listed, reason
from backend.values import Term
from backend.wording import LANGUAGES, Language, written
from backend.wording.catalogue import catalogue


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("ordonnance", "prescription"),
        ("Ordonnance médicale.", "prescription"),
        ("l'ordonnance", "prescription"),
        ("copie de l'ordonnance (original)", "prescription"),
        ("ordonance", "prescription"),
        ("ORDONNANCES MANQUANTES", "prescription"),
        ("facture de pharmacie", "pharmacy-invoice"),
        ("factures pharmacie", "pharmacy-invoice"),
        ("facture", "invoice"),
        ("feuille de soins", "care-form"),
        ("Feuilles de soin", "care-form"),
        ("vignettes", "stickers"),
        ("code-barres", "stickers"),
        ("compte-rendu", "medical-report"),
        ("résultats d’analyses", "test-results"),
        ("resultat des analyses", "test-results"),
        ("radiographie", "images"),
        ("radio", "images"),
        ("devis", "estimate"),
        ("RIB", "bank-details"),
        ("rib ", "bank-details"),
        ("attestation de scolarité", "school-certificate"),
        ("attestation", "certificate"),
    ],
)
def test_a_document_is_recognised_however_it_is_written(word: str, key: str) -> None:
    """Case, accents, articles, plurals, copies and slips of the pen don't matter."""
    assert documents([word]) == (Term(f"document-{key}"),)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("dépôt hors délai", "late-deposit"),
        ("Dossier déposé hors délais", "late-deposit"),
        ("dépot hors delai (60 jours)", "late-deposit"),
        ("actes non remboursables", "not-covered"),
        ("médicament non remboursable", "medicine-not-covered"),
        ("droits fermés", "rights-closed"),
        ("Pièces non conformes", "not-compliant"),
        ("double dépôt", "duplicate"),
        ("bénéficaire non déclaré", "beneficiary-unknown"),
        ("absence d'entente préalable", "no-prior-agreement"),
    ],
)
def test_a_reason_is_recognised_however_it_is_written(word: str, key: str) -> None:
    """The same."""
    assert reason(word) == Term(f"reason-{key}")


@pytest.mark.parametrize(
    "word",
    [
        "",
        "xyz",
        "ordonnance ou facture",
        "facture de plombier",
        "rix",
        "12345",
        "وثيقة",
        "certificat de vie et de charge",
        "()",
    ],
)
def test_what_is_not_in_the_list_is_a_document(word: str) -> None:
    """Never guessed."""
    assert documents([word]) == (DOCUMENT,)


@pytest.mark.parametrize(
    "word", [None, "", "xyz", "acte remboursable", "droits ouverts", "bénéficiaire déclaré", "pièces conformes"]
)
def test_what_is_not_in_the_list_is_a_reason_to_be_asked_for(word: str | None) -> None:
    """A reason is not read out of its contrary."""
    assert reason(word) == REASON


def test_documents_are_said_once_each_and_unknown_ones_together_last() -> None:
    """Whatever the order of the list; where nothing is named, something is missing all the same."""
    prescription, invoice = Term("document-prescription"), Term("document-pharmacy-invoice")
    assert documents(["xyz", "ordonnance", "abc", "facture de pharmacie", "prescription"]) == (
        prescription,
        invoice,
        DOCUMENT,
    )
    assert documents([]) == (DOCUMENT,)


@pytest.mark.parametrize("subject", ["documents", "reasons"])
def test_each_phrase_is_of_one_key(subject: str) -> None:
    """And is recognised as it is written in the list."""
    for key, phrases in listed(subject).items():
        for phrase in phrases:
            found = documents([phrase])[0] if subject == "documents" else reason(phrase)
            assert found == Term(f"{subject.removesuffix('s')}-{key}"), phrase


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("subject", "other"), [("documents", DOCUMENT), ("reasons", REASON)])
def test_each_key_has_words_of_its_own_in_each_language(language: Language, subject: str, other: Term) -> None:
    """And no message is without a key."""
    prefix = f"{subject.removesuffix('s')}-"
    terms = {f"{prefix}{key}" for key in listed(subject)} | {other.message}
    assert {message for message in catalogue(language).messages if message.startswith(prefix)} == terms
    assert len({written(language, message) for message in terms}) == len(terms)
