"""Which records an audience may see, record by record: releases, and corrections that change them.

What a report then shows of them stands in tests/reporting/test_release.py.
"""

import pytest

import pen
from ceasefire.assessment.knowledge.release import missing, released
from ceasefire.record import Correction, Erasure, Incident, Withdrawal

AUDIENCES = ("author", "mechanism", "public")


def act(number=1, release="mechanism", by="red"):
    """Return an author's incident."""
    return pen.incident(number, by, recorded="2020-01-01T00:00:00Z", occurred="2020-01-01", release=release)


def amending(kind, number, of="red/1", release="public", by="red", **fields):
    """Return what an author wrote to amend a record, each a day after the one before."""
    recorded = f"2020-01-{number:02d}T00:00:00Z"
    return kind(by=by, id=f"{by}/{number}", of=of, recorded=recorded, release=release, **fields)


def correction(number, of="red/1", own="public", by="red", **fields):
    """Return a correction of some fields, with a release of its own."""
    return amending(Correction, number, of, own, by, set=fields or {"zone": "north"})


def seen(*records, audience="public", known_at=None, idle=()):
    """Return the ids of the records that an audience may see."""
    return [record.id for record in released(records, audience, known_at, idle)]


def test_each_audience_sees_what_is_released_to_it():
    """The author everything, the mechanism all but that, the public what is public; in the order given."""
    records = [act(3, "public"), act(2, "mechanism"), act(1, "author")]
    assert [seen(*records, audience=audience) for audience in AUDIENCES] == [
        ["red/3", "red/2", "red/1"],
        ["red/3", "red/2"],
        ["red/3"],
    ]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_where_all_may_be_seen_nothing_is_made_anew(audience):
    """The records are handed back as they came, so that an assessment of them need not be made again."""
    levels = {"author": AUDIENCES, "mechanism": AUDIENCES[1:], "public": AUDIENCES[2:]}[audience]
    records = tuple(act(n, level) for n, level in enumerate(levels, 1))
    assert released(records, audience, None) is records


def test_a_correction_opens_a_record_and_closes_another():
    """What counts is the release as it now stands, whatever it was."""
    records = (act(1), act(2, "public"), act(3, "public"), act(4))
    opened = correction(5, "red/4", release="public")
    closed = correction(6, "red/2", release="mechanism")
    assert seen(*records) == ["red/2", "red/3"]
    assert seen(*records, opened, closed) == ["red/3", "red/4", "red/5"]
    assert seen(act(4), opened) == ["red/4", "red/5"]
    assert seen(act(2, "public"), closed) == []
    assert seen(act(2, "public"), closed, audience="mechanism") == ["red/2", "red/6"]


def test_a_release_that_is_taken_out_is_that_of_a_record_that_says_nothing_of_it():
    """Unsetting `release` leaves the record to the mechanism."""
    unset = amending(Correction, 2, unset=["release"])
    assert seen(act(1, "public"), unset) == []
    assert seen(act(1, "public"), unset, audience="mechanism") == ["red/1", "red/2"]
    assert seen(act(1, "author"), unset, audience="mechanism") == ["red/1", "red/2"]


def test_a_record_is_opened_as_it_then_was_worded():
    """The corrections up to the one that opens it come with it, whatever their own release; later ones do not."""
    first = [act(1), correction(2, own="mechanism")]
    opening = [correction(3, own="mechanism", release="public")]
    later = [correction(4, own="mechanism"), correction(5)]
    assert seen(*first) == []
    assert seen(*first, *opening, *later) == ["red/1", "red/2", "red/3", "red/5"]
    other = [act(6), correction(7, "red/6", "mechanism", release="public")]
    assert seen(*first, *opening, *other) == ["red/1", "red/2", "red/3", "red/6", "red/7"]


def test_corrections_of_a_record_that_was_always_open_follow_their_own_release():
    """It needed no opening: what the mechanism alone was told stays with it."""
    records = [act(1, "public"), correction(2, own="mechanism", release="public")]
    assert seen(*records) == ["red/1"]


def test_a_record_closed_again_brings_no_correction_with_it():
    """Of two that open and close it the last one counts."""
    opening = correction(2, own="mechanism", release="public")
    closing = correction(3, own="mechanism", release="mechanism")
    assert seen(act(1), opening, closing) == []


@pytest.mark.parametrize(
    ("kind", "fields"),
    [(Correction, {"set": {"zone": "north"}}), (Withdrawal, {}), (Erasure, {"reason": "asked"})],
)
def test_what_amends_a_hidden_record_is_hidden_with_it(kind, fields):
    """It would tell of it, also where that is not held; where it is somebody else's it tells nothing."""
    assert seen(act(1), amending(kind, 2, **fields)) == []
    assert seen(act(1, "public"), amending(kind, 2, **fields)) == ["red/1", "red/2"]
    assert seen(act(1, "public"), amending(kind, 2, release="mechanism", **fields)) == ["red/1"]
    assert seen(act(1), amending(kind, 2, by="blue", **fields)) == ["blue/2"]
    assert seen(act(2), amending(kind, 3, of="red/1", **fields)) == []
    assert seen(act(2), amending(kind, 3, of="red/1", by="blue", **fields)) == ["blue/3"]


def test_what_takes_back_an_amendment_of_a_hidden_record_is_hidden_too():
    """However long the way to the record is, and wherever on it something is hidden."""
    hidden, shown = act(1), act(1, "public")
    for release in ("public", "mechanism"):
        way = [
            correction(2, own=release),
            amending(Withdrawal, 3, "red/2"),
            amending(Erasure, 4, "red/3", reason="asked"),
        ]
        assert seen(hidden, *way) == []
        assert seen(shown, *way) == (
            ["red/1", "red/2", "red/3", "red/4"] if release == "public" else ["red/1"]
        )


def test_the_public_sees_nothing_on_whose_way_to_a_record_something_is_not_held():
    """A correction of what is not here, and its withdrawal: it may be hidden as well as lost."""
    way = [correction(2), amending(Withdrawal, 3, "red/2"), amending(Erasure, 4, "red/3", reason="asked")]
    assert seen(*way) == []
    assert seen(*way, audience="mechanism") == ["red/2", "red/3", "red/4"]
    assert seen(act(1, "public"), *way) == ["red/1", "red/2", "red/3", "red/4"]
    assert seen(correction(2, by="blue"), amending(Withdrawal, 3, "blue/2", by="blue")) == [
        "blue/2",
        "blue/3",
    ]


def test_what_closes_a_number_that_two_records_have_closes_both_and_what_amends_them():
    """It was written when there was one: in whatever way it closes, and also where it was taken back."""
    fork = [act(f"1@{digits}", "public") for digits in ("0" * 12, "1" * 12)]
    amended = correction(2, fork[0].id)
    for closing in (correction(3, release="mechanism"), amending(Correction, 3, unset=["release"])):
        back = amending(Withdrawal, 4, "red/3")
        assert seen(*fork, amended) == [fork[0].id, fork[1].id, "red/2"]
        assert seen(*fork, amended, closing) == []
        assert seen(*fork, amended, closing, back) == []


def test_amendments_of_each_other_follow_their_own_release():
    """A hand-written file may say so: they lead to no record."""
    assert seen(amending(Withdrawal, 1, "red/2"), amending(Withdrawal, 2, "red/1"), act(3)) == [
        "red/1",
        "red/2",
    ]


def test_a_correction_without_effect_opens_nothing_and_yet_closes():
    """On a forked chain nobody knows what stands: in doubt nothing is shown."""
    opening = correction(2, release="public")
    closing = correction(2, release="mechanism")
    assert seen(act(1), opening, idle={"red/2"}) == []
    assert seen(act(1, "public"), closing, idle={"red/2"}) == []
    assert seen(act(1, "public"), correction(2), idle={"red/2"}) == ["red/1", "red/2"]


def test_a_record_is_shown_for_an_earlier_day_where_it_was_open_then_and_is_now():
    """What may be read is a matter of today, what was known a matter of then."""
    day = 1_577_836_800_000_000 + 86_400_000_000  # 2 January 2020
    opening = correction(3, release="public")
    closing = correction(3, release="mechanism")
    assert seen(act(1), opening, known_at=day) == []
    assert seen(act(1), opening, known_at=2 * day) == ["red/1", "red/3"]
    assert seen(act(1, "public"), closing, known_at=day) == []
    assert seen(act(1), correction(2, release="public"), known_at=day) == ["red/1", "red/2"]
    assert seen(act(1), correction(2, release="public"), known_at=day, idle={"red/2"}) == []


def test_what_records_point_at_and_none_of_them_is_is_missing():
    """Each field that points at a record; also as it is now worded; what was not known then points at nothing."""
    finding = pen.finding(2, "blue/1", by="red", recorded="2020-01-02T00:00:00Z")
    answer = pen.tally(3, recorded="2020-01-03T00:00:00Z", answers="blue/2", confirmed=1)
    records = [act(1), finding, answer]
    assert missing(records, None) == {"blue/1", "blue/2"}
    assert missing([*records, act(1, by="blue")], None) == {"blue/2"}
    assert missing(records, 1_577_836_800_000_000 + 86_400_000_000) == {"blue/1"}
    worded = Incident(by="red", id="red/1", occurred="2020-01-01", act="attack", same_as="blue/3")
    assert missing(records, None, [worded]) == {"blue/1", "blue/2", "blue/3"}
