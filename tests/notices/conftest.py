"""Empty tables, and Hicham, a self-employed worker with a mobile, whose language is French."""

import pytest

from backend.values import PersonId
from tests.feeds.conftest import database, feed, list_people
from tests.feeds.lists import A_SELF_EMPLOYED, Import, person_numbered

__all__ = ["database", "feed", "list_people"]

MOBILE = "+212661000201"


@pytest.fixture
def hicham(list_people: Import) -> PersonId:
    """Return a self-employed worker of number 104228815."""
    list_people(A_SELF_EMPLOYED | {"mobile": MOBILE, "preferred_language": "fr"})
    return person_numbered("104228815")
