"""A chain with two histories, from its nodes alone: which side stands, and what settles nothing."""

import pytest

from ceasefire.record import Branch
from ceasefire.record.branches import Keep, branches, keeps
from ceasefire.record.tree import Node


def node(number, name, previous=None):
    """Return a record of a chain, called by one letter."""
    return Node(number, name.encode() * 32, None if previous is None else previous.encode() * 32)


def word(name, at, number=0):
    """Return an author's word that the side of a record stands."""
    return Keep(name.encode() * 32, (at, number))


#: After a first record, two histories: b and d, and c.
FORKED = (node(1, "a"), node(2, "b", "a"), node(2, "c", "a"), node(3, "d", "b"))


def standing(nodes, *words):
    """Return by its letter whether each record from the first forked number on stands."""
    found = branches(nodes, words)
    return {hashed.decode()[0]: stands for hashed, stands in found.standing.items()}


def test_a_chain_without_a_number_twice_has_no_branches():
    """Most chains are such; a gap is no fork."""
    assert branches([node(1, "a"), node(3, "d", "b")], []) is None


def test_until_its_author_says_which_stands_none_does():
    """Both sides are kept, and what follows them; neither is preferred."""
    assert standing(FORKED) == {"b": None, "c": None, "d": None}
    assert standing(FORKED, word("d", at=5)) == {"b": True, "c": False, "d": True}


def test_the_latest_word_counts():
    """An author who changes its mind is followed; of two words of one instant the one of the greater number is."""
    assert standing(FORKED, word("b", at=5), word("c", at=6)) == {"b": False, "c": True, "d": False}
    assert standing(FORKED, word("b", at=6), word("c", at=5)) == {"b": True, "c": False, "d": True}
    assert standing(FORKED, word("b", at=5, number=8), word("c", at=5, number=7))["b"] is True


def test_two_words_of_one_instant_and_number_that_differ_settle_nothing():
    """The fork that a fork of the branch records themselves makes: in whatever order they come, none stands."""
    words = (word("b", at=5, number=7), word("c", at=5, number=7))
    for several in (words, words[::-1]):
        assert standing(FORKED, *several) == {"b": None, "c": None, "d": None}


def test_a_word_on_a_record_behind_a_gap_settles_nothing():
    """Which side leads to it cannot be told until the record between has come."""
    behind = (*FORKED, node(5, "f", "e"))
    assert standing(behind, word("f", at=5)) == {"b": None, "c": None, "d": None, "f": None}
    healed = (*behind, node(4, "e", "d"))
    assert standing(healed, word("f", at=5)) == dict.fromkeys("bdef", True) | {"c": False}


def test_a_word_that_names_no_side_keeps_nothing():
    """By its first digits a branch record names one hash of those here, or it says nothing."""
    hashes = [one.hash for one in FORKED]
    said = [
        Branch(by="russia", id=f"russia/{number}", recorded="2017-05-14T12:00:00Z", keep=keep)
        for number, keep in enumerate(["russia/2@" + "62" * 6, "63" * 32, "ff" * 32, "62"], start=7)
    ]
    assert [keep.hash[:1] for keep in keeps(said, hashes)] == [b"b", b"c"]


@pytest.mark.parametrize(("through", "end"), [("b", "f"), ("c", "c"), ("d", "d"), ("e", "f"), ("a", None)])
def test_a_branch_record_follows_the_side_that_it_names(through, end):
    """Where that side forks again, the longest beyond it; what all sides share is on none of them."""
    again = (*FORKED, node(3, "e", "b"), node(4, "f", "e"))
    found = branches(again, ()).end_beyond(through.encode() * 32)
    assert (found and found.hash) == (end and end.encode() * 32)


@pytest.mark.parametrize(("said", "end"), [((), "d"), ((word("c", at=5),), "c")])
def test_the_next_record_follows_the_side_that_is_kept_else_the_longest(said, end):
    """So a journal goes on writing where its author means to."""
    found = branches(FORKED, said)
    assert found.end().hash == end.encode() * 32
    assert [(fork.number, len(fork.sides)) for fork in found.forks] == [(2, 2)]
