"""What an assessment says of seals: which records of a party with a key stand under one, and which do not."""

import pytest
from attrs import evolve, field, frozen
from hypothesis import given
from hypothesis import strategies as st

import pen
from ceasefire.assessment import assess
from ceasefire.assessment.knowledge.seals import _stretched
from ceasefire.assessment.result.view import view_of
from ceasefire.clock import instant
from ceasefire.journal import Journal
from ceasefire.record import Finding, Incident
from ceasefire.reporting import report

FIRST = "ed25519:O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik="
SECOND = "ed25519:TLWr9q15+/WrvMr8wmnYXNJlHtS4hbWGnyQa7fCluik="
#: Which nobody has declared.
THIRD = "ed25519:dCK5iHWYBo4yxESKlJrbKQ0PTjW54BsO5fGh5gD+JnQ="


@frozen(kw_only=True)
class Seal:
    """A seal as a journal hands it over: its signature was looked at there."""

    author: str = "red"
    length: int
    head: bytes
    key: str = FIRST
    at: int = field(default="2020-02-01T00:00:00Z", converter=lambda text: instant(text).us)


class Clock:
    """A clock that moves on by a second each time it is read."""

    def __init__(self):
        self.seconds = 0

    def __call__(self):
        self.seconds += 1
        return instant(f"2020-01-15T00:00:{self.seconds:02d}Z")


class Kept(list):
    """Records with seals, as a journal is."""

    def __init__(self, records, *seals):
        super().__init__(records)
        self.given = seals

    def heads(self):
        """Return no heads: nothing here asks for them."""
        return {}

    def mark(self):
        """Return that it is filled no further than now."""
        return 0

    def arrived(self, since):
        """Return that all is to be read anew."""

    def ahead(self):
        """Return that no clock is ahead."""
        return ()

    def seals(self, known_at=None):
        """Return the seals received by then, each when it was made."""
        return [seal for seal in self.given if known_at is None or seal.at <= known_at.us]


@pytest.fixture(scope="module")
def truce():
    """Return an agreement whose register declares a key of red until June and one of blue from March."""
    parties = ["red", "blue", "green"]
    keys = [
        {"party": "red", "key": FIRST, "until": "2020-06-30"},
        {"party": "blue", "key": SECOND, "from": "2020-03-01"},
    ]
    return pen.truce(pen.commitment("stop", owed_by=parties), party=parties, members=parties, key=keys)


def chain(author, length, **more):
    """Return the records of an author's chain, received in January 2020."""
    journal = Journal.in_memory(author, clock=lambda: instant("2020-01-15T00:00:00Z"))
    claim = Incident(**{"occurred": "2020-01-10", "act": "attack.shelling"} | more)
    journal.extend([claim] * length)
    return list(journal)


def seal(records, length=None, **more):
    """Return a seal over the records of a chain, or over the first so many."""
    newest = records[-1 if length is None else length - 1]
    return Seal(author=newest.by, length=newest.proof.number, head=newest.proof.hash, **more)


def odd(agreement, records, codes=("unsealed", "bad_seal", "incomplete"), **asked):
    """Return the problems with seals: record, code and what."""
    found = assess(agreement, records, **{"as_of": "2020-12-31"} | asked).to_dict()["problems"]
    return [(p["record"], p["code"], p["what"]) for p in found if p["code"] in codes]


def test_what_no_seal_covers_is_unsealed(truce):
    """The records after the seal, as one stretch; those under it are not named."""
    records = chain("red", 5)
    assert odd(truce, Kept(records, seal(records, 3))) == [
        ("red/4", "unsealed", "2 records of red under no seal: red/4 to red/5")
    ]


def test_a_chain_under_its_seal_has_no_problem(truce):
    """The newest record is sealed, and with it all before it."""
    records = chain("red", 5)
    assert odd(truce, Kept(records, seal(records, 5), seal(records, 2))) == []


def test_only_a_report_for_the_author_tells_how_long_a_sealed_chain_is(truce):
    """The length of a seal counts the records that others may not see."""
    records = chain("red", 7)
    public = evolve(records[0], release="public")
    status = assess(truce, Kept([public, *records[1:]], seal(records)), as_of="2020-12-31")
    told = report(status, audience="public").to_markdown()
    assert "- Seals: red: 1 of one record under seal" in told
    assert "is over" not in told
    closed = evolve(records[0], release="author")
    status = assess(truce, Kept([closed, *records[1:]], seal(records)), as_of="2020-12-31")
    told = report(status, audience="mechanism").to_markdown()
    assert "6 of 6 records under seal; the newest, by its own word of 1 February, 00:00" in told
    assert "is over" not in told
    assert "is over 7 by the key" in report(status, audience="author").to_markdown()


def test_a_party_without_a_key_is_not_expected_to_seal(truce):
    """Green has declared no key, so nothing of it is unsealed, nor incomplete, whatever it sealed."""
    records = chain("green", 2)
    assert odd(truce, Kept(records, seal(records, 1, key=THIRD))) == []
    assert odd(truce, Kept(records[:1], seal(records, key=THIRD))) == []


def test_the_key_of_another_does_not_count_for_a_party_without_one(truce):
    """The seal is told, and nothing else of green; red, after it, is told as ever."""
    records = chain("green", 2)
    given = Kept(records + chain("red", 1), seal(records, 1, key=THIRD), seal(records))
    wanted = [
        (
            "green/2",
            "bad_seal",
            f"the seal of green under 2 records does not count: the key {FIRST} is declared for red, not for green",
        ),
        ("red/1", "unsealed", "1 record of red under no seal: red/1"),
    ]
    assert odd(truce, given) == wanted
    status = assess(truce, given, as_of="2020-12-31")
    assert [one.author for one in status.sealed] == ["red"]
    told = [(p["record"], p["code"]) for p in status.plus().table("problems")]
    assert [one for one in told if one[1] != "possible_duplicate"] == [
        ("green/2", "bad_seal"),
        ("red/1", "unsealed"),
    ]


def test_the_key_of_another_does_not_count_before_a_party_declares_its_own(truce):
    """As known in February blue had no key, and red's was red's."""
    records = chain("blue", 1)
    assert [code for _, code, _ in odd(truce, Kept(records, seal(records)), known_at="2020-02-29")] == [
        "bad_seal"
    ]


def test_records_in_a_plain_list_stand_under_no_seal(truce):
    """Nothing vouches for what came without a journal, nor for what was written by hand."""
    told = [("red/1", "unsealed", "1 record of red under no seal: red/1")]
    records = chain("red", 1)
    assert odd(truce, records + chain("green", 1)) == told
    by_hand = evolve(records[0], proof=None)
    assert odd(truce, Kept([by_hand], seal(records)), ("unsealed",)) == told


def test_a_seal_of_another_key_or_out_of_its_time_does_not_count(truce):
    """Each is named with the reason, and what only it covered is unsealed."""
    records = chain("red", 2)
    late = "2020-07-01T00:00:00Z"
    for bad, reason in (
        (seal(records, key=SECOND), f"the key {SECOND} is declared for blue, not for red"),
        (
            seal(records, at=late),
            f"the key {FIRST} does not sign for red at {late}: it signs until 2020-06-30",
        ),
    ):
        assert odd(truce, Kept(records, bad)) == [
            ("red/1", "unsealed", "2 records of red under no seal: red/1 to red/2"),
            ("red/2", "bad_seal", f"the seal of red under 2 records does not count: {reason}"),
        ]


def test_a_key_that_was_replaced_still_vouches_for_its_time(truce):
    """What red sealed before its key ended stays sealed for good."""
    records = chain("red", 2)
    assert odd(truce, Kept(records, seal(records, at="2020-06-30T23:59:59Z"))) == []


def test_a_seal_over_more_than_is_here_is_told(truce):
    """The end of the chain is missing: it was cut off, or has not arrived."""
    records = chain("red", 4)
    told = (
        "red/4",
        "incomplete",
        "red sealed 4 records on 2020-02-01T00:00:00Z, and the newest of them is not among those known",
    )
    assert odd(truce, Kept(records[:2], seal(records))) == [
        ("red/1", "unsealed", "2 records of red under no seal: red/1 to red/2"),
        told,
    ]
    assert odd(truce, Kept([], seal(records))) == [told]


@pytest.mark.parametrize("rare", [False, True], ids=["an act", "beside a fork"])
def test_what_comes_later_may_be_what_a_seal_vouches_for(truce, rare):
    """Its newest record was not here: with it, all are sealed."""
    records = chain("red", 3)
    more = [records[2], evolve(chain("green", 1)[0], id="green/1@00000000000a", proof=None)][: 1 + rare]
    status = assess(truce, Kept(records[:2], seal(records)), as_of="2020-02-02")
    whole = assess(truce, Kept([*records, *more[1:]], seal(records)), as_of="2020-02-02")
    assert status.sealed != whole.sealed
    assert status.plus(*more).sealed == whole.sealed
    assert status.plus(*more).to_dict() == whole.to_dict()


def only_rows(status):
    """Tell whether nothing was found beside the rows."""
    return view_of(status).fresh is not None and "whole" not in vars(view_of(status))


def test_what_comes_beside_seals_is_as_if_it_had_been_there(truce):
    """An act with or without its chain is added to the rows; a finding under no seal, or another record than is sealed, may change more."""
    records, others = chain("red", 3), chain("red", 3, act="movement")
    signed = seal(records, at="2020-01-20T00:00:00Z")
    by_hand = evolve(chain("green", 1)[0], proof=None)
    judged = pen.finding(90, "red/1", "refuted", by="red", recorded="2020-01-15T00:00:00Z")
    status = assess(truce, Kept(records[:2], signed), as_of="2020-02-02")
    for more, alone in (
        ([records[2], by_hand], True),
        ([by_hand], True),
        ([judged], False),
        ([evolve(records[2], proof=others[2].proof)], False),
        ([evolve(records[2], proof=evolve(records[2].proof, hash=others[2].proof.hash))], False),
    ):
        added = status.plus(*more)
        assert only_rows(added) is alone
        whole = assess(truce, Kept([*records[:2], *more], signed), as_of="2020-02-02")
        assert added.to_dict() == whole.to_dict()


def test_a_finding_under_no_seal_is_told_as_that_and_not_as_on_a_fork(truce):
    """Red confirmed the act under its seal; a refutation that follows it is shown with why it does not count."""
    journal = Journal.in_memory("red", clock=Clock())
    said_of_blue = {"occurred": "2020-01-10", "act": "attack", "accused": ["blue"]}
    act = Incident(by="green", id="green/1", recorded="2020-01-14T00:00:00Z", **said_of_blue)
    for outcome in ("confirmed", "refuted"):
        journal.record(Finding(on="green/1", outcome=outcome))
    said = list(journal)
    status = assess(truce, Kept([act, *said], seal(said, 1)), as_of="2020-01-20")
    odd_here = [(p["record"], p["code"]) for p in status.to_dict()["problems"] if p["record"] == "red/2"]
    assert odd_here == [("red/2", "unsealed")] * 2  # with no effect, and under no seal
    (reason,) = [r for r in status.to_dict()["reasons"] if r["record"] == "red/2"]
    assert (reason["effect"], reason["code"]) == ("not_counted", "unsealed")
    assert status.why("stop", "blue", record="red/2") == (
        "red/2, a finding stated by red. It does not count here: under no seal, and would change what its "
        "author has sealed."
    )
    told = report(status).to_markdown()
    assert "(under no seal)" in told
    assert "on a forked chain" not in told


def test_a_seal_vouches_as_far_as_the_chain_is_here(truce):
    """Behind a gap nothing shows that the records are those that were sealed."""
    records = chain("red", 5)
    assert odd(truce, Kept([*records[:2], *records[3:]], seal(records))) == [
        ("red/1", "unsealed", "2 records of red under no seal: red/1 to red/2")
    ]


def test_a_seal_over_another_record_of_that_number_vouches_for_nothing(truce):
    """The number alone is no proof."""
    records, others = chain("red", 2), chain("red", 2)
    told = [code for _, code, _ in odd(truce, Kept(records, seal(others)))]
    assert told == ["unsealed", "incomplete"]


def test_of_a_fork_only_the_branch_under_the_seal_is_sealed(truce):
    """Two histories from the second record on, one of them vouched for."""
    journal, other = (Journal.in_memory("red", clock=Clock()) for _ in range(2))
    journal.record(Incident(occurred="2020-01-10", act="attack"))
    other.merge(journal)
    for one in (journal, other):
        one.extend([Incident(occurred="2020-01-11", act="attack")] * 2)
    signed = seal(list(journal))
    journal.merge(other)
    dropped = [
        record.id for record in journal if record.proof.hash in {r.proof.hash for r in list(other)[1:]}
    ]
    assert len(dropped) == 2
    (told,) = odd(truce, Kept(journal, signed))
    assert told[:2] == (min(dropped), "unsealed")
    assert told[2] == f"2 records of red under no seal: {' to '.join(dropped)}"


def test_of_many_stretches_the_first_are_named(truce):
    """A sentence stays one."""
    assert odd(truce, chain("red", 20)[::2])[0][2] == (
        "10 records of red under no seal: red/1, red/3, red/5, red/7, red/9 and 5 more stretches"
    )


def test_just_as_many_stretches_as_are_named_leave_none_to_count(truce):
    """A stretch of three is told by its ends."""
    records = chain("red", 12)
    kept = [records[n - 1] for n in (1, 2, 3, 5, 7, 9, 11)]
    assert odd(truce, kept)[0][2] == (
        "7 records of red under no seal: red/1 to red/3, red/5, red/7, red/9, red/11"
    )


def test_of_seals_over_as_many_records_the_newest_is_told(truce):
    """By its own word."""
    records = chain("red", 3)
    seals = (seal(records, at="2020-02-01T00:00:00Z"), seal(records, at="2020-03-01T00:00:00Z"))
    for several in (seals, seals[::-1]):
        (one,) = assess(truce, Kept(records, *several), as_of="2020-12-31").sealed
        assert one.newest == seals[1]


def test_what_is_odd_about_one_author_is_told_beside_what_is_about_another(truce):
    """Each has a chain of its own."""
    records = chain("blue", 1) + chain("red", 1)
    told = [(name, code) for name, code, _ in odd(truce, records)]
    assert told == [("blue/1", "unsealed"), ("red/1", "unsealed")]


def test_numbers_in_a_row_are_one_stretch():
    """A hole begins another."""
    assert _stretched([1, 2, 3, 5, 7, 8]) == ((1, 3), (5, 5), (7, 8))
    assert _stretched([]) == ()


def test_before_it_declared_a_key_a_party_was_not_expected_to_seal(truce):
    """As known in February, blue had no key; as known in March, it had."""
    records = chain("blue", 1)
    assert odd(truce, records, known_at="2020-02-29") == []
    assert [code for _, code, _ in odd(truce, records, known_at="2020-03-01")] == ["unsealed"]


def test_a_seal_counts_from_when_it_was_received(truce):
    """As known before the seal came, nothing was sealed."""
    records = chain("red", 1)
    kept = Kept(records, seal(records, at="2020-02-01T00:00:00Z"))
    assert [code for _, code, _ in odd(truce, kept, known_at="2020-01-31")] == ["unsealed"]
    assert odd(truce, kept, known_at="2020-02-01") == []


def test_p32_what_arrives_later_changes_nothing_that_was_known(truce):
    """A gap that healed later was open then: what was behind it was not known to be sealed."""
    records = chain("red", 3)
    late = evolve(records[1], received="2020-03-01T00:00:00Z")
    kept = Kept([records[0], late, records[2]], seal(records))
    before = odd(truce, Kept([records[0], records[2]], seal(records)), known_at="2020-02-15")
    assert odd(truce, kept, known_at="2020-02-15") == before != []
    assert odd(truce, kept) == []


def test_p11_what_had_not_occurred_yet_is_not_told_as_unsealed(truce):
    """An act after `as_of` changes nothing, here neither."""
    assert odd(truce, chain("red", 1, occurred="2020-05-01"), as_of="2020-04-30") == []


def test_seals_move_nothing(truce):
    """Rows, claims and positions are the same with a seal, without, and with a bad one."""
    red = chain("red", 2, accused="blue")
    records = red + chain("blue", 1, accused="red")
    answers = []
    for kept in (records, Kept(records, seal(red)), Kept(records, seal(red, key=SECOND))):
        told = assess(truce, kept, as_of="2020-12-31").to_dict()
        del told["problems"]
        answers.append(told)
    assert answers[0] == answers[1] == answers[2]


def test_what_an_audience_may_not_see_still_links_what_it_sees(truce):
    """A public report says of public records whether they are sealed, though others lie between."""
    journal = Journal.in_memory("red", clock=Clock())
    for release in ("public", "mechanism", "public"):
        journal.record(Incident(occurred="2020-01-10", act="attack", release=release))
    kept = Kept(journal, seal(list(journal)))
    seen = assess(truce, kept, as_of="2020-12-31").for_audience("public")
    assert [(one.sealed, one.unsealed) for one in seen.sealed] == [(2, ())]


def test_the_assessment_says_how_much_is_sealed(truce):
    """For each author with a key: how many, by which seal, and which not."""
    records = chain("red", 5)
    seals = (seal(records, 1), seal(records, 3))
    (one,) = assess(truce, Kept(records, *seals), as_of="2020-12-31").sealed
    assert (one.author, one.newest, one.sealed, one.unsealed) == ("red", seals[1], 3, ("red/4", "red/5"))


def test_the_report_says_how_much_is_sealed(truce):
    """Under how it was made: counts, the time by the seal's own word, and the key."""
    red = chain("red", 5)
    records = red + chain("blue", 1) + chain("green", 1)
    status = assess(truce, Kept(records, seal(red, 3)), as_of="2020-12-31")
    text = report(status, audience="author").to_markdown()
    made = text[text.index("## D · How this report was made") :]
    assert "3 of 5 records under seal; the newest, by its own word of 1 February" in made
    assert f"is over 3 by the key `{FIRST}`" in made
    assert "blue: none" in made
    assert "none; one record under no seal" in made
    assert "Seals of green" not in made
    assert "2 records of red under no seal: red/4 to red/5" in text


LONG = chain("red", 12)


@given(st.sets(st.integers(1, 12)), st.lists(st.integers(1, 12), max_size=3))
def test_every_record_is_either_sealed_or_named(truce, numbers, lengths):
    """Whatever is here and sealed: a record is sealed if it is one a seal names, or the one after it is here and sealed."""
    records = Kept([LONG[n - 1] for n in sorted(numbers)], *(seal(LONG, length) for length in lengths))
    sealed = assess(truce, records, as_of="2020-12-31").sealed
    plain = set()
    for n in sorted(numbers, reverse=True):
        if n in lengths or n + 1 in plain:
            plain.add(n)
    assert [one.unsealed for one in sealed] == (
        [tuple(f"red/{n}" for n in sorted(numbers - plain))] if numbers or lengths else []
    )
    assert sum(one.sealed for one in sealed) == len(plain)


def test_a_record_more_may_be_the_one_a_seal_is_over(truce):
    """A seal is incomplete until its newest record is known, and no longer once that is added."""
    records = chain("red", 3)
    early = evolve(records[2], received=instant("2020-01-25T00:00:00Z"))
    given = Kept(records[:2], seal(records, at="2020-01-16T00:00:00Z"))
    for asked, wanted in (({}, []), ({"known_at": "2020-01-20"}, ["red/3"])):
        status = assess(truce, given, as_of="2020-12-31", **asked)
        assert [p["record"] for p in status.table("problems") if p["code"] == "incomplete"] == ["red/3"]
        more = status.plus(early).table("problems")
        assert [p["record"] for p in more if p["code"] == "incomplete"] == wanted
