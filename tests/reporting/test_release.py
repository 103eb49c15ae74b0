"""Who may read what: the release of a record, as corrections leave it, and what is told of the rest.

That nothing shows through in general is a property: see `test_nothing_shows_through`.
"""

import json

import pytest

import ceasefire as cf
import pen
from ceasefire.record import Correction, Incident, Withdrawal


def test_a_public_report_does_not_tell_of_lines_that_could_not_be_read(tmp_path):
    """Nobody knows for whom a broken line was: the mechanism is told of it, the public is not."""
    path = tmp_path / "records.jsonl"
    path.write_text('{"kind": "incident", "text": "the broken line"\n', encoding="utf-8")
    memo = cf.agreement("syria-de-escalation-2017")
    status = cf.assess(memo, cf.read_records(path), as_of="2017-05-14")
    assert [p["code"] for p in cf.report(status).data["problems"]] == ["unreadable"]
    assert cf.report(status, audience="public").data["problems"] == []


def test_a_public_report_is_not_made_from_chains_that_the_public_cannot_check():
    """The head of a chain vouches for records that the public may not see, so it is no part of its report."""
    memo = cf.agreement("syria-de-escalation-2017")
    with cf.Journal.in_memory(author="russia", agreements=[memo]) as journal:
        journal.record(incident(id=None, by=None, release="public", recorded=None))
        status = cf.assess(memo, journal, as_of="2017-05-20")
    assert cf.report(status).data["made_from"]["heads"] == {"russia": journal.heads()["russia"]}
    assert cf.report(status, audience="public").data["made_from"]["heads"] == {}


def test_heads_and_broken_lines_stay_where_something_is_for_the_author_alone(tmp_path):
    """That the mechanism may not see one record takes nothing else from its report."""
    path = tmp_path / "records.jsonl"
    secret = {"kind": "incident", "by": "russia", "id": "russia/1", "recorded": "2017-05-14T12:00:00Z"}
    secret |= {"occurred": "2017-05-13", "act": "attack", "release": "author"}
    path.write_text(f"{json.dumps(secret)}\nbroken\n", encoding="utf-8")
    memo = cf.agreement("syria-de-escalation-2017")
    status = cf.assess(memo, cf.read_records(path), as_of="2017-05-14")
    made = cf.report(status)
    assert made.data["claims"] == [], "the record is for its author alone"
    assert [p["code"] for p in made.data["problems"]] == ["unreadable"]


# Corrections of the release


def incident(**given):
    """Return an incident of Russia's, with a text to be found."""
    fields = {"by": "russia", "id": "russia/1", "recorded": "2017-05-14T12:00:00Z", "text": "first words"}
    fields |= {"occurred": "2017-05-13", "act": "attack.shelling", "zone": "idlib-area"}
    return Incident(**fields | given)


def change(number, **fields):
    """Return Russia's correction of its incident, itself for the mechanism."""
    recorded = f"2017-05-{14 + number}T12:00:00Z"
    return pen.correction(number, "russia", of="russia/1", recorded=recorded, set=fields)


def public(*records, **asked):
    """Return the public report on some records, as Markdown and JSON in one."""
    memo = cf.agreement("syria-de-escalation-2017")
    made = cf.report(cf.assess(memo, records, as_of="2017-05-20", **asked), audience="public")
    return made.to_markdown() + made.to_json()


def test_a_record_that_is_closed_later_is_hidden_whenever_it_is_asked_for():
    """A correction closes it; so it is not shown again by asking for what was known before."""
    assert "russia/1" in public(incident(release="public"))
    closing = (incident(release="public"), change(2, release="mechanism"))
    assert "russia/1" not in public(*closing)
    assert "russia/1" not in public(*closing, known_at="2017-05-14")


def test_a_record_that_is_opened_later_shows_as_it_then_was_worded():
    """What was corrected before it was opened never comes back, whatever the corrections' own release."""
    opened = (incident(), change(2, text="second words"), change(3, zone="homs"))
    assert "russia/1" not in public(*opened)
    opened += (change(4, release="public"),)
    text = public(*opened)
    assert "russia/1" in text
    assert "first words" not in text
    assert "Shelling, Homs" in text
    assert "russia/1" not in public(*opened, known_at="2017-05-17"), "it was opened on the 18th"


def test_a_correction_after_the_opening_follows_its_own_release():
    """A correction for the mechanism leaves the public with the wording before it."""
    text = public(incident(release="public"), change(2, zone="homs"))
    assert "Shelling, Homs" not in text
    assert "Shelling, Idlib" in text


def test_a_withdrawn_opening_opens_nothing():
    """Taking back the correction that opened a record closes it again."""
    opening = change(2, release="public")
    back = pen.withdrawal(3, "russia", of="russia/2", recorded="2017-05-17T12:00:00Z")
    assert "russia/1" in public(incident(), opening)
    assert "russia/1" not in public(incident(), opening, back)


def test_a_withdrawal_is_as_public_as_what_it_takes_back():
    """Of a public record the public learns that it was taken back, unless the withdrawal is for others alone."""
    for said, told in ((None, True), ("public", True), ("mechanism", False), ("author", False)):
        back = pen.withdrawal(3, "russia", of="russia/1", recorded="2017-05-17T12:00:00Z", release=said)
        memo = cf.agreement("syria-de-escalation-2017")
        status = cf.assess(memo, (incident(release="public"), back), as_of="2017-05-20")
        claims = cf.report(status, audience="public").data["claims"]
        assert [c["determination"] == "withdrawn" for c in claims] == [told], said
        assert "russia/1" not in public(incident(), back), "what it takes back is not the public's"


def test_a_withdrawal_of_a_closed_or_opened_record_goes_with_it():
    """What a correction made of the record's release is what its withdrawal has, too."""
    back = pen.withdrawal(3, "russia", of="russia/1", recorded="2017-05-17T12:00:00Z")
    assert "withdrawn" in public(incident(), change(2, release="public"), back)
    assert "russia/" not in public(incident(release="public"), change(2, release="mechanism"), back)


def test_what_a_withdrawal_says_of_its_release_stays_said(tmp_path):
    """In a journal, in a file and back, and in a copy: that it says nothing, and that it says mechanism."""
    memo = cf.agreement("syria-de-escalation-2017")
    with cf.Journal.in_memory(author="russia", agreements=[memo]) as journal:
        for said in (None, "mechanism", "public"):
            (first,) = journal.record(incident(id=None, by=None, release="public", recorded=None))
            journal.record(Withdrawal(of=first.id, release=said))
        wanted = [None, "mechanism", "public"]
        assert [r.release for r in journal if r.kind == "withdrawal"] == wanted
        journal.copy(tmp_path / "copy.jsonl")
        again = cf.read_records(tmp_path / "copy.jsonl")
        assert [r.release for r in again if r.kind == "withdrawal"] == wanted
        with cf.Journal.in_memory(author="turkey", agreements=[memo]) as other:
            other.merge(tmp_path / "copy.jsonl")
            assert [r.release for r in other if r.kind == "withdrawal"] == wanted
            assert other.verify() is not None
        journal.copy(tmp_path / "public.jsonl", "public")
        shown = [r.release for r in cf.read_records(tmp_path / "public.jsonl") if r.kind == "withdrawal"]
        assert shown == [None, "public"]


def test_evidence_may_have_a_release_of_its_own():
    """What proves a public record may be for the mechanism, or for the author alone."""
    proofs = [{"title": f"{level} exhibit", "release": level} for level in ("public", "mechanism", "author")]
    memo = cf.agreement("syria-de-escalation-2017")
    status = cf.assess(memo, [incident(release="public", accused=(), evidence=proofs)], as_of="2017-05-20")
    for audience, seen in (("author", 3), ("mechanism", 2)):
        assert cf.report(status, audience=audience).to_markdown().count(" exhibit") == seen
    event = pen.event(
        2, "russia", recorded="2017-05-14T12:00:00Z", occurred="2017-05-14", release="public", evidence=proofs
    )
    assert public(event).count(" exhibit") == 1


@pytest.mark.parametrize("kind", [Correction, Withdrawal])
def test_what_changes_a_hidden_record_is_hidden_with_it(kind):
    """A public correction of a record for the mechanism would tell of it."""
    fields = {"set": {"text": "other words"}} if kind is Correction else {}
    amendment = kind(
        by="russia", id="russia/2", of="russia/1", recorded="2017-05-15T12:00:00Z", release="public", **fields
    )
    text = public(incident(), amendment)
    assert "russia/" not in text
    assert "other words" not in text


def test_records_that_point_at_hidden_ones_are_told_as_a_number():
    """One public finding on a record for the mechanism: “1 record not released”, and no id."""
    finding = pen.finding(1, "russia/1", by="turkey", recorded="2017-05-15T12:00:00Z", release="public")
    text = public(incident(), finding)
    assert (
        "Records in this report refer to one that is not released to this audience, or not held here." in text
    )
    assert "russia/1" not in text
    assert text == public(finding), "the public cannot tell a withheld record from one that is nowhere"
