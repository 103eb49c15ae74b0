"""What a misspelt word is taken for: a suggestion has to be likely, or there is none."""

import pytest

from ceasefire.errors import nearest

KNOWN = ("ahrar-al-sham", "armed-opposition", "russia", "syria-de-escalation-2017", "syria-ceasefire-2016")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("rusia", "russia"),
        ("ahrar-al-shamm", "ahrar-al-sham"),
        ("ahrar", "ahrar-al-sham"),
        ("arm", "armed-opposition"),
        ("syria", None),
        ("a", None),
        ("", None),
        ("x" * 100_000, None),
    ],
)
def test_a_word_is_taken_for_one_like_it_or_for_the_only_one_it_begins(word, meant):
    """Letters that are missing or wrong are guessed; of two that begin alike neither is preferred."""
    assert nearest(word, KNOWN) == meant
    assert nearest(word, iter(KNOWN)) == meant
    assert nearest(word, ()) is None
