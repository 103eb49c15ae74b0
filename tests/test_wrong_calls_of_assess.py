"""Wrong calls of an assessment: one sentence each, never a traceback of somebody else's making."""

import pytest

import ceasefire as cf
import pen

STOP = pen.commitment("stop", owed_by="red")


@pytest.fixture
def truces():
    """Return two agreements whose commitments have one short name."""
    return [pen.truce(STOP, id=name) for name in ("north", "south")]


@pytest.mark.parametrize("given", ["records.jsonl", None, 3])
def test_what_is_no_list_of_records_is_refused(truces, given):
    """A path, nothing, a number: the error says how records are read."""
    with pytest.raises(cf.RecordError, match="read a file with"):
        cf.assess(truces, given, as_of="2020-02-01")


@pytest.mark.parametrize("item", ["x", {}, {"kind": "event"}])
def test_what_is_no_record_is_refused(truces, item):
    """A text or a dict in the list is told as what it is."""
    with pytest.raises(cf.RecordError, match="is no record"):
        cf.assess(truces, [item], as_of="2020-02-01")


def test_records_in_the_place_of_the_agreement_are_told_as_that(truces):
    """Whoever writes the two the other way round is told the order."""
    said = pen.incident(recorded="2020-01-02T00:00:00Z", occurred="2020-01-01")
    for turned in (([said], truces), ([said], []), ([], truces[0])):
        with pytest.raises(cf.UnknownAgreement, match="the order is the other way round"):
            cf.assess(*turned, as_of="2020-02-01")


@pytest.mark.parametrize(("since", "said"), [("2020-03-01", "lies after as_of"), ("1001-01-01", "long ago")])
def test_a_period_that_cannot_be_is_refused(truces, since, said):
    """A period ends after it begins, and the one before it has dates."""
    with pytest.raises(cf.InvalidTime, match=said):
        cf.assess(truces, [], as_of="2020-02-01", since=since)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("stop", r"write status\[commitment, owed_by\]"),
        (("stop",), r"write status\[commitment, owed_by\]"),
        (("stop", "red"), "several agreements: write north/stop or south/stop"),
        (("north/stap", "red"), "did you mean 'north/stop'"),
        (("north/stop", "blue"), "no row of 'blue'"),
        ((5, "red"), "5 is no commitment"),
        (("north/stop", ["red"]), r"\['red'\] is no party"),
    ],
)
def test_a_row_that_is_none_is_told_with_what_to_write(truces, key, said):
    """What was meant is named where it can be guessed."""
    with pytest.raises(cf.UnknownRow, match=said):
        cf.assess(truces, [], as_of="2020-02-01")[key]


def test_a_record_that_means_one_of_several_commitments_is_a_problem(truces):
    """A short name that two agreements have names neither: the record stays, and its problem says so."""
    act = pen.incident(
        recorded="2020-01-09T00:00:00Z", occurred="2020-01-08", accused="red", commitments="stop"
    )
    problems = cf.assess(truces, [act], as_of="2020-02-01").table("problems")
    assert [p["code"] for p in problems] == ["unknown_id"]
    assert "several agreements have: write north/stop or south/stop" in problems[0]["what"]


def test_a_period_may_begin_and_end_at_one_instant_and_reach_back_to_the_first_day(truces):
    """It may be as short as an instant, and the span before it as old as dates are: not one microsecond older."""
    instant, before = "2020-02-01T00:00:00Z", "2020-02-01T00:00:00.000001Z"
    assert cf.assess(truces, [], as_of=instant, since=instant).table("spans")
    with pytest.raises(cf.InvalidTime, match="lies after as_of"):
        cf.assess(truces, [], as_of=instant, since=before)
    oldest = {"since": "1000-01-01T00:00:10Z"}
    spans = cf.assess(truces, [], as_of="1000-01-01T00:00:19.999999Z", **oldest).table("spans")
    assert spans[1]["from"] == "1000-01-01T00:00:00Z"
    with pytest.raises(cf.InvalidTime, match="long ago"):
        cf.assess(truces, [], as_of="1000-01-01T00:00:20Z", **oldest)


def test_a_call_that_lacks_agreements_is_told_all_of_them():
    """A file's own mechanism refers to what it oversees, a commitment to what it restates: both are named."""
    panel = {"id": "panel", "members": "red", "oversees": ["truce", "west"]}
    truce = pen.truce(STOP | {"restates": "east/stop"}, mechanism=[panel])
    with pytest.raises(
        cf.MissingAgreement, match=r"'east' \(restates [^;]*\); 'west' \(oversees .* assess them together"
    ):
        cf.assess(truce, [], as_of="2020-02-01")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda status: status.claim(5), "^5 is no record,"),
        (lambda status: status.claim(None), "^None is no record,"),
        (lambda status: status.why("north/stop", "red", record=5), "^5 is no record,"),
        (lambda status: status.table(["claims"]), r"^no list \['claims'\]"),
    ],
)
def test_what_is_no_name_is_told(truces, asked, said):
    """A number or a list where an id is wanted: the library's own error, as for a name it does not know."""
    with pytest.raises(cf.UnknownRow, match=said):
        asked(cf.assess(truces, [], as_of="2020-02-01"))


def test_what_is_no_agreement_is_told_by_a_journal():
    """A number is no agreement, whoever is given it."""
    with pytest.raises(cf.UnknownAgreement):
        cf.Journal.in_memory(author="red", agreements=5)
