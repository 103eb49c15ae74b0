"""Properties of an assessment as a function of its records and its day (P10 to P17, P29, P40a, P55)."""

import json
import re
import tomllib
from collections import Counter
from datetime import date, datetime, timedelta, timezone

from attrs import evolve
from changes import LATE, LISTS, effort, inner_rows, lists, rows, says_same_as, shifted
from critical import instants_of
from hypothesis import assume, given
from hypothesis import strategies as st
from stage import Lines, agreement

import ceasefire as cf
from ceasefire.assessment.result.view import view_of
from ceasefire.assessment.world.occurrence import times_of
from ceasefire.clock import instant, iso
from ceasefire.record import Membership, Response, from_json, to_json
from ceasefire.record.order import id_key
from ceasefire.testing import (
    History,
    agreement_tables,
    histories,
    journals,
    keep,
    moments,
    read,
    records,
    text,
)

COMPLIANCE = ("breached", "overdue", "disputed", "alleged", "remedied", "none_recorded")


@effort(35)
@given(history=histories(), as_of=moments(), data=st.data(), relays=st.booleans())
def test_p10_the_order_of_records_never_matters(history, as_of, data, relays):
    """The order in which records are given never matters."""
    turned = evolve(history, records=tuple(data.draw(st.permutations(history.records))))
    asked = {"as_of": as_of, "relays": relays}
    assert turned.assess(**asked).to_dict() == history.assess(**asked).to_dict()


def occurred_after(record, entry, status):
    """Tell whether an act occurred after the day asked about, by the page's rule for its kind."""
    zone = record.timezone or status.timezone
    if isinstance(record, Response):
        made = record.occurred
        last = times_of(made, zone, entry.dated).last if made is not None else (entry.dated or 0)
        return last > status.as_of
    stated = getattr(record, "occurred", None)
    if stated is not None:
        times = times_of(stated, zone, entry.dated)
        return (times.first if isinstance(record, Membership) else times.last) > status.as_of
    stated = getattr(record, "period", None)
    return stated is not None and times_of(stated, zone, None).possible_part()[1] > status.as_of


#: Problems that hang on what is known alone, not on what had occurred.
OF_ALL_KNOWN = {
    "clock_ahead",
    "key_twice",
    "not_yet_occurred",
    "possible_duplicate",
    "similar_id",
    "unknown_author",
    "unknown_record",
}


@effort(35)
@given(history=histories(), as_of=moments())
def test_p11_acts_after_the_day_change_nothing(history, as_of):
    """Acts that occurred after `as_of` change nothing (findings, corrections and withdrawals are not acts).

    Several records of one decision, event or membership are one act, which occurred by the earliest that says so.
    """
    whole = view_of(history.assess(LATE)).outcome.known
    status = history.assess(as_of)
    unseen = {
        name for name, entry in whole.wordings.by_id.items() if occurred_after(entry.record, entry, status)
    }
    unseen -= {name for name, first in whole.equal.items() if name != first or name in whole.equal.values()}
    left = evolve(history, records=tuple(r for r in history.records if r.id not in unseen))
    found, wanted = lists(left.assess(as_of)), lists(status)
    # How records came to be, and what they point at, is told of all that are known, whatever the day.
    for told in (found, wanted):
        told["problems"] = [p for p in told["problems"] if p["code"] not in OF_ALL_KNOWN]
    assert found == wanted


@effort(25)
@given(history=histories(), data=st.data())
def test_p13_between_two_critical_instants_the_assessment_is_constant(history, data):
    """Between two critical instants the assessment is constant; P55: no field depends on `as_of` but at one."""
    first, last = instant("2017-03-27T00:00:00Z").us, instant("2017-04-08T00:00:00Z").us
    asked = data.draw(st.integers(first, last))
    here = history.assess(iso(asked))
    critical = instants_of(history, here, history.assess(LATE))
    before = max((at for at in critical if at <= asked), default=first)
    assert lists(history.assess(iso(before))) == lists(here)


#: Days of histories that can be shifted: calendar months are left out, they differ in length.
_WHOLE = re.compile(r'"\d{4}-\d\d"|P1M')


@st.composite
def written_histories(draw):
    """A history of one agreement in UTC, with the tables it was read from, and no months."""
    tables = draw(agreement_tables()) | {"timezone": "UTC"}
    accord = read(tables)
    said = draw(records(accord))
    assume(not _WHOLE.search(text(tables)))
    assume(not any(_WHOLE.search(json.dumps(to_json(r))) for r in said))
    return tables, History((accord,), said)


def moved(tables, days):
    """Agreement tables with every date moved."""
    return tomllib.loads(shifted(text(tables), days))


@effort(25)
@given(written=written_histories(), as_of=moments(), days=st.sampled_from((-1, 1, 31, 366, -400)))
def test_p14_shifting_everything_by_whole_days_shifts_the_answer(written, as_of, days):
    """For agreements in UTC with periods of days or weeks, shifting all by whole days shifts the answer."""
    tables, history = written
    later = tuple(from_json(json.loads(shifted(json.dumps(to_json(r)), days))) for r in history.records)
    there = History((read(moved(tables, days)),), later).assess(shifted(as_of, days))
    here = history.assess(as_of)
    assert json.dumps(lists(there)) == shifted(json.dumps(lists(here)), days)


def elsewhere(stated, hours):
    """An instant written in another zone."""
    there = datetime.fromisoformat(stated).astimezone(timezone(timedelta(hours=hours)))
    return there.isoformat()


@effort(35)
@given(history=histories(), as_of=moments(), hours=st.sampled_from((3, -7, 5)))
def test_p15_the_zone_in_which_an_instant_is_written_never_matters(history, as_of, hours):
    """The zone in which an instant is written never matters: only sentences repeat it as it was written."""

    def rewrite(record):
        said = json.dumps(to_json(record))
        return from_json(
            json.loads(re.sub(r'"(\d{4}-\d\d-\d\dT[^"]*)"', lambda m: f'"{elsewhere(m[1], hours)}"', said))
        )

    there = evolve(history, records=tuple(rewrite(r) for r in history.records))
    mine, theirs = lists(history.assess(as_of)), lists(there.assess(as_of))
    for problem in (*mine["problems"], *theirs["problems"]):
        problem.pop("what")
    assert theirs == mine


def test_p15_the_zone_of_an_answer_never_matters():
    """An instant that a finding names is listed in UTC, in whatever zone it was written."""
    answers = []
    for ended in ("2017-03-30T15:00:00+03:00", "2017-03-30T12:00:00Z"):
        say = Lines()
        one = say("ant", "incident", occurred={"from": "2017-03-30T10:00:00Z"}, act="attack")
        say("bee", "finding", on=one, ended=ended)
        answers.append(lists(say.history(agreement()).assess(LATE)))
    assert answers[0] == answers[1]


@effort(25)
@given(history=histories(), first=moments(), second=moments())
def test_p16_fulfilled_is_stable(history, first, second):
    """Fulfilled stays fulfilled, and so does every final phase.

    As the day moves on. False where a record is said to report the same act as one that occurred later: before
    that day it stands alone, then the other counts for it.
    """
    assume(not says_same_as(history))
    earlier, later = sorted((history.assess(first), history.assess(second)), key=lambda s: s.as_of)
    there = rows(later)
    for key, row in rows(earlier).items():
        if row["phase"] in ("fulfilled", "concluded", "lapsed", "released"):
            assert (row["phase"], row["phase_from"]) == (there[key]["phase"], there[key]["phase_from"])


@effort(35)
@given(history=histories(), first=moments(), second=moments())
def test_what_a_row_was_on_a_day_does_not_depend_on_the_day_asked_about(history, first, second):
    """The moves of a row up to a day are those that an assessment of that day gives, whichever later day is asked.

    False where a record is said to report the same act as one that occurred later, as for P16.
    """
    assume(not says_same_as(history))
    earlier, later = sorted((history.assess(first), history.assess(second)), key=lambda s: s.as_of)
    there = inner_rows(later)
    for key, row in inner_rows(earlier).items():
        assert [move for move in there[key].moves if move.at <= earlier.as_of] == list(row.moves), key


@effort(35)
@given(history=histories(), data=st.data(), as_of=moments())
def test_ids_that_differ_only_in_leading_zeros_have_an_order_of_their_own(history, data, as_of):
    """Whichever comes first: they are two records, each told, and everything else hangs on what is written."""
    twins = like_others(history, data)
    turned = evolve(twins, records=tuple(data.draw(st.permutations(twins.records))))
    answer = twins.assess(as_of).to_dict()
    assert turned.assess(as_of).to_dict() == answer
    told = {problem["record"] for problem in answer["problems"] if problem["code"] == "similar_id"}
    places = Counter(id_key(record.id)[:3] for record in twins.records)
    assert told == {record.id for record in twins.records if places[id_key(record.id)[:3]] > 1}


def like_others(history, data):
    """A history in which some records take the number of the one before them in their chain, with zeros before it."""
    names = {record.id for record in history.records}
    called = {}
    for name in sorted(names, key=id_key):
        author, number, _, _ = id_key(name)
        before = f"{author}/{number - 1}"
        if before in names and before not in called and data.draw(st.booleans()):
            called[name] = f"{author}/{data.draw(st.sampled_from(('0', '00')))}{number - 1}"

    def renamed(record):
        said = json.dumps(to_json(record))
        return from_json(json.loads(re.sub(r'"([a-z]+/\d+)"', lambda m: f'"{called.get(m[1], m[1])}"', said)))

    return evolve(history, records=tuple(map(renamed, history.records)))


@effort(25)
@given(history=histories(), first=moments(), second=moments())
def test_p17_breaches_never_fall_as_the_day_moves_on(history, first, second):
    """For a fixed set of records `breaches` never falls as `as_of` moves on.

    False where a record is said to report the same act as one that occurred later, as for P16.
    """
    assume(not says_same_as(history))
    earlier, later = sorted((history.assess(first), history.assess(second)), key=lambda s: s.as_of)
    there = rows(later)
    for key, row in rows(earlier).items():
        assert row["breaches"] <= there[key]["breaches"]
        assert set(inner_rows(earlier)[key].missed) <= set(inner_rows(later)[key].missed)


@effort(25)
@given(kept=journals())
def test_p29_one_record_at_a_time_equals_all_at_once(kept):
    """Records given one at a time make the answer that they make all at once, and so do those of a journal."""
    several = tuple(kept.journal)
    at_once = cf.assess(kept.agreements, several, as_of=LATE)
    one_by_one = cf.assess(kept.agreements, (record for record in several), as_of=LATE)
    assert one_by_one.to_dict() == at_once.to_dict()
    assert lists(cf.assess(kept.agreements, kept.journal, as_of=LATE)) == lists(at_once)


@st.composite
def interleaved(draw, history):
    """The records of a history in another order, each author's in their own."""
    chains = {}
    for record in history.records:
        chains.setdefault(record.by, []).append(record)
    mixed = []
    while chains:
        author = draw(st.sampled_from(sorted(chains)))
        mixed.append(chains[author].pop(0))
        if not chains[author]:
            del chains[author]
    return evolve(history, records=tuple(mixed))


@effort(25)
@given(history=histories(), data=st.data())
def test_p40a_interleaving_the_chains_of_authors_never_changes_anything(history, data):
    """Interleaving different authors' chains never changes anything, in a list or in a journal."""
    mixed = data.draw(interleaved(history))
    assert mixed.assess(LATE).to_dict() == history.assess(LATE).to_dict()
    one = keep(only_new(history))
    other = keep(only_new(mixed))
    if not renumbered(one, other):
        answers = [cf.assess(k.agreements, k.journal, as_of=LATE).to_dict() for k in (one, other)]
        assert answers[0] == answers[1]


def only_new(history):
    """Records that a journal accepts in any order: amendments need what they amend before them."""
    return evolve(
        history, records=tuple(r for r in history.records if r.kind not in ("correction", "withdrawal"))
    )


def renumbered(one, other):
    """Whether two journals hold other records: an author's pointers ran ahead of their targets."""
    return {to_text(r) for r in one.journal} != {to_text(r) for r in other.journal}


def to_text(record):
    """A record as text, without when it was received."""
    return json.dumps(to_json(evolve(record, received=None)), sort_keys=True)


def test_every_list_of_an_answer_is_compared():
    """The properties compare every list there is."""
    from ceasefire.assessment.result.lists import LISTS as ALL

    assert tuple(ALL) == LISTS


def test_instants_are_told_apart_from_dates():
    """The search for critical instants finds dates of an agreement, and instants."""
    said = read(
        {"ceasefire": 1, "id": "accord", "title": "A", "adopted": date(2017, 3, 28), "timezone": "UTC"}
    )
    assert {iso(at) for at in instants_of(History((said,), ()))} == {
        "2017-03-28T00:00:00Z",
        "2017-03-28T00:00:00.000001Z",
        "2017-03-28T23:59:59.999999Z",
        "2017-03-29T00:00:00Z",
    }
