"""Properties of what is known when, by whom it may be changed, and what may be left out (P12, P30 to P37, P51)."""

import json

from attrs import evolve
from changes import LATE, Scribe, effort, inner_rows, lists, only, plus, pointing_at, rows
from hypothesis import assume, given
from hypothesis import strategies as st

import ceasefire as cf
from ceasefire.assessment.result.view import view_of
from ceasefire.clock import SECOND, instant, iso
from ceasefire.record import Decision, Event, Membership, Tally, from_json, judged, to_json
from ceasefire.testing import History, agreement_tables, histories, journals, moments, read, records

#: Everything but the rows of single records that are left out.
WORLD = ("agreements", "commitments", "spans")
HOUR = 3_600 * SECOND


@effort(25)
@given(kept=journals(), known_at=moments(), more=st.data())
def test_p32_with_a_fixed_known_at_later_records_change_nothing(kept, known_at, more):
    """In one journal, with a fixed `known_at` in the past, later records change nothing, ever."""
    asked = {"as_of": LATE, "known_at": known_at}
    before = cf.assess(kept.agreements, kept.journal, **asked)
    known = cf.assess(kept.agreements, kept.journal.known_at(known_at), **asked)
    further = more.draw(records(kept.agreements, most=4))
    for record in further:
        try:
            kept.journal.record(evolve(record, id=None, recorded=None))
        except cf.CeasefireError:
            continue
    after = cf.assess(kept.agreements, kept.journal, **asked)
    assert lists(after) == lists(before) == lists(known)


def received_by(record, known_at, zone):
    """Whether a record was known at an instant or at the end of a day."""
    from ceasefire.clock import last_instant

    return (record.received or record.recorded).us <= last_instant(known_at, zone)


@effort(25)
@given(history=histories(), known_at=moments(), as_of=moments())
def test_p34_the_older_view_keeps_what_is_withdrawn_later(history, known_at, as_of):
    """As known at a time, records received later – withdrawals among them – are as if they were not there."""
    zone = history.agreements[0].timezone
    then = only(history, lambda r: received_by(r, known_at, zone))
    assert lists(history.assess(as_of, known_at=known_at)) == lists(then.assess(as_of, known_at=known_at))


def dated(history, ahead, unnumbered):
    """Return a history each record of which was received as it was written, some dated so many hours ahead.

    Of some authors the records have ids of no chain, as in a file that somebody wrote by hand.
    """
    found = []
    for record in history.records:
        fields = json.dumps(to_json(record))
        for author in unnumbered:
            fields = fields.replace(f'"{author}/', f'"{author}-')
        at = record.recorded.us
        times = {"recorded": iso(at + ahead.get(record.id, 0) * HOUR), "received": iso(at)}
        found.append(from_json(json.loads(fields) | times))
    return evolve(history, records=tuple(found))


@effort(50)
@given(history=histories(), as_of=moments(), data=st.data(), relays=st.booleans())
def test_a_date_after_it_was_received_decides_nothing(history, as_of, data, relays):
    """Whether a record says that it was written in a week or in 2900: the same answer, and it is told."""
    ids = sorted(record.id for record in history.records)
    authors = sorted({record.by for record in history.records})
    unnumbered = data.draw(st.sets(st.sampled_from(authors))) if authors else ()
    chosen = data.draw(st.sets(st.sampled_from(ids))) if ids else ()
    answers = []
    for hours in (st.integers(2, 400), st.integers(400, 7_000_000)):
        ahead = {name: data.draw(hours) for name in sorted(chosen)}
        answer = lists(dated(history, ahead, unnumbered).assess(as_of, relays=relays))
        answer["problems"] = sorted((p["record"] or "", p["code"]) for p in answer["problems"])
        answers.append(answer)
    near, far = answers
    assert near == far
    assert sum(code == "clock_ahead" for _, code in far["problems"]) == len(chosen)


@effort(25)
@given(history=histories(), data=st.data())
def test_p33_a_withdrawn_record_is_as_if_absent(history, data):
    """A withdrawn record is as if absent from then on, but a claim that another member confirms stands.

    Left out of the comparison are lines about the record itself, and findings on it, which then name nothing.
    """
    standing = {r.of for r in history.records if r.kind == "withdrawal"}
    own = [r for r in history.records if r.kind not in ("withdrawal", "correction", "erasure", "branch")]
    own = [r for r in own if r.id not in standing and not (is_equal_kind(r) and found_on(history, r))]
    assume(own)
    taken = data.draw(st.sampled_from(own))
    scribe = Scribe()
    scribe.write(taken.by, "withdrawal", of=taken.id)
    withdrawn = plus(history, scribe).assess(LATE)
    claims = [c for c in withdrawn.to_dict()["claims"] if c["record"] == taken.id]
    if any(claim["determination"] != "withdrawn" for claim in claims):
        assert any(confirms(r, taken, history) for r in history.records)
        return
    absent = only(history, lambda r: r.id != taken.id).assess(LATE)
    assert lists(withdrawn, *WORLD, "tallies", "appraisals", "responses") == lists(
        absent, *WORLD, "tallies", "appraisals", "responses"
    )
    assert [c for c in withdrawn.to_dict()["claims"] if c["record"] != taken.id] == absent.to_dict()["claims"]


def is_equal_kind(record):
    """Whether records of equal fields are one claim: findings on any of them are on it."""
    return isinstance(record, Decision | Event | Membership)


def found_on(history, record):
    """Whether anyone judges a record, or a correction of it."""
    names = {record.id} | {r.id for r in history.records if getattr(r, "of", None) == record.id}
    return any(r.kind == "finding" and r.on in names for r in history.records)


def confirms(record, claim, history):
    """Whether a record confirms a claim for somebody else than its author."""
    names = {claim.id} | {r.id for r in history.records if getattr(r, "of", None) == claim.id}
    equal = is_equal_kind(claim) and record.kind == claim.kind and record.speaker != claim.speaker
    finding = record.kind == "finding" and record.on in names and record.speaker != claim.speaker
    return equal or (finding and "confirmed" in (record.outcome, *corrected(history, record)))


def corrected(history, record):
    """The outcomes that corrections give a finding."""
    return [
        r.set.get("outcome")
        for r in history.records
        if r.kind == "correction" and r.of == record.id and r.set
    ]


@effort(25)
@given(history=histories())
def test_p37_only_the_author_corrects_or_withdraws(history):
    """Anyone else's correction or withdrawal has no effect, and is a problem."""
    status = history.assess(LATE)
    by = {r.id: r.by for r in history.records}
    amendments = [r for r in history.records if r.kind in ("correction", "withdrawal")]
    foreign = {r.id for r in amendments if r.of in by and by[r.of] != r.by}
    told = {p["record"] for p in status.to_dict()["problems"] if p["code"] == "foreign"}
    assert told == foreign
    without = only(history, lambda r: r.id not in foreign).assess(LATE)
    names = ("agreements", "commitments", "claims", "reasons", "cases", "tallies")
    assert lists(without, *names) == lists(status, *names)


def closure(world, name):
    """The commitments on which the rows of one rest: those its condition names, and so on, and repairs of it."""
    found, frontier = set(), [name]
    while frontier:
        one = frontier.pop()
        if one in found:
            continue
        found.add(one)
        when = world.commitments[one].when
        frontier += [n for n in (when.fulfilled, when.breach_of) if n] if when is not None else []
        repairs = (c for c in world.commitments.values() if c.when is not None and c.when.breach_of == one)
        frontier += [c.name for c in repairs if c.when.repairs]
    return found


@effort(25)
@given(history=histories(), data=st.data())
def test_p12_records_about_others_change_nothing_here(history, data):
    """Records about other commitments, places and actors change nothing in the rows here."""
    status = history.assess(LATE)
    world = view_of(status).world
    assume(world.commitments)
    rowed = [name for name, c in world.commitments.items() if c.duty != "declare"]
    assume(rowed)
    here = data.draw(st.sampled_from(rowed))
    others = [name for name in rowed if name not in closure(world, here)]
    scribe = Scribe()
    when = data.draw(st.sampled_from(("2017-03-30T12:00:00Z", "2017-04-01")))
    accused = data.draw(st.sampled_from((["north"], ["south"], [])))
    about = data.draw(st.sampled_from(("actor", "place", "commitment", "performance", "opinion")))
    act = {"occurred": when, "act": "attack.shelling"}
    if about == "actor":
        assume("cat" not in world.commitments[here].owed_by)
        scribe.agreed("incident", **act, zone="plain", accused=["cat"], also={"attributed_to": "cat"})
    elif about == "place":
        assume(world.commitments[here].zones and "hills" not in world.commitments[here].zones)
        also = {"attributed_to": accused or "unidentified"}
        scribe.agreed("incident", **act, zone="hills", accused=accused, also=also)
    elif others and about == "commitment":
        other = data.draw(st.sampled_from(others))
        also = {"attributed_to": accused or "unidentified"}
        scribe.agreed("incident", **act, zone="town", accused=accused, commitments=[other], also=also)
        scribe.agreed("decision", by="bee", does="release", commitment=other, occurred=when)
    elif others and about == "performance":
        other = data.draw(st.sampled_from(others))
        performer = data.draw(st.sampled_from(("north", "south", "ant")))
        scribe.agreed("performance", commitment=other, performer=performer, occurred=when)
    else:
        scribe.write("owl", "appraisal", commitment=here, owed_by="south", period="2017-03", grade="none")
        scribe.write("owl", "response", to=here, owed_by="south", step="note", occurred="2017-04-01")
    there = plus(history, scribe).assess(LATE)
    for key, row in rows(status).items():
        if key[0] == here:
            assert rows(there)[key] == row
    assert {key for key in rows(there) if key[0] == here} == {key for key in rows(status) if key[0] == here}


@st.composite
def two_apart(draw):
    """Two agreements that name each other in nothing, and records about both."""
    first, second = draw(agreement_tables("accord", 3)), draw(agreement_tables("annex", 2))
    second |= {name: first[name] for name in ("timezone", "party", "zone")}
    for mechanism in second.get("mechanism", ()):
        mechanism["id"] += "-annex"
    agreements = (read(first), read(second))
    return History(agreements, draw(records(agreements)))


@effort(25)
@given(history=two_apart(), as_of=moments())
def test_p51_dropping_what_nothing_names_leaves_the_others(history, as_of):
    """Dropping an agreement that nothing loaded names, and that names nothing loaded, leaves the others' rows."""
    whole = history.assess(as_of)
    alone = evolve(history, agreements=history.agreements[:1]).assess(as_of)
    assert {k: row for k, row in rows(whole).items() if k[0].startswith("accord/")} == rows(alone)
    assert whole.to_dict()["agreements"][0] == alone.to_dict()["agreements"][0]


def cited(status, key):
    """The ids of the records that a row cites."""
    found = status.to_dict()["reasons"]
    mine = [reason for reason in found if (reason["commitment"], reason["owed_by"]) == key]
    return {reason["record"] for reason in mine if reason["record"] is not None}


def with_all_on_them(history, status, names, agreement):
    """These records with every record on them, and the decisions, events and memberships of an agreement."""
    judged_here = {c["record"] for c in status.to_dict()["claims"] if c["agreement"] == agreement}
    by_id = {record.id: record for record in history.records}
    found = {n for n in judged_here if is_equal_kind(by_id[n])} | names
    while True:
        more = {n for name in found for r in pointing_at(history, name) if (n := r.id) not in found}
        said = {getattr(by_id[n], "same_as", None) for n in found if n in by_id} - {None} - found
        said |= {r.of for n in found if (r := by_id.get(n)) and r.kind == "correction"} - found
        more |= {n for n in said if n in by_id}
        if not more:
            return found
        found |= more


@effort(25)
@given(history=histories(), as_of=moments())
def test_p30_the_records_a_row_cites_suffice(history, as_of):
    """The records a row cites, with every record on them and its agreement's decisions, events and memberships,
    give the same phase, compliance, breaches and open.
    """
    status = history.assess(as_of)
    for key, row in rows(status).items():
        agreement = key[0].partition("/")[0]
        names = with_all_on_them(history, status, cited(status, key), agreement)
        few = only(history, lambda r, names=names: r.id in names).assess(as_of)
        there = rows(few)[key]
        wanted = ("phase", "phase_from", "compliance", "breaches", "open")
        assert {k: there[k] for k in wanted} == {k: row[k] for k in wanted}


def test_what_is_received_is_when_it_was_recorded_unless_a_journal_says():
    """In a file, `received` is equal to `recorded`."""
    record = cf.Event(
        by="ant", id="ant/1", name="round", occurred="2017-04-01", recorded="2017-04-02T00:00:00Z"
    )
    assert received_by(record, "2017-04-02", "UTC")
    assert not received_by(record, "2017-04-01", "UTC")
    later = evolve(record, received=instant("2017-04-03T00:00:00Z"))
    assert not received_by(later, "2017-04-02", "UTC")
    assert judged(record)
    assert not judged(cf.Tally(period="2017-04", count=1))
    assert json.dumps(to_json(Tally(period="2017-04", count=1)))
    assert inner_rows
