"""The order of records: by the number in an author's chain, not by its signs."""

import pytest

from ceasefire.assessment.order import id_key


@pytest.mark.parametrize(
    ("identifier", "key"),
    [
        ("russia/17", ("russia", 17, "")),
        ("un/observers/17", ("un/observers", 17, "")),
        ("russia/017", ("russia", 17, "")),
        ("russia/999999999999999999", ("russia", 999999999999999999, "")),
        ("russia/1000000000000000000", ("russia/1000000000000000000", -1, "")),
        ("russia/17@0123456789ab", ("russia", 17, "@0123456789ab")),
        ("un/observers/17@0123456789ab", ("un/observers", 17, "@0123456789ab")),
        ("russia/", ("russia/", -1, "")),
        ("/17", ("/17", -1, "")),
        ("russia", ("russia", -1, "")),
        ("russia/seventeen", ("russia/seventeen", -1, "")),
        ("russia/\u0661", ("russia/\u0661", -1, "")),
    ],
)
def test_an_id_is_of_an_author_and_a_number_or_a_name(identifier, key):
    """A number has at most eighteen digits, so that everybody can hold it; any other id is a name as it stands."""
    assert id_key(identifier) == key


def test_two_comes_before_ten_and_one_side_of_a_fork_after_the_number():
    """And authors stand together."""
    names = ["russia/10", "turkey/1", "russia/2", "russia/2@ab"]
    assert sorted(names, key=id_key) == ["russia/2", "russia/2@ab", "russia/10", "turkey/1"]
