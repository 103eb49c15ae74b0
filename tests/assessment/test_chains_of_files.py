"""Chains with two histories as files bring them: with proofs and without, known early and known late."""

from hashlib import sha256

import pytest
from attrs import evolve

import ceasefire as cf
import pen
from ceasefire.record import to_json
from ceasefire.record.proof import UNCHAINED, Proof, pieces


@pytest.fixture(scope="module")
def truce():
    """Return a truce of two, who decide by consensus."""
    both = ["russia", "turkey"]
    cease = pen.commitment("cease", duty="refrain", owed_by="government", acts="attack")
    return pen.truce(cease, adopted="2017-05-04", party=[*both, "government"], members=both)


def attack(by, number, **fields):
    """Return an attack, as an author's record of that number."""
    given = {"recorded": f"2017-05-{10 + number}T12:00:00Z", "occurred": "2017-05-10"}
    return pen.incident(number, by, **given | {"act": "attack.shelling", "accused": "government"} | fields)


def finding(by, number, outcome, on="turkey/1", **fields):
    """Return an author's finding, of that number."""
    recorded = f"2017-05-{10 + number}T12:00:00Z"
    return pen.finding(number, on, outcome, by=by, **{"recorded": recorded} | fields)


def chained(record, number, previous, salt=bytes(16)):
    """Return a record with its proof, as a journal gives it."""
    head, _ = pieces(to_json(record), number, previous, salt)
    return evolve(
        record, proof=Proof(number=number, hash=sha256(head).digest(), previous=previous, salt=salt)
    )


def determinations(truce, records, **asked):
    """Return what becomes of each claim."""
    status = cf.assess(truce, records, **{"as_of": "2017-06-01"} | asked)
    return {claim["record"]: claim["determination"] for claim in status.table("claims")}


def forked():
    """Return the first record of a Russian chain, and two findings that both follow it."""
    first = chained(attack("russia", 1), 1, None)
    sides = [chained(finding("russia", 2, said), 2, first.proof.hash) for said in ("confirmed", "refuted")]
    return first, *sides


def test_a_fork_not_known_yet_takes_nothing_away(truce):
    """Before either side of the fork was received, what its author had said is what it was."""
    first, *sides = forked()
    records = [chained(attack("turkey", 1), 1, None), first, *sides]
    assert determinations(truce, records, known_at="2017-05-11") == {
        "russia/1": "alleged",
        "turkey/1": "alleged",
    }
    status = cf.assess(truce, records, as_of="2017-06-01")
    assert {problem["code"] for problem in status.table("problems")} == {"fork"}


def test_what_its_author_did_not_chain_is_on_no_branch(truce):
    """A file written by hand and merged has numbers and no chain: nothing of it hangs on a fork elsewhere."""
    by_hand = chained(attack("turkey", 1), 1, UNCHAINED)
    said = chained(finding("turkey", 2, "confirmed", on="russia/1"), 2, UNCHAINED)
    first, *sides = forked()
    status = cf.assess(truce, [by_hand, said, first, *sides], as_of="2017-06-01")
    assert {c["record"]: c["determination"] for c in status.table("claims")} == {
        "russia/1": "established",
        "turkey/1": "alleged",
    }
    assert {problem["record"][:8] for problem in status.table("problems")} == {"russia/2"}


def test_a_record_merged_from_a_file_and_then_chained_is_one_record(truce):
    """Two files that bring it twice, once without its chain, bring one record."""
    record = attack("turkey", 1)
    twice = [chained(record, 1, UNCHAINED, bytes(15) + b"\1"), chained(record, 1, None)]
    for records in (twice, twice[::-1]):
        status = cf.assess(truce, records, as_of="2017-06-01")
        assert [claim["record"] for claim in status.table("claims")] == ["turkey/1"]
        assert status.table("problems") == []
        assert status.records["turkey/1"].proof.chained


def test_an_id_with_an_odd_number_of_digits_is_a_fork_as_well(truce):
    """Whoever shortens the digits behind the @ by hand still says that the number has another record."""
    records = [
        attack("turkey", 1),
        finding("russia", 1, "confirmed"),
        finding("russia", 2, "confirmed", id="russia/2@abc"),
    ]
    status = cf.assess(truce, records, as_of="2017-06-01")
    assert ("russia/2@abc", "fork") in [(p["record"], p["code"]) for p in status.table("problems")]
    assert status.claim("turkey/1").determination == "established"
