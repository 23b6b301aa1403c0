"""The people that the demonstration proposes to the phone in the browser."""

from svi.demo import WHO, phone


def test_everybody_is_proposed_in_each_language_of_the_page() -> None:
    """Whoever is in `WHO` has a title and a sentence in French and in Arabic, and keys that a telephone has."""
    assert set(phone.WORDS) == {caller.keys for caller in WHO}
    for person in phone.people():
        texts = [person["title"], person["what_happens"], *(entry["title"] for entry in person["entries"])]
        assert all(set(text) == {"fr", "ar"} and all(text.values()) for text in texts)
        assert all(set(entry["keys"]) <= set("0123456789#") for entry in person["entries"])
