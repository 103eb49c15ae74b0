"""Why a row stands as it does: what performances do on it, why findings do not count, and a reason as a sentence."""

import pytest

import pen
from ceasefire.assessment import assess
from ceasefire.assessment.codes import REASONS
from ceasefire.assessment.result.reasons import FURTHER, NO_TARGET, Reason
from ceasefire.record import Event
from ceasefire.record.order import chain_key, id_key

STARTED = "2020-01-15"
OWED = (pen.commitment("map", starts=STARTED), pen.commitment("report", starts=STARTED), "stop")
TERMS = {"party": ["red", "blue", "green"], "rule": "any"}


@pytest.fixture(scope="module")
def truce():
    """Return an agreement of one who owes, and of two who judge each for both."""
    return pen.truce(*OWED, **TERMS)


def done(number, occurred, commitment="map", by="red"):
    """Return what an author says blue did."""
    return pen.performance(
        number, by, recorded="2020-03-20T00:00:00Z", commitment=commitment, occurred=occurred
    )


def finding(number, on, outcome="confirmed", by="red", **more):
    """Return a finding of 21 March."""
    recorded = {"recorded": f"2020-03-21T00:00:{number:02d}Z"} | more
    return pen.finding(number, on, outcome, by=by, **recorded)


def told(truce, *records, row="map", as_of="2020-03-31"):
    """Return what records do on a row: record, effect and code."""
    rows = assess(truce, records, as_of=as_of).to_dict()["reasons"]
    return [
        (r["record"], r["effect"], r["code"])
        for r in rows
        if (r["commitment"], r["owed_by"]) == (f"truce/{row}", "blue") and r["record"] is not None
    ]


def test_what_no_record_did_comes_first_of_one_instant(truce):
    """Then what records did, by author and number, whatever their authors are called."""
    begun = {"occurred": "2020-01-01T00:00:00Z", "act": "attack", "accused": "blue"}
    acts = [
        pen.incident(n, by, recorded="2020-03-20T00:00:00Z", **begun)
        for by, n in (("red", 10), ("red", 2), ("1st", 1))
    ]
    rows = assess(truce, acts, as_of="2020-03-31").to_dict()["reasons"]
    found = [r["record"] for r in rows if (r["commitment"], r["owed_by"]) == ("truce/stop", "blue")]
    assert found == [None, "1st/1", "red/2", "red/10"]


@pytest.mark.parametrize(
    ("excepted", "more", "said"),
    [
        (True, {}, True),
        (True, {"against": "red"}, False),
        (True, {"act": "omission", "commitments": "stop"}, False),
        (True, {"occurred": "2019-12-01"}, False),
        (False, {}, False),
    ],
    ids=["no target", "a target", "an omission", "not counted", "no exceptions"],
)
@pytest.mark.parametrize("decided", ["", "attributed", "by finding"])
def test_that_exceptions_of_target_do_not_apply_is_said_where_no_target_is_named(
    truce, excepted, more, said, decided
):
    """docs/rules/scope.md: the reason says so, of what counts by rule; what the mechanism put under it counts for that."""
    excepting = pen.truce(pen.commitment("stop", except_against="green"), **TERMS)
    act = {"occurred": FEBRUARY, "act": "attack", "accused": "blue"} | more
    reported = pen.incident(1, "green", recorded="2020-03-20T00:00:00Z", **act)
    scoped = {"commitments": "stop"} if decided == "by finding" else {}
    found = [finding(1, "green/1", attributed_to="blue", **scoped)] if decided else []
    status = assess(excepting if excepted else truce, [reported, *found], as_of="2020-03-31")
    told_so = said and decided != "by finding"
    assert (NO_TARGET in status.why("stop", "blue")) is told_so
    besides = NO_TARGET if told_so else ""
    rows = [r for r in status.table("reasons") if r["record"] == "green/1" and r["owed_by"] == "blue"]
    assert all(r["why"].endswith(f" – {REASONS[r['code']]}{besides}.") for r in rows)
    assert rows


FEBRUARY = "2020-02-10"


@pytest.mark.parametrize(
    ("records", "reasons"),
    [
        (
            [done(1, FEBRUARY), done(2, "2020-02-20")],
            [("red/1", "performed", "by_performance"), ("red/2", "not_counted", "no_effect")],
        ),
        (
            [done(1, "2020-01-10"), done(2, FEBRUARY), done(3, "2020-02-20")],
            [
                ("red/1", "not_counted", "too_early"),
                ("red/2", "performed", "by_performance"),
                ("red/3", "not_counted", "no_effect"),
            ],
        ),
        (
            [done(1, {"from": FEBRUARY}), done(2, {"from": FEBRUARY, "to": "2020-02-12"})],
            [("red/1", "not_counted", "not_complete"), ("red/2", "performed", "by_performance")],
        ),
        ([done(1, FEBRUARY, by="green")], [("green/1", "disputed", "open")]),
        (
            [done(1, FEBRUARY, by="green"), finding(2, "green/1", "refuted")],
            [("green/1", "not_counted", "refuted")],
        ),
        (
            [done(1, FEBRUARY, by="green"), finding(2, "green/1", "inconclusive")],
            [("green/1", "not_counted", "inconclusive")],
        ),
        (
            [
                done(1, FEBRUARY, by="green"),
                pen.withdrawal(2, "green", of="green/1", recorded="2020-03-21T00:00:00Z"),
            ],
            [("green/1", "not_counted", "withdrawn")],
        ),
        (
            [
                done(1, "2020-02"),
                done(2, FEBRUARY, by="green"),
                pen.decision(3, recorded="2020-02-15T00:00:00Z", occurred="2020-02-15", does="terminate", agreement="truce"),
            ],
            [
                ("green/2", "alleged", "open"),
                ("red/3", "ended", "by_decision"),
                ("red/1", "not_counted", "unclear_time"),
            ],
        ),
    ],
)  # fmt: skip
def test_each_performance_is_told_with_what_it_does(truce, records, reasons):
    """One fulfils; of the others each says why not."""
    assert told(truce, *records) == reasons


def test_a_performance_over_which_the_members_disagree_is_disputed():
    """It is open, as one that nobody has judged is."""
    both = pen.truce(*OWED, **TERMS | {"rule": "consensus"})
    records = [done(1, FEBRUARY), finding(2, "red/1", "refuted", by="blue")]
    assert told(both, *records) == [("red/1", "disputed", "open")]


def test_what_may_lie_in_either_of_two_periods_is_alleged_to_have_kept_one(truce):
    """Of the month from 15 January; once both have ended the row has more to say."""
    month = done(1, "2020-02", "report")
    assert told(truce, month, row="report", as_of="2020-03-01") == [("red/1", "alleged", "unclear_time")]


def test_what_keeps_a_period_is_told_as_what_was_done(truce):
    """Of one report owed the first is what was owed; one more, or one of a month not over yet, changes nothing."""
    first, more, now = (
        done(n, day, "report") for n, day in ((1, "2020-01-20"), (2, "2020-02-03"), (3, "2020-02-20"))
    )
    assert told(truce, first, more, now, row="report", as_of="2020-03-01") == [
        ("red/1", "performed", "by_performance"),
        ("red/2", "not_counted", "no_effect"),
        ("red/3", "not_counted", "no_effect"),
    ]
    unclear = done(4, "2020-03", "report")
    assert told(truce, first, now, unclear, row="report", as_of="2020-04-20") == [
        ("red/1", "performed", "by_performance"),
        ("red/3", "performed", "by_performance"),
        ("red/4", "alleged", "unclear_time"),
    ]
    halt = {"does": "suspend", "commitment": "report", "occurred": "2020-02-18T00:00:00Z"}
    halted = pen.decision(9, recorded="2020-02-18T12:00:00Z", **halt)
    assert told(truce, first, unclear, halted, row="report", as_of="2020-04-20") == [
        ("red/1", "performed", "by_performance"),
        ("red/9", "suspended", "by_decision"),
        ("red/4", "not_counted", "no_effect"),
    ]


def test_of_what_is_open_only_what_could_change_something_is_told_as_open(truce):
    """Once another one settles it, whether it took place changes nothing here."""
    settled, still_open = done(1, FEBRUARY), done(2, "2020-02-20", by="green")
    assert told(truce, still_open) == [("green/2", "disputed", "open")]
    assert told(truce, settled, still_open) == [
        ("red/1", "performed", "by_performance"),
        ("green/2", "not_counted", "no_effect"),
    ]


def test_of_what_was_done_perhaps_in_time_both_is_told(truce):
    """It was done, and the row is alleged for it: the deadline is a day, the report a month."""
    assert told(truce, done(1, "2020-03")) == [
        ("red/1", "alleged", "unclear_time"),
        ("red/1", "performed", "by_performance"),
    ]


def test_each_finding_that_does_not_count_is_told_with_why(truce):
    """Its author is no member, passes on another's, said otherwise later, or judges itself."""
    relayed = pen.finding(
        9,
        "red/1",
        "refuted",
        said_by="red",
        recorded="2020-03-25T00:00:00Z",
        evidence=[{"title": "a letter"}],
    )
    records = [
        done(1, FEBRUARY),
        finding(2, "red/1"),
        finding(3, "red/1", "refuted"),
        finding(4, "red/1", by="green"),
        finding(5, "red/1", by="blue"),
        finding(8, "red/1", by="green", recorded=None),
        relayed,
    ]
    assert told(truce, *records) == [
        ("green/8", "not_counted", "observer"),
        ("red/1", "not_counted", "refuted"),
        ("red/2", "not_counted", "superseded"),
        ("green/4", "not_counted", "observer"),
        ("blue/5", "not_counted", "judges_itself"),
        ("blue/9", "not_counted", "relay"),
    ]
    rows = assess(truce, records, as_of="2020-03-31").to_dict()["reasons"]
    (at,) = {r["at"] for r in rows if r["record"] == "green/8"}
    assert at == "2020-02-10T23:59:59.999999Z", (
        "one that does not say when it was written stands by its claim"
    )


def test_a_relay_that_counts_is_told_as_superseded_by_a_later_one():
    """Where relays count, what a speaker said before is said otherwise later, and is no relay that does not count."""
    letter = {"said_by": "green", "evidence": [{"title": "a letter"}]}
    records = [
        done(1, FEBRUARY),
        pen.finding(2, "red/1", "inconclusive", by="blue", recorded="2020-03-21T00:00:00Z", **letter),
        pen.finding(3, "red/1", "refuted", by="blue", recorded="2020-03-22T00:00:00Z", **letter),
    ]
    both = pen.truce(*OWED, party=["red", "blue", "green"], rule="consensus", members=["red", "green"])
    rows = assess(both, records, as_of="2020-03-31", relays=True).to_dict()["reasons"]
    assert [(r["record"], r["code"]) for r in rows if r["record"] == "blue/2"] == [("blue/2", "superseded")]


def test_findings_on_an_act_are_told_on_the_row_of_the_accused(truce):
    """Also those that do not count; what made it good is named."""
    act = pen.incident(recorded="2020-02-11T00:00:00Z", occurred="2020-02-10", accused="blue")
    made_good = pen.response(
        5, recorded="2020-02-20T00:00:00Z", occurred="2020-02-19", to="red/1", step="remedy"
    )
    assert told(truce, act, finding(4, "red/1", by="green"), made_good, row="stop") == [
        ("red/1", "breach", "by_rule"),
        ("red/5", "remedied", "by_remedy"),
        ("green/4", "not_counted", "observer"),
    ]


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Reason(0, None, "not_counted", "withheld"), f"{FURTHER}."),
        (
            Reason(0, "red/1", "not_counted", "withheld"),
            f"red/1: does not count here – {REASONS['withheld']}.",
        ),
        (Reason(0, None, "started", "by_date"), "The commitment became active – the text gives the date."),
        (
            Reason(0, "red/1", "breach", "by_rule"),
            "red/1: counts as a breach – inside, by act, time, place, bearer and target.",
        ),
    ],
)
def test_a_reason_is_one_sentence(reason, sentence):
    """The record it is about, what it does, and by which rule."""
    assert reason.why() == sentence


# The order of records


def test_ids_come_by_author_and_number():
    """Two before ten; a fork's after the bare number; what has no number by itself."""
    ids = ["red/10", "red/2", "red/2@0a", "blue/3", "red/x", "note", "red/0"]
    assert sorted(ids, key=id_key) == ["blue/3", "note", "red/0", "red/2", "red/2@0a", "red/10", "red/x"]
    assert id_key("red/2@0a") == ("red", 2, "@0a", "red/2@0a")
    assert id_key("red/" + "9" * 18)[:3] == ("red", int("9" * 18), "")
    for name in ("red/" + "9" * 19, "/2", "red/²", "red/2@x", "2"):
        assert id_key(name) == (name, -1, "", name)


def event(name, recorded=None):
    """Return an event of red's by some id."""
    return Event(by="red", id=name, recorded=recorded, occurred="2020-01-01", name="meeting")


def test_records_of_one_author_come_by_number_then_by_when_they_were_written():
    """A number is one of the author's own chain; of a file, time and id tell; what has no time comes first."""
    early, late = "2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z"
    several = [
        event("red/0", late), event("red/2", late), event("red/10", early), event("b", None), event("a", early),
        event("blue/1", late), event("c", late),
    ]  # fmt: skip
    assert sorted([*several[3:], *several[:3]], key=chain_key) == several
    assert chain_key(event("b")) == (True, 0, ("b", -1, "", "b"))
    assert chain_key(event("red/2")) == (False, 2, ("red", 2, "", "red/2"))
