"""Finding articles by words in any language.

Accents, vowel signs, hamza and the Arabic article do not matter, nor does a letter too many, too few or out of place. A
word counts by where it stands (title, what the article is looked for by, the answer, its steps) and by how few articles
have it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log

from rapidfuzz.distance import OSA

from backend.wording import LANGUAGES, Language, plain, written
from callcenter import knowledge
from callcenter.knowledge import ARTICLES, Article

MOST = 8
LONGEST = 200  # characters
MOST_WORDS = 20
SAME, BEGINS, NEARLY = 1.0, 0.8, 0.6
SHORTEST_BEGINNING, SHORTEST_WITH_AN_ERROR, SHORTEST_WITH_TWO = 3, 4, 8  # letters
FITTING = 1.3
"""How much more an article of the call's subject counts."""
LEAST = 0.35
"""What falls below this share of the best is not shown."""


@dataclass(frozen=True)
class _Index:
    """Word → article → weight; what says nothing; and how much a word tells."""

    weights: dict[str, dict[str, float]]
    noise: frozenset[str]

    def telling(self, word: str) -> float:
        return log(1 + len(ARTICLES) / len(self.weights[word]))


def find(text: str, today: date, subject: str | None = None) -> list[str]:
    """Return the articles that answer, the best first, at most MOST; `subject`: what the call is about."""
    index = _index(today)
    asked = [word for word in _words(text[:LONGEST])[:MOST_WORDS] if word not in index.noise]
    scores: dict[str, float] = {}
    for word in dict.fromkeys(asked):
        best: dict[str, float] = {}
        for known, likeness in _alike(word, index.weights):
            for article, weight in index.weights[known].items():
                best[article] = max(best.get(article, 0), likeness * weight * index.telling(known))
        for article, score in best.items():
            scores[article] = scores.get(article, 0) + score
    for article in scores:
        if subject in ARTICLES[article].subjects:
            scores[article] *= FITTING
    least = LEAST * max(scores.values(), default=0)
    ranked = sorted(scores, key=lambda article: -scores[article])
    return [article for article in ranked if scores[article] >= least][:MOST]


def _alike(word: str, known: Mapping[str, object]) -> list[tuple[str, float]]:
    """Return the known words that `word` may be, each with how alike they are; misspelt only without others."""
    same = [(each, SAME if each == word else BEGINS) for each in known if each == word or _begins(word, each)]
    if any(likeness == SAME for _, likeness in same) or (same and len(word) < SHORTEST_WITH_AN_ERROR):
        return same
    errors = 0 if len(word) < SHORTEST_WITH_AN_ERROR else 1 if len(word) < SHORTEST_WITH_TWO else 2
    wrong = [(each, NEARLY) for each in known if errors and OSA.distance(word, each, score_cutoff=errors) <= errors]
    return same or wrong


def _begins(word: str, known: str) -> bool:
    short, long = sorted((word, known), key=len)
    least = SHORTEST_BEGINNING if short == word else SHORTEST_WITH_AN_ERROR
    return len(short) >= least and long.startswith(short)


def _words(text: str) -> list[str]:
    return [plain.without_article(word) for word in plain.words(text)]


@lru_cache(maxsize=2)
def _index(today: date) -> _Index:
    weights: dict[str, dict[str, float]] = {}
    noise: set[str] = set()
    for language in LANGUAGES:
        noise.update(_words(written(language, "console-knowledge-search.noise")))
        for name in ARTICLES:
            for text, weight in _texts(knowledge.read(name, language, today), language):
                for word in _words(text):
                    of_word = weights.setdefault(word, {})
                    of_word[name] = max(of_word.get(name, 0), weight)
    return _Index({word: where for word, where in weights.items() if word not in noise}, frozenset(noise))


def _texts(article: Article, language: Language) -> Iterator[tuple[str, float]]:
    """Yield what an article says, and how much a word of it counts."""
    yield article.title, 6
    yield written(language, f"article-{article.name}.sought"), 5
    yield article.brief, 3
    yield " ".join((*article.steps, article.careful or "")), 1
