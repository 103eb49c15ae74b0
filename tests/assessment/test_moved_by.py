"""By which decision a commitment started, ended or is due: its reasons name it, and `why` says what it did."""

import pytest
from history import record

import pen
from ceasefire.assessment import assess
from ceasefire.reporting import report


def truce(stop=(), the_map=(), **terms):
    """Return the truce on these terms, with more on one of its commitments."""
    return pen.truce(
        pen.commitment("stop", **dict(stop)),
        pen.commitment("map", due="2020-02-10", **dict(the_map)),
        **terms,
    )


def peace(name="peace", **terms):
    """Return an agreement that replaces the truce."""
    return pen.truce(
        pen.commitment("keep", duty="refrain", owed_by="red", acts="attack"),
        id=name,
        title=f"The {name}",
        replaces=["truce"],
        **terms,
    )


def decided(number, does, occurred, target='"agreement": "truce"', more=""):
    """Return a decision by red, and blue's word for it."""
    fields = f'{{"does": "{does}", "occurred": "{occurred}", {target}{more}}}'
    return [
        record(f"red/{number} decision 01-20 {fields}"),
        record(f'blue/{number} finding 01-21 {{"on": "red/{number}", "outcome": "confirmed"}}'),
    ]


UNTIL = ', "until": "2020-03-01"'


def told(status, commitment, *triggers):
    """Return what of these triggers the reasons of a row say: at which record, by what code."""
    rows = (r for r in status.table("reasons") if r["commitment"] == f"truce/{commitment}" and r["owed_by"])
    return [(r["effect"], r["record"], r["code"]) for r in rows if r["effect"] in triggers]


@pytest.mark.parametrize(
    ("terms", "decisions", "ended"),
    [
        ({}, decided(1, "terminate", "2020-02-01"), ("ended", "red/1", "by_decision")),
        ({"duration": "P1M"}, [], ("ended", None, "by_date")),
        (
            {"duration": "P1M", "renewal": "by-decision"},
            decided(1, "renew", "2020-01-25"),
            ("ended", "red/1", "by_decision"),
        ),
        (
            {"duration": "P1M", "renewal": "by-decision"},
            [*decided(1, "renew", "2020-01-25"), *decided(2, "extend", "2020-01-26", more=UNTIL)],
            ("ended", "red/2", "by_decision"),
        ),
        (
            {"duration": "P1M", "renewal": "tacit"},
            [
                record('blue/7 decision 01-24 {"does": "object", "occurred": "2020-01-24", "agreement": "truce"}'),
                record('blue/8 decision 01-25 {"does": "object", "occurred": "2020-01-25", "agreement": "truce"}'),
            ],
            ("ended", "blue/7", "by_date"),
        ),
        (
            {"duration": "P1M"},
            decided(1, "extend", "2020-02-25", more=UNTIL),
            ("ended", None, "by_date"),
        ),
    ],
    ids=["terminated", "expired", "renewed", "extended", "objected to", "extended too late"],
)  # fmt: skip
def test_what_ended_tells_what_decided_its_end(terms, decisions, ended):
    """Its text, unless a decision moved the end or was the end; an objection kept the text's own date."""
    status = assess(truce(**terms), decisions, as_of="2020-03-31")
    assert told(status, "stop", "ended") == [ended]
    (agreement,) = status.table("agreements")
    line = next(x for x in report(status).to_markdown().splitlines() if "- State:" in x)
    assert f"{agreement['state']} since" in line
    assert "until" not in line
    assert line.endswith("\\]") == (ended[1] is not None)


@pytest.mark.parametrize(
    ("terms", "decisions", "ended", "since"),
    [
        ({"in_force": "2020-02-01"}, [], (None, "by_date"), "2020-02-01T00:00:00Z"),
        (
            {"in_force": "by-decision"},
            decided(1, "enter_into_force", "2020-01-25", '"agreement": "peace"'),
            ("red/1", "by_decision"),
            "2020-01-25T23:59:59.999999Z",
        ),
    ],
)
def test_what_was_replaced_tells_by_what_the_newer_one_began(terms, decisions, ended, since):
    """By its text, or by a decision."""
    both = [truce(), peace(**terms)]
    status = assess(both, decisions, as_of="2020-03-31")
    assert told(status, "stop", "ended") == [("ended", *ended)]
    assert status.table("agreements")[0] == {
        "agreement": "truce",
        "state": "replaced",
        "from": since,
        "until": since,
    }


def test_of_several_that_replace_it_the_first_to_enter_into_force_does():
    """Whatever their order; and two at one instant, however each states it, are no puzzle."""
    begun = ("2020-03-01", "2020-02-01", "2020-02-01T00:00:00Z")
    several = [peace(f"peace-{n}", in_force=day) for n, day in enumerate(begun)]
    status = assess([truce(), *several], [], as_of="2020-03-31")
    assert status.table("agreements")[0]["from"] == "2020-02-01T00:00:00Z"
    assert told(status, "stop", "ended") == [("ended", None, "by_date")]


@pytest.mark.parametrize(
    ("in_force", "stop", "started"),
    [
        ("2020-01-10", {}, (None, "by_date")),
        ("by-decision", {}, ("red/1", "by_decision")),
        ("by-decision", {"starts": "2020-02-01"}, (None, "by_date")),
        ("2020-01-25", {}, ("red/1", "by_decision")),  # the decision came first
    ],
)
def test_what_began_tells_what_brought_it_into_force(in_force, stop, started):
    """A decision, where the agreement entered by it and the commitment began with it."""
    status = assess(
        truce(stop, in_force=in_force),
        decided(1, "enter_into_force", "2020-01-24T12:00:00Z"),
        as_of="2020-02-05",
    )
    assert told(status, "stop", "started") == [("started", *started)]


POSTPONED = ', "until": "2020-02-20"'


def test_a_window_that_was_postponed_closes_by_that_decision():
    """Without one, by its text."""
    agreement = truce({"until": "2020-02-10"})
    put_off = decided(1, "postpone", "2020-01-25", '"commitment": "stop"', POSTPONED)
    for decisions, by in (([], (None, "by_date")), (put_off, ("red/1", "by_decision"))):
        status = assess(agreement, decisions, as_of="2020-03-31")
        assert told(status, "stop", "window_closed") == [("window_closed", *by)]


def test_a_deadline_that_was_postponed_passes_at_the_day_of_that_decision():
    """The last one that could move it; and until then `why` says by what it is due when it is."""
    agreement = truce()
    on = '"commitment": "map"'
    decisions = [
        *decided(1, "postpone", "2020-01-25", on, POSTPONED),
        *decided(2, "postpone", "2020-01-26", on, UNTIL),
        *decided(3, "postpone", "2020-03-05", on, ', "until": "2020-04-01"'),
    ]
    missed = assess(agreement, decisions, as_of="2020-03-31")
    assert told(missed, "map", "deadline_passed") == [("deadline_passed", "red/2", "by_deadline")]
    unmoved = assess(agreement, [], as_of="2020-03-31")
    assert told(unmoved, "map", "deadline_passed") == [("deadline_passed", None, "by_deadline")]
    before = assess(agreement, decisions[:4], as_of="2020-02-05")
    assert "(postponed by red/2)" in before.why("map", "blue").splitlines()[0]
    assert "postponed" not in unmoved.why("map", "blue").splitlines()[0]
    for by in ("red/1", "red/2"):
        assert "was postponed – decided by the mechanism" in before.why("map", "blue", by)
    assert missed.why("map", "blue", "red/3").endswith("It has moved no phase of this row.")
    assert before.why("stop", "blue", "red/1").endswith("It does not concern this row.")


@pytest.mark.parametrize(
    ("the_map", "trigger"),
    [({"force": "hortatory"}, "deadline_passed"), ({"when": {"event": "round"}}, "cannot_start")],
    ids=["a call on somebody lapses", "what was waited for never came"],
)
def test_what_lapses_at_a_postponed_deadline_tells_by_which_decision_that_was(the_map, trigger):
    """As what is overdue does; without one, nothing but the text gave the day."""
    agreement = truce(the_map=the_map)
    put_off = decided(1, "postpone", "2020-01-25", '"commitment": "map"', POSTPONED)
    for decisions, by in (([], None), (put_off, "red/1")):
        status = assess(agreement, decisions, as_of="2020-03-31")
        assert told(status, "map", trigger) == [(trigger, by, "by_deadline")]


def test_tolling_does_not_hide_who_postponed():
    """A suspension after it moves the deadline on; the decision is still the one that put it off."""
    agreement = truce()
    decisions = [
        *decided(1, "postpone", "2020-01-25", '"commitment": "map"', POSTPONED),
        *decided(2, "suspend", "2020-01-26T00:00:00Z", more=', "until": "2020-01-27"'),
    ]
    status = assess(agreement, decisions, as_of="2020-03-31")
    assert told(status, "map", "deadline_passed") == [("deadline_passed", "red/1", "by_deadline")]


def test_a_decision_on_the_agreement_concerns_its_rows():
    """One that moved nothing says so; one on another agreement is not judged here."""
    both = [truce(duration="P1Y", renewal="by-decision"), peace(in_force="by-decision")]
    decisions = [
        *decided(1, "renew", "2020-01-25"),
        *decided(2, "suspend", "2020-01-26", '"agreement": "peace"'),
    ]
    status = assess(both, decisions, as_of="2020-02-05")
    assert status.why("stop", "blue", "red/1").endswith("It has moved no phase of this row.")
    assert status.why("stop", "blue", "red/2").endswith("it is not judged under truce.")


def test_who_took_a_claim_back_that_others_hold_is_told():
    """It stands on theirs, where a rule asks no more than that."""
    agreement = truce(rule="any")
    taken_back = [*decided(1, "suspend", "2020-01-25"), record('red/2 withdrawal 01-26 {"of": "red/1"}')]
    status = assess(agreement, taken_back, as_of="2020-02-05")
    assert status["stop", "blue"].phase == "suspended"
    assert "withdrawn by its reporter, is established" in status.why("stop", "blue")
    assert "withdrawn" not in assess(agreement, taken_back[:2], as_of="2020-02-05").why("stop", "blue")


def test_an_agreement_resumed_is_in_force_again():
    """Since its resumption; its commitments are active since it first entered into force, or say otherwise."""
    agreement = truce()
    decisions = [
        *decided(1, "suspend", "2020-01-25T12:00:00Z"),
        *decided(2, "resume", "2020-01-27T12:00:00Z"),
    ]
    told_then = report(assess(agreement, decisions, as_of="2020-02-05")).to_markdown()
    assert "in force again since 27 January" in told_then
    plain = report(assess(agreement, [], as_of="2020-02-05")).to_markdown()
    assert "in force since 1 January" in plain
    assert "again since" not in plain


def test_a_date_read_in_a_zone_of_its_own_says_so():
    """What is the 20th there is not the whole of the 20th here."""
    agreement = truce()
    act = '{"occurred": "2020-01-20", "timezone": "Asia/Tokyo", "act": "attack", "accused": ["blue"]}'
    status = assess(agreement, [record(f"red/1 incident 01-25 {act}")], as_of="2020-02-05")
    assert "an incident of 20 January 2020 (Asia/Tokyo time) reported by red" in status.why("stop", "blue")
