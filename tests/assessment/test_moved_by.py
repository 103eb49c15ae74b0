"""By which decision a commitment started, ended or is due: its reasons name it, and `why` says what it did."""

import pytest
from history import record

from ceasefire.assessment import assess
from ceasefire.reporting import report

HEAD = """
ceasefire = 1
id = "{id}"
title = "The {id}"
adopted = 2020-01-01
timezone = "UTC"
{more}

[[party]]
id = "red"
[[party]]
id = "blue"

[[mechanism]]
id = "panel-{id}"
members = ["red", "blue"]
rule = "consensus"
"""
PROMISES = """
[[commitment]]
id = "stop"
summary = "Stop."
duty = "refrain"
owed_by = "blue"
acts = "attack"
{stop}

[[commitment]]
id = "hand-over"
summary = "Hand over the map."
duty = "achieve"
owed_by = "blue"
due = 2020-02-10
{hand_over}
"""
PEACE = """
[[commitment]]
id = "keep"
summary = "Keep the peace."
duty = "refrain"
owed_by = "red"
acts = "attack"
"""


def truce(more="", stop="", hand_over=""):
    """Return the text of the truce, with more on it or on its commitments."""
    return HEAD.format(id="truce", more=more) + PROMISES.format(stop=stop, hand_over=hand_over)


def peace(more, name="peace"):
    """Return the text of an agreement that replaces the truce."""
    return HEAD.format(id=name, more=f'replaces = ["truce"]\n{more}') + PEACE


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
    ("more", "decisions", "ended"),
    [
        ("", decided(1, "terminate", "2020-02-01"), ("ended", "red/1", "by_decision")),
        ('duration = "P1M"', [], ("ended", None, "by_date")),
        (
            'duration = "P1M"\nrenewal = "by-decision"',
            decided(1, "renew", "2020-01-25"),
            ("ended", "red/1", "by_decision"),
        ),
        (
            'duration = "P1M"\nrenewal = "by-decision"',
            [*decided(1, "renew", "2020-01-25"), *decided(2, "extend", "2020-01-26", more=UNTIL)],
            ("ended", "red/2", "by_decision"),
        ),
        (
            'duration = "P1M"\nrenewal = "tacit"',
            [
                record('blue/7 decision 01-24 {"does": "object", "occurred": "2020-01-24", "agreement": "truce"}'),
                record('blue/8 decision 01-25 {"does": "object", "occurred": "2020-01-25", "agreement": "truce"}'),
            ],
            ("ended", "blue/7", "by_date"),
        ),
        (
            'duration = "P1M"',
            decided(1, "extend", "2020-02-25", more=UNTIL),
            ("ended", None, "by_date"),
        ),
    ],
    ids=["terminated", "expired", "renewed", "extended", "objected to", "extended too late"],
)  # fmt: skip
def test_what_ended_tells_what_decided_its_end(written, more, decisions, ended):
    """Its text, unless a decision moved the end or was the end; an objection kept the text's own date."""
    status = assess(written(truce(more)), decisions, as_of="2020-03-31")
    assert told(status, "stop", "ended") == [ended]
    (agreement,) = status.table("agreements")
    line = next(x for x in report(status).to_markdown().splitlines() if "**State:**" in x)
    assert f"{agreement['state']} since" in line
    assert "until" not in line
    assert line.endswith(f"– \\[{ended[1]}\\]") == (ended[1] is not None)


@pytest.mark.parametrize(
    ("more", "decisions", "ended", "since"),
    [
        ("in_force = 2020-02-01", [], (None, "by_date"), "2020-02-01T00:00:00Z"),
        (
            'in_force = "by-decision"',
            decided(1, "enter_into_force", "2020-01-25", '"agreement": "peace"'),
            ("red/1", "by_decision"),
            "2020-01-25T23:59:59.999999Z",
        ),
    ],
)
def test_what_was_replaced_tells_by_what_the_newer_one_began(written, more, decisions, ended, since):
    """By its text, or by a decision."""
    both = [written(truce()), written(peace(more))]
    status = assess(both, decisions, as_of="2020-03-31")
    assert told(status, "stop", "ended") == [("ended", *ended)]
    assert status.table("agreements")[0] == {
        "agreement": "truce",
        "state": "replaced",
        "from": since,
        "until": since,
    }


def test_of_several_that_replace_it_the_first_to_enter_into_force_does(written):
    """Whatever their order; and two at one instant, however each states it, are no puzzle."""
    begun = ("2020-03-01", "2020-02-01", "2020-02-01T00:00:00Z")
    several = [written(peace(f"in_force = {day}", f"peace-{n}")) for n, day in enumerate(begun)]
    status = assess([written(truce()), *several], [], as_of="2020-03-31")
    assert status.table("agreements")[0]["from"] == "2020-02-01T00:00:00Z"
    assert told(status, "stop", "ended") == [("ended", None, "by_date")]


@pytest.mark.parametrize(
    ("more", "stop", "started"),
    [
        ("in_force = 2020-01-10", "", (None, "by_date")),
        ('in_force = "by-decision"', "", ("red/1", "by_decision")),
        ('in_force = "by-decision"', "starts = 2020-02-01", (None, "by_date")),
        ("in_force = 2020-01-25", "", (None, "by_date")),
    ],
)
def test_what_began_tells_what_brought_it_into_force(written, more, stop, started):
    """A decision, where the agreement entered by it and the commitment began with it."""
    agreement = written(truce(more, stop))
    status = assess(agreement, decided(1, "enter_into_force", "2020-01-24T12:00:00Z"), as_of="2020-02-05")
    if more.endswith("25"):  # the decision came first
        started = ("red/1", "by_decision")
    assert told(status, "stop", "started") == [("started", *started)]


POSTPONED = ', "until": "2020-02-20"'


def test_a_window_that_was_postponed_closes_by_that_decision(written):
    """Without one, by its text."""
    agreement = written(truce(stop="until = 2020-02-10"))
    put_off = decided(1, "postpone", "2020-01-25", '"commitment": "stop"', POSTPONED)
    for decisions, by in (([], (None, "by_date")), (put_off, ("red/1", "by_decision"))):
        status = assess(agreement, decisions, as_of="2020-03-31")
        assert told(status, "stop", "window_closed") == [("window_closed", *by)]


def test_a_deadline_that_was_postponed_passes_at_the_day_of_that_decision(written):
    """The last one that could move it; and until then `why` says by what it is due when it is."""
    agreement = written(truce())
    on = '"commitment": "hand-over"'
    decisions = [
        *decided(1, "postpone", "2020-01-25", on, POSTPONED),
        *decided(2, "postpone", "2020-01-26", on, UNTIL),
        *decided(3, "postpone", "2020-03-05", on, ', "until": "2020-04-01"'),
    ]
    missed = assess(agreement, decisions, as_of="2020-03-31")
    assert told(missed, "hand-over", "deadline_passed") == [("deadline_passed", "red/2", "by_deadline")]
    unmoved = assess(agreement, [], as_of="2020-03-31")
    assert told(unmoved, "hand-over", "deadline_passed") == [("deadline_passed", None, "by_deadline")]
    before = assess(agreement, decisions[:4], as_of="2020-02-05")
    assert "(postponed by red/2)" in before.why("hand-over", "blue").splitlines()[0]
    assert "postponed" not in unmoved.why("hand-over", "blue").splitlines()[0]
    for by in ("red/1", "red/2"):
        assert "was postponed – decided by the mechanism" in before.why("hand-over", "blue", by)
    assert missed.why("hand-over", "blue", "red/3").endswith("It has moved no phase of this row.")
    assert before.why("stop", "blue", "red/1").endswith("It does not concern this row.")


@pytest.mark.parametrize(
    ("more", "trigger"),
    [('force = "hortatory"', "deadline_passed"), ('when = { event = "round" }', "cannot_start")],
    ids=["a call on somebody lapses", "what was waited for never came"],
)
def test_what_lapses_at_a_postponed_deadline_tells_by_which_decision_that_was(written, more, trigger):
    """As what is overdue does; without one, nothing but the text gave the day."""
    agreement = written(truce(hand_over=more))
    put_off = decided(1, "postpone", "2020-01-25", '"commitment": "hand-over"', POSTPONED)
    for decisions, by in (([], None), (put_off, "red/1")):
        status = assess(agreement, decisions, as_of="2020-03-31")
        assert told(status, "hand-over", trigger) == [(trigger, by, "by_deadline")]


def test_tolling_does_not_hide_who_postponed(written):
    """A suspension after it moves the deadline on; the decision is still the one that put it off."""
    agreement = written(truce())
    decisions = [
        *decided(1, "postpone", "2020-01-25", '"commitment": "hand-over"', POSTPONED),
        *decided(2, "suspend", "2020-01-26T00:00:00Z", more=', "until": "2020-01-27"'),
    ]
    status = assess(agreement, decisions, as_of="2020-03-31")
    assert told(status, "hand-over", "deadline_passed") == [("deadline_passed", "red/1", "by_deadline")]


def test_a_decision_on_the_agreement_concerns_its_rows(written):
    """One that moved nothing says so; one on another agreement is not judged here."""
    old = written(truce('duration = "P1Y"\nrenewal = "by-decision"'))
    both = [old, written(peace('in_force = "by-decision"'))]
    decisions = [
        *decided(1, "renew", "2020-01-25"),
        *decided(2, "suspend", "2020-01-26", '"agreement": "peace"'),
    ]
    status = assess(both, decisions, as_of="2020-02-05")
    assert status.why("stop", "blue", "red/1").endswith("It has moved no phase of this row.")
    assert status.why("stop", "blue", "red/2").endswith("it is not judged under truce.")


def test_who_took_a_claim_back_that_others_hold_is_told(written):
    """It stands on theirs, where a rule asks no more than that."""
    agreement = written(truce().replace('rule = "consensus"', 'rule = "any"'))
    taken_back = [*decided(1, "suspend", "2020-01-25"), record('red/2 withdrawal 01-26 {"of": "red/1"}')]
    status = assess(agreement, taken_back, as_of="2020-02-05")
    assert status["stop", "blue"].phase == "suspended"
    assert "withdrawn by its reporter, is established" in status.why("stop", "blue")
    assert "withdrawn" not in assess(agreement, taken_back[:2], as_of="2020-02-05").why("stop", "blue")


def test_an_agreement_resumed_is_in_force_again(written):
    """Since its resumption; its commitments are active since it first entered into force, or say otherwise."""
    agreement = written(truce())
    decisions = [
        *decided(1, "suspend", "2020-01-25T12:00:00Z"),
        *decided(2, "resume", "2020-01-27T12:00:00Z"),
    ]
    told_then = report(assess(agreement, decisions, as_of="2020-02-05")).to_markdown()
    assert "in force again since 27 January 2020" in told_then
    assert "active since 27 January 2020" in told_then
    plain = report(assess(agreement, [], as_of="2020-02-05")).to_markdown()
    assert "in force since 1 January 2020" in plain
    assert "again" not in plain.partition("## How this report was made")[0].partition("## Commitments")[0]
    assert "active since" not in plain.replace("is active since", "")


def test_a_date_read_in_a_zone_of_its_own_says_so(written):
    """What is the 20th there is not the whole of the 20th here."""
    agreement = written(truce())
    act = '{"occurred": "2020-01-20", "timezone": "Asia/Tokyo", "act": "attack", "accused": ["blue"]}'
    status = assess(agreement, [record(f"red/1 incident 01-25 {act}")], as_of="2020-02-05")
    assert "an incident of 20 January 2020 (Asia/Tokyo time) reported by red" in status.why("stop", "blue")
