"""The languages of the prompts, and what is raised where words are missing."""

from typing import Literal

from backend.errors import SviError

Language = Literal["ar", "fr"]
LANGUAGES: tuple[Language, ...] = ("ar", "fr")


class WordingError(SviError):
    """A message is missing, is not written as Fluent, or was not given a value that it can say."""
