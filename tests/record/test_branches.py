"""A chain with two histories, from its nodes alone: which side stands, and what settles nothing."""

import pytest

from ceasefire.record import Branch
from ceasefire.record.forks.branches import Keep, Sealing, branches, keeps
from ceasefire.record.forks.tree import Node
from ceasefire.record.proof import Proof


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


def sealed(*heads):
    """Return what is known of an author whose seals vouch for these records."""
    return Sealing(expected=True, heads=frozenset((number, name.encode() * 32) for number, name in heads))


def said(keep, number, previous, **more):
    """Return a branch record of russia's with its place in the chain, called by the letter w."""
    before = None if previous is None else previous.encode() * 32
    proof = Proof(number=number, hash=b"w" * 32, previous=before, salt=bytes(16))
    given = {"recorded": "2017-05-14T12:00:00Z", "proof": proof} | more
    return Branch(by="russia", id=f"russia/{number}", keep=keep, **given)


def test_a_word_that_names_the_record_before_it_keeps_itself():
    """Its author goes on from there; before the first record there is number 0."""
    hashes = [one.hash for one in FORKED]
    going_on = [said("russia/2@" + "62" * 6, 3, "b"), said("russia/0", 1, None)]
    assert [keep.hash for keep in keeps(going_on, hashes)] == [b"w" * 32] * 2
    naming = [said("63" * 32, 3, "b"), said("russia/0", 3, "b"), said("russia/2@" + "62" * 6, 1, None)]
    assert [keep.hash[:1] for keep in keeps(naming, hashes)] == [b"c", b"b"]


def test_a_word_without_a_date_keeps_nothing_and_one_from_the_future_is_outranked():
    """It was received before it says it was written: any other word counts more."""
    hashes = [one.hash for one in FORKED]
    assert keeps([said("62" * 32, 4, "d", recorded=None)], hashes) == []
    received = {"received": "2017-05-15T00:00:00Z"}
    future = said("62" * 32, 4, "d", recorded="2999-01-01T00:00:00Z", **received)
    early = said("63" * 32, 4, "d", recorded="2017-05-01T00:00:00Z", **received)
    assert standing(FORKED, *keeps([future, early], hashes))["c"] is True
    assert standing(FORKED, *keeps([future], hashes))["b"] is True


def test_a_side_that_is_not_here_may_stand_and_then_the_chain_is_not_whole():
    """A record follows another one than is here; once its author keeps what is here, nothing is missed."""
    nodes = (node(1, "a"), node(2, "b", "a"), node(3, "d", "x"))
    kept = []
    for words in ((), (word("d", at=5),), (word("b", at=5),)):
        found = branches(nodes, words)
        (fork,) = found.forks
        assert (fork.number, fork.missing, fork.followers) == (2, {b"x" * 32}, (b"d" * 32,))
        kept.append((fork.kept and fork.kept[:1], fork.settled, found.whole))
    assert kept == [(None, False, False), (b"x", False, False), (b"b", True, True)]


def test_a_record_that_follows_one_of_another_number_tells_of_a_record_that_is_not_here():
    """It skips a number, and says so by its hash; a seal that does counts for no record here."""
    (fork,) = branches((node(1, "a"), node(2, "b", "a"), node(3, "d", "a")), ()).forks
    assert (fork.number, len(fork.sides), len(fork.missing)) == (2, 2, 1)
    assert fork.followers == (b"d" * 32,)
    found = branches((node(1, "a"), node(2, "b", "a")), (), sealed((2, "a")))
    assert [(one.number, len(one.missing)) for one in found.forks] == [(2, 1)]


def test_what_a_seal_excludes_is_left_without_a_question():
    """Its own forks are nobody's concern; the one it is on is told, and what is sealed stands."""
    nodes = (node(1, "a"), node(2, "b", "a"), node(2, "c", "a"), node(3, "d", "c"), node(3, "e", "c"))
    found = branches(nodes, (word("e", at=5),), sealed((2, "b")))
    assert [(one.number, one.kept, one.sealed) for one in found.forks] == [(2, b"b" * 32, True)]
    assert found.excluded == {letter * 32 for letter in (b"c", b"d", b"e")}
    assert [one.number for one in branches(nodes, ()).forks] == [2, 3]


def test_an_author_who_signs_two_histories_has_vouched_for_neither():
    """From the number on that it sealed twice nothing stands by a seal; its sealed word settles that."""
    found = branches(FORKED, (), sealed((2, "c"), (3, "d")))
    assert set(found.standing.values()) == {None}
    assert not found.excluded
    kept = branches(FORKED, (Keep(b"b" * 32, (5, 3), b"d" * 32),), sealed((2, "c"), (3, "d")))
    assert [kept.standing[name * 32] for name in (b"b", b"c", b"d")] == [True, False, True]


def test_a_record_beyond_a_long_gap_is_not_what_the_next_one_follows():
    """Somebody may have written down a number far away: the chain goes on where its records are."""
    far = node(5_000, "z", "y")
    assert branches((*FORKED, far), ()).end().hash == b"d" * 32
    near = node(900, "z", "y")
    assert branches((*FORKED, near), ()).end().hash == b"z" * 32
