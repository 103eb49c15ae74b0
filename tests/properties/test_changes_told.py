"""What has changed is what differs between the lists, told once, with a reason, whatever the order of records."""

from changes import effort, rows
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.assessment import assess
from ceasefire.assessment.result.key_figures import PARTS
from ceasefire.testing import histories

DAYS = ("2017-03-28", "2017-04-01", "2017-04-03", "2017-04-05", "2017-05-05")
SAID = ("determination", "wording", "counts_as", "attributed_to", "severity")


def listed(status, name, *keys):
    """Return the rows of a list by what names them."""
    return {tuple(row[key] for key in keys): row for row in status.to_dict()[name]}


def differing(status, then, name, *keys):
    """Return what names the rows of a list that differ."""
    new, old = (listed(one, name, *keys) for one in (status, then))
    return {key for key in new.keys() | old.keys() if new.get(key) != old.get(key)}


@given(
    history=histories(), days=st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)), kept=st.integers(0, 8)
)
@effort(60)
def test_the_changes_are_what_differs_between_the_lists(history, days, kept):
    """Every row and agreement that differs, once, and none that does not; of two days, or of more records."""
    first, last = sorted(days)
    status = history.assess(last)
    then = assess(history.agreements, history.records[:kept], as_of=first)
    found = status.changes(then)
    told = [key for one in found for key in one.rows]
    assert len(told) == len(set(told))
    assert set(told) == {
        key for key in rows(status).keys() | rows(then).keys() if rows(status).get(key) != rows(then).get(key)
    }
    agreements = [(one.agreement,) for one in found if one.kind == "agreement"]
    assert set(agreements) == differing(status, then, "agreements", "agreement")
    assert len(agreements) == len(set(agreements))


@given(
    history=histories(), days=st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)), kept=st.integers(0, 8)
)
@effort(60)
def test_every_change_has_a_reason_and_every_claim_is_told_once(history, days, kept):
    """A claim determined otherwise is told by itself, or as what is behind a change; nothing is told as changed."""
    first, last = sorted(days)
    status = history.assess(last)
    then = assess(history.agreements, history.records[:kept], as_of=first)
    found = status.changes(then)
    behind = {record for one in found if one.kind in ("agreement", "commitment") for record in one.because}
    claims, old = (listed(one, "claims", "record", "agreement") for one in (status, then))
    told = {(one.record, one.agreement) for one in found if one.kind == "claim"}
    for key, claim in claims.items():
        otherwise = any(claim[name] != old.get(key, {}).get(name) for name in SAID)
        if otherwise:
            assert key in told or behind & {claim["record"], claim["counts_as"]}
    for one in found:
        assert one.because or one.codes, one
        assert set(one.known_later) <= {*one.because, one.record}
        assert (one.before, one.after) != (None, None)


@given(history=histories(), days=st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)), drawn=st.data())
@effort(40)
def test_comparing_is_a_function_of_what_is_compared(history, days, drawn):
    """Nothing has changed beside itself; in another order of records the same has, in the same order."""
    first, last = sorted(days)
    status = history.assess(last)
    assert status.changes(status) == ()
    again = assess(history.agreements, drawn.draw(st.permutations(history.records)), as_of=last)
    assert again.changes(again.at(first)) == status.changes(status.at(first))
    assert again.key_figures(status.at(first)) == status.key_figures(again.at(first))
    assert again.due() == status.due()


@given(history=histories(), days=st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)))
@effort(40)
def test_key_figures_number_records_and_give_counts_as_stated(history, days):
    """Each is as large as what it rests on; a lowest and a highest are counts that a record states."""
    first, last = sorted(days)
    status = history.assess(last)
    stated = {(tally["record"], tally["count"]) for tally in status.to_dict()["tallies"]}
    for one in status.key_figures(status.at(first)):
        assert one.part in PARTS[one.figure]
        if one.part in ("lowest", "highest"):
            assert one.value is None or (one.records[0], one.value) in stated
        elif one.figure in ("breaches", "claims", "access") or one.part == "longer":
            assert one.value == len(one.records)
    for one in status.due():
        assert one.days <= 30
        assert (one.within is None) == (one.state not in ("ahead", "not_begun"))
