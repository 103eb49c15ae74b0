"""Chains with two histories, told by records alone: what they are called here, and which have no effect."""

import pytest

from ceasefire.assessment.knowledge.forks import chains, names_a_fork
from ceasefire.record import Absent, Branch, Correction, Finding, Incident, Withdrawal
from ceasefire.record.forks.branches import Sealing
from ceasefire.record.proof import UNCHAINED, Proof


def digest(number, side):
    """Return a hash of 32 bytes that tells a number and a side."""
    return bytes([number]) + side.encode() * 31


def digits(number, side):
    """Return the first digits of it, as ids have them."""
    return digest(number, side).hex()[:12]


def proof(number, side="a", before="a", *, chained=True):
    """Return the place of a record after one of some side."""
    previous = None if number == 1 else digest(number - 1, before)
    return Proof(
        number=number, hash=digest(number, side), previous=previous if chained else UNCHAINED, salt=bytes(16)
    )


def act(name="red/1", at=None, **more):
    """Return an incident of red's."""
    fields = {
        "by": "red",
        "recorded": "2020-01-01T00:00:00Z",
        "occurred": "2020-01-01",
        "act": "attack",
    } | more
    return Incident(id=name, proof=at, **fields)


def finding(name, at=None, on="blue/1", recorded="2020-01-02T00:00:00Z"):
    """Return a finding of red's."""
    return Finding(by="red", id=name, recorded=recorded, on=on, outcome="confirmed", proof=at)


def branch(name, keep, at=None, recorded="2020-01-09T00:00:00Z"):
    """Return red's word on which side stands."""
    return Branch(by="red", id=name, recorded=recorded, keep=keep, proof=at)


def found(*records, known=lambda _: True):
    """Return the records under their ids, and what their chains say."""
    return chains(records, known)


def ids(*records, **asked):
    """Return the ids the records have together."""
    return [record.id for record in found(*records, **asked)[0]]


def idle(*records, **asked):
    """Return what has no effect; True where another branch is kept."""
    return dict(found(*records, **asked)[1].idle)


def forks(*records, **asked):
    """Return where chains divide: author, number, the ids that prove it, and the one kept."""
    return [(f.author, f.number, f.ids, f.kept) for f in found(*records, **asked)[1].forks]


A2, B2 = f"red/2@{digits(2, 'a')}", f"red/2@{digits(2, 'b')}"


# What they are called


def test_records_without_a_fork_are_handed_back_as_they_came():
    """Nothing is looked at twice."""
    records = (act(at=proof(1)), finding("red/2", proof(2)))
    given, told = chains(records, lambda _: True)
    assert given is records
    assert (told.forks, told.idle) == ((), {})


def test_two_histories_give_two_ids_with_digits():
    """The bare number names neither; whoever pointed at it by digits points at the one meant."""
    one, two = finding("red/2", proof(2)), finding("red/2", proof(2, "b"), on="blue/2")
    assert ids(act(at=proof(1)), one, two) == ["red/1", A2, B2]
    assert forks(one, two) == [("red", 2, (A2, B2), None)]
    assert idle(act(at=proof(1)), one, two) == {A2: False, B2: False}


def test_what_is_not_known_makes_no_fork():
    """As known before the second history came, the record had its plain id."""
    one, two = finding("red/2", proof(2)), finding("red/2", proof(2, "b"), on="blue/2")
    assert ids(one, two, known=lambda record: record.on == "blue/1") == ["red/2", "red/2"]
    assert idle(one, two, known=lambda record: record.on == "blue/1") == {}
    assert idle(one, two, known=lambda _: False) == {}


@pytest.mark.parametrize("turned", [False, True])
def test_copies_of_one_record_are_one(turned):
    """Under the id with digits, if one has it: whoever gave it knew of another; of two such, the longer digits."""
    plain, told = finding("red/2", proof(2)), finding(A2, proof(2))
    longer = finding(f"red/2@{digest(2, 'a').hex()[:14]}", proof(2))
    others = [finding("red/3", proof(3)), finding("red/3", proof(3)), finding("red/5", proof(5))]
    more = [finding("red/4", proof(4)), finding("red/4", proof(4))]
    records = [plain, told, *others, *more]
    assert ids(*(records[::-1] if turned else records)) == (
        ["red/4", "red/5", "red/3", A2] if turned else [A2, "red/3", "red/5", "red/4"]
    )
    assert ids(*((longer, plain, told) if turned else (plain, told, longer))) == [longer.id]


def test_copies_before_and_after_a_fork_keep_their_ids():
    """Each number by itself."""
    copies = [act(at=proof(1)), act(at=proof(1))]
    sides = [finding("red/2", proof(2)), finding("red/2", proof(2, "b"), on="blue/2")]
    later = [finding("red/3", proof(3)), finding(f"red/3@{digits(3, 'a')}", proof(3))]
    last = [act("blue/4", proof(4), by="blue"), act("blue/4", proof(4, "b"), by="blue", act="movement")]
    assert ids(*copies, *sides, *later, *last) == [
        "red/1", A2, B2, f"red/3@{digits(3, 'a')}", f"blue/4@{digits(4, 'a')}", f"blue/4@{digits(4, 'b')}",
    ]  # fmt: skip


def test_of_two_copies_the_one_with_its_body_is_looked_at_then_the_one_received_first():
    """In a file, when it was received is when it was recorded."""
    gone = Absent(by="red", id="red/2", recorded="2020-01-02T00:00:00Z", was="finding", proof=proof(2))
    early = act("red/2", proof(2), received="2020-01-05T00:00:00Z")
    late = act("red/2", proof(2), received="2020-01-06T00:00:00Z")
    unsaid = act("red/2", proof(2), recorded="2020-01-04T00:00:00Z")
    never = act("red/2", proof(2), recorded=None)
    for first, *others in ((early, late), (early, gone), (unsaid, early, late), (never, unsaid, gone)):
        for records in ([first, *others], [*others, first]):
            (kept,) = found(*records)[0]
            assert (kept.kind, kept.received, kept.recorded) == (first.kind, first.received, first.recorded)


def test_what_was_not_chained_and_says_the_same_is_no_record_of_its_own():
    """Somebody handed the record round as plain text, and it was merged again."""
    chained = finding("red/2", proof(2))
    plain = finding("red/2", proof(2, "x", chained=False))
    other = act("blue/7", proof(7), by="blue")
    again = act("blue/7", proof(7, "x", chained=False), by="blue")
    assert ids(chained, plain, other, again) == ["red/2", "blue/7"]
    assert forks(chained, plain) == []
    different = finding("red/2", proof(2, "x", chained=False), on="blue/2")
    assert ids(chained, different) == ["red/2", f"red/2@{digits(2, 'x')}"]
    assert forks(chained, different) == [], "it stands in no chain"


def test_what_points_at_a_record_by_digits_points_at_its_id_here():
    """Where the other history has not come, or where digits name none or nothing."""
    one = act("red/2", proof(2))
    at = [
        finding("red/3", proof(3), on=name) for name in (A2, B2, "red/2@x", "green/9@000000000000", "red/2")
    ]
    assert [found(one, one, record)[0][-1].on for record in at] == [
        "red/2",
        B2,
        "red/2@x",
        "green/9@000000000000",
        "red/2",
    ]
    plain = act("red/8")
    assert found(one, one, plain, at[0])[0][0] is plain, "what points at nothing is left as it is"
    sides = [act("red/2", proof(2)), act("red/2", proof(2, "b"), act="movement")]
    named = found(*sides, finding("red/3", proof(3), on=f"red/2@{digest(2, 'b').hex()}"))[0]
    assert named[-1].on == B2
    short = found(*sides, finding("red/3", proof(3), on="red/2@0261"))[0]
    assert short[-1].on == "red/2@0261", "so few digits name nothing"


@pytest.mark.parametrize(
    ("record", "names"),
    [
        (act(), False),
        (act("red/1@00000000000a"), True),
        (act(None), False),
        (act(same_as="blue/1@00000000000a"), True),
        (finding("red/2", on="blue/1@00000000000a"), True),
        (Withdrawal(by="red", id="red/2", of="red/1@00000000000a"), True),
        (Withdrawal(by="red", id="red/2", of="red/1"), False),
    ],
)
def test_a_record_names_a_fork_by_its_id_or_by_what_it_points_at(record, names):
    """There is `@` in it."""
    assert names_a_fork(record) is names


# What has no effect


def test_from_the_first_forked_number_on_nothing_has_effect_on_either_side():
    """Findings, corrections and withdrawals; what was before stands, claims stay."""
    before, after = finding("red/1", proof(1)), finding("red/3", proof(3))
    sides = [
        Correction(by="red", id="red/2", of="red/1", set={"text": side}, proof=proof(2, side))
        for side in "ab"
    ]
    back = Withdrawal(by="red", id="red/4", of="red/1", proof=proof(4))
    assert idle(after, *sides, before, back, act("red/5", proof(5))) == {
        A2: False, B2: False, "red/3": False, "red/4": False,
    }  # fmt: skip


def test_where_a_forked_number_has_one_record_here_the_other_is_somewhere():
    """Whoever gave the id with digits knew of it, so nothing decides anything from that number on."""
    records = [
        finding("red/1", proof(1)),
        finding(A2, proof(2)),
        finding("red/3", proof(3)),
        act("red/5", proof(5)),
    ]
    assert forks(*records) == [("red", 2, (A2,), None)]
    assert idle(*records) == {A2: False, "red/3": False}
    twice = [finding(f"red/4@{digits(4, 'a')}", proof(4)), *records[::-1]]
    assert idle(*twice) == {A2: False, "red/3": False, f"red/4@{digits(4, 'a')}": False}
    assert forks(*twice)[0] == ("red", 2, (A2,), None)


def test_an_id_of_somebody_else_is_no_place_in_a_chain():
    """Nor is one without a number; whoever wrote it down, it forks nobody's chain."""
    stranger = act("red/2@00000000000a", by="blue")
    note = act("note@00000000000a")
    assert idle(stranger, note, finding("red/3")) == {}
    fork = finding("red/4@00000000000a")
    assert idle(stranger, note, fork) == {fork.id: False}, "nor does it hide a fork of the author's own"
    assert forks(act("red/0@00000000000a"), act("red/0@00000000000b")) == [
        ("red", 0, ("red/0@00000000000a", "red/0@00000000000b"), None)
    ]


def test_each_author_has_forks_of_its_own():
    """Those of all are told, by author."""
    sides = [
        act(f"{by}/2@00000000000{s}", by=by, act=a)
        for by in ("red", "blue")
        for s, a in (("a", "attack"), ("b", "movement"))
    ]
    assert [author for author, _, _, _ in forks(*sides)] == ["blue", "red"]


def test_what_was_not_chained_forks_nothing_and_hides_nothing_that_does():
    """It has a number, and stands in no chain; the records beside it do."""
    plain = [
        act(f"red/2@{digits(2, s)}", proof(2, s, chained=False), act=a)
        for s, a in (("x", "attack"), ("y", "movement"))
    ]
    assert forks(*plain) == []
    sides = [finding("red/3", proof(3, s), on=on) for s, on in (("a", "blue/1"), ("b", "blue/2"))]
    assert [number for _, number, _, _ in forks(*plain, *sides)] == [3]


# What the author says


def test_on_the_side_its_author_keeps_records_have_effect_and_on_the_other_none():
    """The word names a hash, by all its digits or the first of them."""
    sides = [finding("red/2", proof(2, s), on=on) for s, on in (("a", "blue/1"), ("b", "blue/2"))]
    after = finding("red/3", proof(3, "a", "a"))
    word = branch("red/4", digits(2, "a"), proof(4, "a", "a"))
    last = finding("red/5", proof(5, "a", "a"))
    assert idle(*sides, after, word, last) == {B2: True}
    assert forks(*sides, after, word) == [("red", 2, (A2, B2), A2)]
    other = branch("red/4", digest(2, "b").hex(), proof(4, "a", "a"))
    assert idle(*sides, after, other) == {A2: True, "red/3": True}


def test_in_a_file_without_proofs_what_follows_the_word_that_settles_all_stands():
    """Of what lies between, nothing says on which side it was."""
    sides = [finding("red/2@00000000000a"), finding("red/2@00000000000b", on="blue/2")]
    word = branch("red/4", "00000000000a")
    between, after = finding("red/3"), finding("red/5")
    assert idle(*sides, between, word, after) == {"red/2@00000000000b": True, "red/3": False}
    assert idle(*sides, between, after) == {
        "red/2@00000000000a": False, "red/2@00000000000b": False, "red/3": False, "red/5": False,
    }  # fmt: skip


def test_a_word_that_is_itself_on_a_side_settles_from_the_next_number_on():
    """Not its own number: there the other side is."""
    other, word = finding("red/2@00000000000a"), branch("red/2@00000000000b", "00000000000b")
    assert idle(other, word, finding("red/3"), finding("red/4")) == {"red/2@00000000000a": True}


def test_one_word_does_not_settle_two_places():
    """Until all are settled nothing is known of what comes after."""
    first = [finding("red/2@00000000000a"), finding("red/2@00000000000b", on="blue/2")]
    second = [finding("red/5@00000000000c"), finding("red/5@00000000000d", on="blue/2")]
    word, after = branch("red/3", "00000000000a"), finding("red/6")
    assert "red/6" in idle(*first, word, *second, after)
    both = branch("red/7", "00000000000c", recorded="2020-01-10T00:00:00Z")
    still = idle(*first, word, *second, both, after, finding("red/8"))
    assert still["red/8"] is False, "nothing says which side the second two follow"


def test_digits_that_are_no_whole_bytes_still_tell_two_sides():
    """Somebody cut them."""
    assert forks(finding("red/2@abc"), finding("red/2@def", on="blue/2")) == [
        ("red", 2, ("red/2@abc", "red/2@def"), None)
    ]


# What is told


def test_a_fork_is_told_once_and_each_record_without_effect():
    """With the first of its records that is known; where its author has said, only what was dropped is told."""
    sides = [finding("red/2", proof(2, s), on=on) for s, on in (("a", "blue/1"), ("b", "blue/2"))]
    after = finding("red/3", proof(3))
    records, told = found(*sides, after)
    known = {record.id: record for record in records}
    assert [(p.record, p.code) for p in told.problems(known)] == [
        (A2, "fork"),
        (B2, "fork"),
        ("red/3", "fork"),
    ]
    assert [p.record for p in told.problems({n: r for n, r in known.items() if n != A2})] == [B2, "red/3"]
    assert told.problems({}) == []
    whats = [p.what for p in told.problems(known)]
    assert whats[0].startswith(f"red has two histories from number 2 on: {A2} and {B2};")
    assert whats[2] == "red/3, a finding, is on a forked chain: no effect"
    records, told = found(*sides, after, branch("red/4", digits(2, "b"), proof(4)))
    dropped = told.problems({record.id: record for record in records})
    assert [(p.record, p.what.partition(", is ")[2]) for p in dropped] == [
        (A2, "on a branch that its author does not keep: no effect"),
        ("red/3", "on a branch that its author does not keep: no effect"),
    ]


def under_seal(*records, heads=((2, "a"),)):
    """Return the records, and what their chains say where red's seals vouch for these of its own."""
    vouched = frozenset((number, digest(number, side)) for number, side in heads)
    return chains(records, lambda _: True, {"red": Sealing(expected=True, heads=vouched)})


def whats(told, records):
    """Return the problems as record and sentence."""
    return [(p.record, p.what) for p in told.problems({record.id: record for record in records})]


def test_a_record_that_follows_another_than_is_here_is_told_as_a_second_history():
    """By its name and by what is here; where a seal vouches for what is not here, that stands."""
    second, third = finding("red/2", proof(2)), finding("red/3", proof(3, "a", "b"))
    records, told = found(second, third)
    (fork,) = told.forks
    assert (fork.ids, fork.missing, fork.followers) == (("red/2",), True, ("red/3",))
    what = "red has two histories from number 2 on: red/2 is here, and red/3 follows another red/2, which is not here"
    assert whats(told, records)[0] == (
        "red/3", f"{what}; red has not said which stands, so neither decides anything"
    )  # fmt: skip
    assert told.problems({"red/2": second})[0].record == "red/2", "of what is known alone"
    records, told = under_seal(second, third, heads=[(3, "a")])
    assert ("red/3", f"{what}; what is sealed stands, so what is here of it decides nothing") in whats(
        told, records
    )
    assert set(told.excluded) == {"red/2"}


def test_a_seal_over_another_record_than_is_here_is_told_too():
    """Nothing that follows it is here; the record in its place has no effect."""
    first, second = act(at=proof(1)), finding("red/2", proof(2))
    records, told = under_seal(first, second, heads=[(2, "b")])
    ((name, what),) = whats(told, records)
    assert name == "red/2"
    assert "and a seal of red vouches for another red/2, which is not here; what is sealed stands" in what
    assert told.without_effect == {"red/2": "fork"}


@pytest.mark.parametrize("forked", [False, True])
def test_what_is_under_no_seal_changes_nothing_that_is(forked):
    """Neither by a correction nor by another finding, whatever wording it names; nor does it open anything."""
    sealed = [act(at=proof(1)), finding("red/2", proof(2), on="blue/1")]
    blue = [
        Correction(by="blue", id="blue/2", of="blue/1", set={"zone": "north"}),
        Correction(by="blue", id="blue/8", of="blue/9", set={"zone": "north"}),
        Correction(by="blue", id="blue/9", of="blue/8", set={"zone": "north"}),
    ]
    said = [
        Withdrawal(by="red", id="red/3", of="red/2", proof=proof(3)),
        Correction(by="red", id="red/4", of="red/1", set={"zone": "north"}, proof=proof(4)),
        finding("red/5", proof(5), on="blue/1"),
        finding("red/6", proof(6), on="blue/2"),
        Correction(by="red", id="red/7", of="red/10", set={"release": "public"}, proof=proof(7)),
        Correction(by="red", id="red/8", of="red/10", unset=["release"], proof=proof(8)),
    ]
    own = [
        finding("red/9", proof(9), on="blue/8"),
        act("red/10", proof(10)),
        Correction(by="red", id="red/11", of="red/10", set={"zone": "south"}, proof=proof(11)),
        Withdrawal(by="red", id="red/12", of="red/9", proof=proof(12)),
    ]
    fork = [act("green/1", proof(1, side), by="green", zone=side) for side in "ab"] if forked else []
    records, told = under_seal(*sealed, *blue, *said, *own, *fork)
    assert told.plain is not forked
    assert told.unsealed == {record.id for record in said}
    assert told.without_effect == dict.fromkeys(told.unsealed, "unsealed")
    found_odd = [what for name, what in whats(told, records) if name.startswith("red/")]
    assert found_odd[0] == (
        "red/3, a withdrawal, is under no seal, and would change what is: no effect until it is sealed"
    )
    assert len(found_odd) == len(said)
    assert under_seal(*sealed, *said, heads=[(8, "a")])[1].unsealed == frozenset()
