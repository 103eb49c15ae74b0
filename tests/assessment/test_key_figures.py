"""The key figures: always the same, each as it was before and with what it rests on."""

import pytest
from attrs import evolve

import ceasefire as cf
import pen
from ceasefire.assessment.result.key_figures import PARTS, as_entry
from ceasefire.record import Finding, Incident, Performance, Response, Tally

BOTH = ["red", "blue"]
OWED = (
    pen.commitment("quiet", duty="refrain", owed_by=BOTH, acts="attack"),
    pen.commitment("withdraw", duty="achieve", owed_by=BOTH, due="2020-01-20"),
)


@pytest.fixture(scope="module")
def truce():
    """Return an agreement with a ban and a deadline, under which two decide together."""
    return pen.truce(*OWED, party=[*BOTH, "watch"], timezone="Asia/Damascus")


def report(number, day, act="attack", **more):
    """Return an observer's report of an act by blue."""
    given = {"recorded": f"{day}T12:00:00Z", "occurred": day, "act": act, "accused": ("blue",)} | more
    return Incident(id=f"watch/{number}", by="watch", **given)


def agreed(on, number):
    """Return the findings of both that something took place, and that blue did it."""
    return [
        Finding(id=f"{by}/{number}", by=by, on=on, recorded="2020-01-15T00:00:00Z", outcome="confirmed",
                attributed_to=("blue",))
        for by in ("red", "blue")
    ]  # fmt: skip


def count(number, day, figure, by="red", **more):
    """Return a published count of attacks."""
    given = {"recorded": "2020-01-16T00:00:00Z", "period": day, "count": figure, "act": "attack"} | more
    return Tally(id=f"{by}/{number}", by=by, **given)


def figures(status, since=None, figure=None):
    """Return values, and what they were, by figure and part."""
    return {
        f"{one.figure} {one.part}": (one.value, one.before)
        for one in status.key_figures(since)
        if one.figure == figure
    }


def test_where_nothing_is_recorded_the_figures_are_the_same_and_zero(truce):
    """Whoever reads two reports finds each number in its place; no ledger is a number, too."""
    found = cf.assess(truce, [], as_of="2020-01-03").key_figures()
    assert [(one.figure, one.part, one.value) for one in found] == [
        ("breaches", "established", 0), ("breaches", "made_good", 0), ("breaches", "in_period", 0),
        ("breaches", "rulings_in_aggregate", 0), ("claims", "open", 0), ("claims", "alleged", 0),
        ("claims", "under_review", 0), ("claims", "disputed", 0), ("claims", "others", 0), ("counts", "ledgers", 0),
        ("deadlines", "passed", 0), ("deadlines", "not_settled", 0), ("deadlines", "soon", 0),
        ("deadlines", "later", 1), ("access", "reports", 0),
    ]  # fmt: skip
    assert all(one.before is None for one in found)
    assert all(one.part in PARTS[one.figure] for one in found)


def test_breaches_are_acts_and_not_rows(truce):
    """An act of two sides is one; what was made good is of these, and what began in the period."""
    both = report(1, "2020-01-05", accused=("red", "blue"))
    records = [both, *agreed("watch/1", 5), report(2, "2020-01-10"), *agreed("watch/2", 6)]
    good = Response(id="watch/3", by="watch", to="watch/2", step="remedy", recorded="2020-01-13T00:00:00Z",
                    occurred="2020-01-12")  # fmt: skip
    records += [good, *(evolve(one, attributed_to=None) for one in agreed("watch/3", 7))]
    status = cf.assess(truce, records, as_of="2020-01-14", since="2020-01-08")
    found = {one.part: one for one in status.key_figures() if one.figure == "breaches"}
    assert found["established"].records == ("watch/1", "watch/2")
    assert (found["made_good"].records, found["in_period"].records) == (("watch/2",), ("watch/2",))


def test_open_claims_are_reports_of_acts_by_how_they_stand(truce):
    """What is disputed, and what nobody has answered; a performance is counted beside them, never with them."""
    said = Finding(id="red/8", by="red", on="watch/1", outcome="confirmed", recorded="2020-01-07T00:00:00Z")
    no = Finding(id="blue/8", by="blue", on="watch/1", outcome="refuted", recorded="2020-01-07T00:00:00Z")
    done = Performance(id="watch/9", by="watch", recorded="2020-01-08T00:00:00Z", occurred="2020-01-07",
                       commitment="withdraw", performer="red")  # fmt: skip
    records = [report(1, "2020-01-05"), said, no, report(2, "2020-01-06"), done]
    status = cf.assess(truce, records, as_of="2020-01-10")
    assert figures(status, status.at("2020-01-04"), "claims") == {
        "claims open": (2, 0), "claims alleged": (1, 0), "claims under_review": (0, 0),
        "claims disputed": (1, 0), "claims others": (1, 0),
    }  # fmt: skip


def test_counts_are_given_as_stated_and_never_added(truce):
    """The lowest and the highest of a day, and on how many days; of a week it is only told that there is one."""
    records = [
        count(1, "2020-01-04", 7), count(2, "2020-01-06", 0), count(3, "2020-01-08", 30, at_least=True),
        count(4, {"from": "2020-01-05", "to": "2020-01-10"}, 99), count(5, "2020-01-09", 1000, ruled=True),
    ]  # fmt: skip
    status = cf.assess(truce, records, as_of="2020-01-10", since="2020-01-05")
    before = cf.assess(truce, records, as_of="2020-01-04", since="2020-01-01")
    found = {one.part: one for one in status.key_figures(before) if one.figure == "counts"}
    assert {part: (one.value, one.before) for part, one in found.items()} == {
        "lowest": (0, 7), "highest": (30, 7), "days_with_count": (2, 1), "days": (6, 4), "longer": (1, 0),
    }  # fmt: skip
    assert (found["highest"].at_least, found["highest"].records) == (True, ("red/3",))
    numbers = {one.value for one in status.key_figures(before)}
    assert not numbers & {30 + 0, 30 + 7, 37, 99, 129, 1000} - {30}


def test_each_ledger_stands_by_itself_and_more_than_three_are_numbered(truce):
    """Sides in the order of the file; other places and units are other ledgers."""
    several = [
        count(1, "2020-01-05", 3, by="blue"),
        count(1, "2020-01-05", 2),
        count(1, "2020-01-05", 9, by="watch"),
    ]
    status = cf.assess(truce, several, as_of="2020-01-10")
    sides = [one.ledger.side for one in status.key_figures() if one.part == "highest"]
    assert sides == ["red", "blue", "watch"]
    more = cf.assess(truce, [*several, count(2, "2020-01-05", 4, unit="shells")], as_of="2020-01-10")
    assert figures(more, status.at("2020-01-02"), "counts") == {"counts ledgers": (4, 0)}


def test_a_ledger_that_fell_silent_keeps_its_place(truce):
    """On no day of so many is a count, where before there was one."""
    status = cf.assess(truce, [count(1, "2020-01-05", 3)], as_of="2020-01-10", since="2020-01-06")
    before = cf.assess(truce, [count(1, "2020-01-05", 3)], as_of="2020-01-05", since="2020-01-01")
    assert figures(status, before, "counts") == {
        "counts lowest": (None, 3), "counts highest": (None, 3), "counts days_with_count": (0, 1),
        "counts days": (5, 5), "counts longer": (0, 0),
    }  # fmt: skip


def test_deadlines_are_those_of_commitments(truce):
    """One that passed for two sides is one; what a response asks is none."""
    asked = Response(id="watch/2", by="watch", to="watch/1", step="inquiry", addressee="blue", due="2020-01-08",
                     recorded="2020-01-06T00:00:00Z")  # fmt: skip
    status = cf.assess(truce, [report(1, "2020-01-05"), asked], as_of="2020-01-25")
    assert figures(status, status.at("2020-01-10"), "deadlines") == {
        "deadlines passed": (1, 0), "deadlines not_settled": (0, 0), "deadlines soon": (0, 1),
        "deadlines later": (0, 0),
    }  # fmt: skip
    (passed,) = (one for one in status.key_figures() if one.part == "passed")
    assert passed.commitments == ("truce/withdraw",)


def test_access_denied_is_numbered_in_its_period(truce):
    """Also under review; what was found not to have taken place is not, nor what was taken back."""
    records = [
        report(1, "2020-01-03", act="access.aid-blocked"), report(2, "2020-01-07", act="access.aid-blocked"),
        report(3, "2020-01-08", act="access"), report(4, "2020-01-08"),
    ]  # fmt: skip
    no = [evolve(one, outcome="refuted", attributed_to=None) for one in agreed("watch/3", 5)]
    status = cf.assess(truce, [*records, *no], as_of="2020-01-10", since="2020-01-05")
    before = status.at("2020-01-04", since="2020-01-01")
    assert figures(status, before, "access") == {"access reports": (1, 1)}


def test_without_a_period_it_is_the_time_after_the_earlier_assessment(truce):
    """Before that lies one of equal length."""
    records = [count(1, "2020-01-03", 5), count(2, "2020-01-05", 6), count(3, "2020-01-08", 7)]
    status = cf.assess(truce, records, as_of="2020-01-09")
    found = figures(status, status.at("2020-01-06"), "counts")
    assert (found["counts highest"], found["counts days"]) == ((7, 6), (3, 3))


def test_the_public_is_told_no_more_than_was_released(truce):
    """Not whose acts a side counts, and of a report that was not released no number."""
    accusing = count(1, "2020-01-05", 3, accused=("blue",), release="public")
    status = cf.assess(truce, [accusing, report(1, "2020-01-05")], as_of="2020-01-10")
    public = status.for_audience("public")
    assert figures(public, None, "claims")["claims open"] == (0, None)
    assert {one.ledger.accused for one in status.key_figures() if one.ledger} == {("blue",)}
    assert {one.ledger.accused for one in public.key_figures() if one.ledger} == {()}


def test_the_table_of_key_figures_is_flat(truce):
    """A number a row, with its ledger; what it was only where an earlier assessment was given."""
    status = cf.assess(truce, [count(1, "2020-01-05", 3)], as_of="2020-01-10")
    rows = status.table("key_figures", since=status.at("2020-01-02"))
    assert rows[9] == {
        "figure": "counts", "part": "lowest", "side": "red", "act": "attack", "unit": None, "zone": None,
        "accused": "", "against": "", "value": 3, "before": None, "at_least": False, "records": "red/1",
        "commitments": "",
    }  # fmt: skip
    assert next(row["before"] for row in status.table("key_figures")) is None


def test_a_key_figure_in_json_has_its_ledger_as_an_object(truce):
    """And null where it is of no ledger; whose acts and against whom are lists."""
    entries = list(
        map(as_entry, cf.assess(truce, [count(1, "2020-01-05", 3)], as_of="2020-01-10").key_figures())
    )
    lowest = next(entry for entry in entries if entry["part"] == "lowest")
    assert (lowest["ledger"]["side"], lowest["ledger"]["accused"], lowest["ledger"]["against"]) == (
        "red",
        [],
        [],
    )
    assert (lowest["value"], lowest["records"]) == (3, ["red/1"])
    assert next(entry["ledger"] for entry in entries if entry["part"] == "established") is None
