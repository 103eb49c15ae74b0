"""Another day, and more records: what is taken over from an assessment changes nothing in the answer (P28, P29)."""

import json
from contextlib import suppress
from tempfile import TemporaryDirectory

from attrs import evolve
from changes import effort, lists
from hypothesis import given
from hypothesis import strategies as st

import ceasefire as cf
from ceasefire.clock import instant
from ceasefire.record import from_json
from ceasefire.testing import agreement_tables, histories, moments, read, records


def everything(status):
    """All that an assessment says, the reasons in sentences included."""
    rows = status.table("commitments")
    return status.to_dict(), [status.why(row["commitment"], row["owed_by"]) for row in rows]


@effort(60)
@given(history=histories(most=12), days=st.lists(moments(), min_size=2, max_size=4), relays=st.booleans())
def test_another_day_is_what_assessing_anew_says_of_it(history, days, relays):
    """From one day to the next, forth and back, each answer is that of a fresh assessment to the letter."""
    status = history.assess(days[0], relays=relays)
    for day in days[1:]:
        status = status.at(day)
        assert everything(status) == everything(history.assess(day, relays=relays))


@effort(60)
@given(history=histories(most=12), as_of=moments(), day=moments(), drawn=st.data())
def test_a_record_more_is_what_assessing_all_anew_says(history, as_of, day, drawn):
    """Records that come one by one, in any order, give the answer that all of them give."""
    several = drawn.draw(st.permutations(history.records))
    known = drawn.draw(st.integers(0, len(several)))
    status = cf.assess(history.agreements, several[:known], as_of=as_of)
    for place in range(known, len(several)):
        status = status.plus(several[place])
        fresh = cf.assess(history.agreements, several[: place + 1], as_of=as_of)
        assert everything(status) == everything(fresh)
    assert everything(status.at(day)) == everything(history.assess(day))


@effort(60)
@given(history=histories(most=12), as_of=moments(), relays=st.booleans(), drawn=st.data())
def test_the_rows_are_told_as_records_come_without_all_else(history, as_of, relays, drawn):
    """Acts, findings and counts last: what they bear on the rows is added, and nothing else is looked at."""

    def may_be_added(record):
        linked = getattr(record, "same_as", None)
        return record.kind in ("incident", "finding", "tally", "response", "appraisal") and linked is None

    several = sorted(drawn.draw(st.permutations(history.records)), key=may_be_added)
    known = drawn.draw(st.integers(0, len(several)))
    asked = {"as_of": as_of, "relays": relays}
    status = cf.assess(history.agreements, several[:known], **asked)
    for place in range(known, len(several)):
        status = status.plus(several[place])
        fresh = cf.assess(history.agreements, several[: place + 1], **asked)
        assert status.table("commitments") == fresh.table("commitments")
    assert everything(status) == everything(history.assess(as_of, relays=relays))


@effort(20)
@given(tables=agreement_tables(), as_of=moments(), known_at=moments(), drawn=st.data())
def test_records_received_later_than_was_asked_are_left_out_of_what_is_added(tables, as_of, known_at, drawn):
    """What was not known then stays unknown, whether it was given at once or added."""
    agreement = read(tables)
    first, more = drawn.draw(records(agreement)), drawn.draw(records(agreement))
    told = {record.id for record in first}
    more = tuple(record for record in more if record.id not in told)
    asked = {"as_of": as_of, "known_at": known_at}
    added = cf.assess(agreement, first, **asked).plus(*more)
    assert lists(added) == lists(cf.assess(agreement, [*first, *more], **asked))


NOW = instant("2017-06-01T00:00:00Z")


def kept(agreements):
    """Return an empty journal whose clock stands still."""
    return cf.Journal.in_memory(agreements=agreements, clock=lambda: NOW)


def written(journal, record):
    """Write a record, unless the journal refuses it."""
    with suppress(cf.CeasefireError):
        journal.record(evolve(record, id=None), at=record.recorded)


@effort(30)
@given(history=histories(most=12), as_of=moments(), drawn=st.data())
def test_a_status_that_catches_up_with_a_journal_is_that_of_the_journal_assessed_anew(history, as_of, drawn):
    """Records come one by one or merged, chains fork, words are withheld, arrive and are erased: each time the same."""
    ours, theirs = kept(history.agreements), kept(history.agreements)
    status = cf.assess(history.agreements, ours, as_of=as_of)
    for record in history.records:
        written(drawn.draw(st.sampled_from([ours, ours, theirs])), record)
        step = drawn.draw(st.sampled_from(["", "", "", "merge", "copy", "erase", "back"]))
        if step == "merge":
            ours.merge(theirs)
        elif step == "back":
            theirs.merge(ours)
        elif step == "erase" and len(ours):
            first = next(iter(ours))
            ours.author = first.by
            ours.erase(first.id, "a name")
            ours.author = None
        elif step == "copy":
            with TemporaryDirectory() as folder:
                theirs.copy(
                    f"{folder}/copy.jsonl", audience=drawn.draw(st.sampled_from(["public", "mechanism"]))
                )
                ours.merge(f"{folder}/copy.jsonl")
        status = status.caught_up(ours)
        assert everything(status) == everything(cf.assess(history.agreements, ours, as_of=as_of))


RECORDS = """
{"kind": "incident", "by": "ant", "id": "ant/1", "recorded": "2017-04-01T10:00:00Z", "occurred": "2017-03-30", "act": "attack.shelling", "zone": "town", "accused": ["south"]}
{"kind": "finding", "by": "bee", "id": "bee/1", "recorded": "2017-04-01T11:00:00Z", "on": "ant/1", "outcome": "confirmed", "attributed_to": "south"}
{"kind": "finding", "by": "bee", "id": "bee/1@00000000000a", "recorded": "2017-04-01T12:00:00Z", "on": "ant/1", "outcome": "refuted"}
{"kind": "incident", "by": "ant", "id": "ant/1", "recorded": "2017-04-01T10:00:00Z", "occurred": "2017-03-31", "act": "attack.shelling"}
{"kind": "branch", "by": "bee", "id": "bee/2", "recorded": "2017-04-01T13:00:00Z", "keep": "bee/1@00000000000a"}
""".strip().splitlines()  # fmt: skip


@effort(20)
@given(tables=agreement_tables(), order=st.permutations(range(len(RECORDS))))
def test_what_is_rare_among_records_added_is_found_anew(tables, order):
    """Forks, ids that two records have and branch records are told as if all had been given at once."""
    agreement = read(tables)
    several = [from_json(json.loads(RECORDS[place])) for place in order]
    status = cf.assess(agreement, several[:1], as_of="2017-04-10")
    for record in several[1:]:
        status = status.plus(record)
    assert lists(status) == lists(cf.assess(agreement, several, as_of="2017-04-10"))
