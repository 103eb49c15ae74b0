"""The order of records: by the number in an author's chain, not by its signs."""

import pytest

from ceasefire.record.order import id_key, padded


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
    assert id_key(identifier) == (*key, identifier)


def test_two_comes_before_ten_and_one_side_of_a_fork_after_the_number():
    """And authors stand together."""
    names = ["russia/10", "turkey/1", "russia/2", "russia/2@ab"]
    assert sorted(names, key=id_key) == ["russia/2", "russia/2@ab", "russia/10", "turkey/1"]


def test_ids_that_differ_only_in_leading_zeros_are_ordered_as_they_are_written():
    """Whichever comes first: each has a key of its own."""
    names = ["russia/2", "russia/02", "russia/002", "russia/3"]
    for several in (names, names[::-1]):
        assert sorted(several, key=id_key) == ["russia/002", "russia/02", "russia/2", "russia/3"]


@pytest.mark.parametrize(
    ("identifier", "zeros"),
    [
        ("a/02", True),
        ("a/00", True),
        ("a/02@ab", True),
        ("a/2", False),
        ("a/0", False),
        ("a/20", False),
        ("02", False),
        ("a/0x", False),
    ],
)
def test_only_a_number_can_have_leading_zeros(identifier, zeros):
    """And zero itself has none."""
    assert padded(identifier) is zeros
