"""Text as it is compared, whoever wrote it: no case, accents, vowel signs or punctuation, digits from 0 to 9."""

import re
import unicodedata

from backend.values import western_digits

_ONE_LETTER = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None})
_NOT_A_WORD = re.compile(r"[^\w]+|_+")
# The article, alone or behind "and", "to", "with", "in", "like": «للتسجيل» and «التسجيل» are «تسجيل».
_ARTICLE = re.compile(r"^و?(?:[بفك]?ال|لل)(?=\w{3})")


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` as they are compared; French elisions are words of their own."""
    letters = western_digits(text).translate(_ONE_LETTER).lower().replace("œ", "oe")
    plain = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    return tuple(_NOT_A_WORD.sub(" ", plain.translate(_ONE_LETTER)).split())


def without_article(word: str) -> str:
    """Return an Arabic word, as `words` gives it, without the article and what is glued to it; any other as it is."""
    return _ARTICLE.sub("", word)
