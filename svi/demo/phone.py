"""The people of the demonstration as the phone in the browser proposes them, in French and in Arabic.

Their form is that of `exchange.browser`: plain data, for the exchange knows nothing of ours.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from backend.values import RegistrationNumber
from svi.demo import WHO, Caller

Texts: TypeAlias = Mapping[str, str]

CARD: Texts = {"fr": "Carte d'identité", "ar": "بطاقة التعريف"}
NUMBER: Texts = {"fr": "Immatriculation", "ar": "رقم التسجيل"}
BORN: Texts = {"fr": "Naissance", "ar": "الازدياد"}
WORDS: Mapping[str, tuple[Texts, Texts]] = {
    "310477": (
        {"fr": "Une médecin s'inscrit", "ar": "طبيبة تسجل نفسها"},
        {"fr": "Un code par SMS, puis son numéro.", "ar": "رمز في رسالة قصيرة، ثم رقمها."},
    ),
    "310691": (
        {"fr": "Un agriculteur sans mobile s'inscrit", "ar": "فلاح دون هاتف محمول يسجل نفسه"},
        {
            "fr": "Quatre chiffres de l'identifiant fiscal, 0691, puis un nouveau mobile.",
            "ar": "أربعة أرقام من المعرف الضريبي، 0691، ثم هاتف محمول جديد.",
        },
    ),
    "320119": (
        {"fr": "Elle est déjà inscrite", "ar": "هي مسجلة من قبل"},
        {"fr": "Son numéro part par SMS, personne ne le dit.", "ar": "يذهب رقمها في رسالة قصيرة، ولا يقال."},
    ),
    "102320119": (
        {"fr": "Une indépendante s'identifie", "ar": "عاملة مستقلة تعرف بنفسها"},
        {"fr": "Inscrite : son numéro, sa date, un code.", "ar": "مسجلة: رقمها، وتاريخها، ورمز."},
    ),
    "310704": (
        {"fr": "Une artisane s'inscrit", "ar": "صانعة تقليدية تسجل نفسها"},
        {"fr": "Sa carte porte seulement l'année de naissance.", "ar": "في بطاقتها سنة الازدياد فقط."},
    ),
    "310815": (
        {"fr": "Une auto-entrepreneuse s'inscrit", "ar": "مقاولة ذاتية تسجل نفسها"},
        {"fr": "Sans identifiant fiscal, mais avec un mobile.", "ar": "دون معرف ضريبي، ولها هاتف محمول."},
    ),
    "311037": (
        {"fr": "Ni mobile, ni identifiant fiscal", "ar": "لا هاتف محمول ولا معرف ضريبي"},
        {"fr": "Un conseiller prend la suite.", "ar": "يتابع معها مستشار."},
    ),
    "312200": (
        {"fr": "Deux personnes pour une carte", "ar": "شخصان لبطاقة واحدة"},
        {
            "fr": "Mêmes chiffres, même naissance : un conseiller.",
            "ar": "الأرقام نفسها والازدياد نفسه: مستشار.",
        },
    ),
    "109320886": (
        {"fr": "Une personne salariée s'identifie", "ar": "أجير يعرف بنفسه"},
        {"fr": "Son numéro, sa date, un code.", "ar": "رقمه، وتاريخه، ورمز."},
    ),
    "112321119": (
        {"fr": "Une personne retraitée s'identifie", "ar": "متقاعد يعرف بنفسه"},
        {"fr": "Sa carte porte seulement l'année de naissance.", "ar": "في بطاقته سنة الازدياد فقط."},
    ),
    "113321220": (
        {"fr": "Aucun mobile au dossier", "ar": "لا هاتف محمول في الملف"},
        {"fr": "Le code ne peut pas partir : un conseiller.", "ar": "لا يمكن بعث الرمز: مستشار."},
    ),
}
"""What is keyed → who it is, and what happens."""


def people() -> list[dict[str, Any]]:
    """Return everybody in `WHO`; somebody without words of their own is worded as `WHO` does."""
    return [_person(caller) for caller in WHO]


def _person(caller: Caller) -> dict[str, Any]:
    is_number = len(caller.keys) == RegistrationNumber.longest
    is_year = len(caller.birth_date) == len("1952")
    plain = {"fr": caller.what_happens, "ar": caller.what_happens}
    title, what_happens = WORDS.get(caller.keys, ({"fr": caller.keys, "ar": caller.keys}, plain))
    return {
        "title": title,
        "mobile": caller.mobile,
        "what_happens": what_happens,
        "entries": [
            {"title": NUMBER if is_number else CARD, "keys": caller.keys if is_number else f"{caller.keys}#"},
            {"title": BORN, "keys": f"{caller.birth_date}#" if is_year else caller.birth_date},
        ],
    }
