"""What was derived from what: read by the package prov, which gives the same back."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from prov.model import ProvDocument

import ceasefire as cf
import pen
from ceasefire.testing import histories


def written(status, audience="mechanism"):
    """Return the provenance of an edition, as another program gives it back once it has read it."""
    text = cf.report(status, audience=audience).to_prov()
    again = ProvDocument.deserialize(content=text, format="json").serialize(format="json")
    assert json.loads(again) == json.loads(text)
    return json.loads(text)


def derived(document):
    """Return what was made from what, and how."""
    types = ([one["prov:type"]] if isinstance(one["prov:type"], dict) else one["prov:type"]
             for one in document["wasDerivedFrom"].values())  # fmt: skip
    pairs = (
        (one["prov:generatedEntity"], one["prov:usedEntity"]) for one in document["wasDerivedFrom"].values()
    )
    return {(*pair, *(t["$"] for t in several)) for pair, several in zip(pairs, types, strict=True)}


def test_records_rest_on_evidence_rows_on_files_corrections_on_what_they_correct():
    """And the assessment on all of them, and on the text of the agreement."""
    row = {"title": "events.csv, row 2", "sha256": "ab" * 32, "kind": "table row"}
    records = [
        pen.incident(1, evidence=[row]),
        pen.correction(2, of="red/1", set={"act": "attack.shelling"}),
        pen.finding(1),
        pen.withdrawal(2, by="blue", of="blue/1"),
    ]
    document = written(cf.assess(pen.truce("stop"), records, as_of="2020-01-31"))
    [proof] = [name for name in document["entity"] if name.startswith("evidence:")]
    [whole] = [name for name in document["entity"] if name.startswith("assessment:")]
    assert derived(document) >= {
        ("record:red%2F1", proof, "ceasefire:evidence"),
        (proof, "file:" + "ab" * 32, "ceasefire:row"),
        ("record:red%2F2", "record:red%2F1", "ceasefire:correction", "prov:Revision"),
        ("record:blue%2F1", "record:red%2F1", "ceasefire:on"),
        ("record:blue%2F2", "record:blue%2F1", "ceasefire:withdrawal"),
        (whole, "record:red%2F1", "ceasefire:assessed"),
        (whole, "agreement:truce", "ceasefire:assessed"),
    }


def test_whose_record_it_is_and_whose_statement_stand_apart():
    """A relay is its author's record and its speaker's statement."""
    relay = pen.incident(1, said_by="blue", evidence=[{"title": "A letter"}])
    document = written(cf.assess(pen.truce("stop"), [relay], as_of="2020-01-31"))
    told = {(one["prov:agent"], one["ceasefire:as"]) for one in document["wasAttributedTo"].values()}
    assert told == {("party:red", "author"), ("party:blue", "speaker")}


def test_the_public_reads_of_no_answer_that_an_accused_would_give():
    """Nor of the evidence of a claim that is only alleged."""
    records = [
        pen.incident(1, accused="green", release="public", evidence=[{"title": "green was seen"}]),
        pen.response(1, "green", to="red/1", step="reply", release="public"),
    ]
    truce = pen.truce("stop", party=["red", "blue", "green"])
    status = cf.assess(truce, records, as_of="2020-01-31")
    assert "party:green" in json.dumps(written(status))
    assert "green" not in json.dumps(written(status, "public"))


@given(history=histories(most=5), audience=st.sampled_from(("mechanism", "public")))
@settings(max_examples=10)
def test_any_history_reads_back(history, audience):
    """Whatever ids and kinds of records are in it."""
    written(history.assess("2017-04-30"), audience)
