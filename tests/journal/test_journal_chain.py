"""The hash format, byte by byte, and what verify() finds when a byte was changed."""

from hashlib import sha256

import pytest
import rfc8785
from attrs import evolve
from journal_contract import EVIDENCE, Clock, shelling

from ceasefire.clock import instant
from ceasefire.errors import RecordError
from ceasefire.journal import Journal
from ceasefire.journal.chain.link import envelope, link, receipt, record_of
from ceasefire.journal.history.verification import faults
from ceasefire.record import Correction, Incident, Withdrawal

SALT = bytes(range(16))


def written(**fields):
    """Return an incident as a journal would write it."""
    filled = {"by": "russia", "recorded": "2017-05-14T10:00:00+03:00", "received": "2017-05-15T00:00:00Z"}
    return shelling(**{**filled, **fields})


def test_the_hash_format_is_the_one_documented():
    """Head, body, digest and hash of one record, computed anew from the words of docs/journals.md."""
    record = written(
        said_by="turkey", evidence=EVIDENCE, timezone="Asia/Damascus", zone="idlib", id="x", text="«Idlib»"
    )
    body = {
        "act": "attack.shelling",
        "evidence": [{"title": "Bulletin", "url": "https://example.org/1"}],
        "occurred": "2017-05-14",
        "text": "«Idlib»",
        "zone": "idlib",
    }
    head = {
        "body_digest": sha256(SALT + rfc8785.dumps(body)).hexdigest(),
        "by": "russia",
        "format": 1,
        "kind": "incident",
        "number": 17,
        "previous": "ab" * 32,
        "recorded": "2017-05-14T10:00:00+03:00",
        "release": "mechanism",
        "said_by": "turkey",
        "timezone": "Asia/Damascus",
    }
    made = link(record, 17, bytes.fromhex("ab" * 32), SALT)
    assert made.body == rfc8785.dumps(body)
    assert made.head == rfc8785.dumps(head)
    assert made.hash == sha256(rfc8785.dumps(head)).digest()


def test_the_hash_format_never_changes():
    """A hash once published must come out the same in every later version."""
    made = link(written(), 1, None, SALT)
    assert made.head == (
        b'{"body_digest":"414a04946443d145badb252eca5da10890bd59cbc85479386e7e157c17c2bb3e","by":"russia",'
        b'"format":1,"kind":"incident","number":1,"previous":null,"recorded":"2017-05-14T10:00:00+03:00",'
        b'"release":"mechanism"}'
    )
    assert made.hash.hex() == "9f06d6e62ad93d515bb2bd31c0dd24ba0a51cde21cbb5d806dd7913e02fb27b7"


def test_id_and_receipt_are_not_hashed():
    """The id follows from the chain, and when it was received is every journal's own."""
    one = link(written(), 1, None, SALT)
    other = link(written(id="x", received="2018-01-01T00:00:00Z"), 1, None, SALT)
    assert one.hash == other.hash
    assert one.receipt != other.receipt


def test_the_same_body_twice_has_two_digests():
    """The salt hides what is withheld: equal bodies cannot be told by their digests."""
    one, other = (envelope(link(written(), 1, None, bytes([n]) * 16)) for n in (1, 2))
    assert one["body_digest"] != other["body_digest"]


def test_each_hash_covers_the_one_before():
    """Another predecessor gives another hash."""
    hashes = {link(written(), 2, previous, SALT).hash for previous in (b"\0" * 32, b"\1" * 32, None)}
    assert len(hashes) == 3


def test_a_link_needs_what_a_journal_fills_in():
    """A record without author or times has no place in a chain."""
    with pytest.raises(RecordError, match="let a journal write it"):
        link(Incident(occurred="2017-05", act="attack"), 1, None, SALT)


def test_a_record_comes_back_from_its_link():
    """Head and body together are the record, with its id and when it was received."""
    record = written(zone="idlib", release="public")
    again = record_of(link(record, 3, b"\1" * 32, SALT))
    assert again == evolve(record, id="russia/3")
    assert again.received == instant("2017-05-15T00:00:00Z")


def chain(length=6):
    """Return the links of a journal in memory with a correction and a withdrawal in it."""
    journal = Journal.in_memory("russia", clock=Clock(), salt=lambda: SALT)
    journal.extend(shelling(zone=f"zone-{n}") for n in range(length - 2))
    journal.record(Correction(of="russia/1", set={"zone": "idlib"}), Withdrawal(of="russia/2"))
    return list(journal._store.links())  # noqa: SLF001 - there is no other way to the bytes


def flipped(data):
    """Yield bytes with each bit flipped in turn."""
    for place in range(len(data)):
        for bit in range(8):
            yield data[:place] + bytes([data[place] ^ (1 << bit)]) + data[place + 1 :]


def altered(links, which, /, **changes):
    """Return links of which one is changed, in the order a store gives them."""
    changed = [evolve(one, **changes) if one.number == which else one for one in links]
    return sorted(changed, key=lambda one: (one.author, one.number, one.hash))


def test_a_whole_chain_has_no_fault():
    """What is as it was written is not accused."""
    assert faults(chain()) == ()
    assert faults([]) == ()


@pytest.mark.parametrize("field", ["hash", "head", "salt", "body", "receipt"])
def test_p46_every_flipped_bit_is_found_and_blamed_on_its_record(field):
    """Any single bit of what is stored that is changed is found, on that record and on no other."""
    links = chain(4)
    for one in links:
        for bits in flipped(getattr(one, field)):
            assert {fault.record for fault in faults(altered(links, one.number, **{field: bits}))} == {one.id}


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("received", [0, 1, -1, 2**50]),
        ("target", ["russia/9", None, "russia/1x"]),
        ("number", [1, 2, 40, 2**40]),
        ("author", ["russib", "iran", ""]),
    ],
)
def test_p46_what_is_stored_beside_the_hashed_bytes_is_covered_too(field, values):
    """Author and number are in the head, the target in the body, the receipt covers when it came."""
    links = chain(6)
    one = next(link for link in links if link.number == 5)
    for value in values:
        if value != getattr(one, field):
            found = faults(altered(links, 5, **{field: value}))
            assert [(fault.record, fault.kind) for fault in found] == [("russia/5", "altered")]


def test_a_record_taken_out_is_missing():
    """The gap is named, once; a long gap is not told number by number."""
    links = chain(6)
    for gone in range(1, 6):
        found = faults([one for one in links if one.number != gone], lost=1)
        assert [(fault.record, fault.kind) for fault in found] == [(f"russia/{gone}", "missing")]


def test_records_taken_off_the_end_are_missed():
    """The store knows how many it was given, though not which are gone."""
    found = faults(chain(6)[:-2], lost=2)
    assert [(fault.record, fault.kind) for fault in found] == [(None, "missing")]
    assert "2 in number" in str(found[0])


def test_two_records_swapped_are_both_named():
    """Each is kept under the other's number."""
    links = chain(6)
    numbers = {2: 3, 3: 2}
    swapped = [evolve(one, number=numbers.get(one.number, one.number)) for one in links]
    found = faults(sorted(swapped, key=lambda one: one.number))
    assert [fault.record for fault in found] == ["russia/2", "russia/3"]


def test_a_body_that_is_gone_is_missing():
    """The chain still holds; the body is told as missing."""
    links = chain(4)
    found = faults(altered(links, 2, body=None, salt=None, target=None))
    assert [(fault.record, fault.kind) for fault in found] == [("russia/2", "missing")]


def test_a_record_rewritten_whole_does_not_fit_the_next():
    """Who rewrites a record with its hash is betrayed by the record after it."""
    links = chain(6)
    forged = link(written(zone="hama"), 2, links[0].hash, SALT)
    found = faults([forged if one.number == 2 else one for one in links])
    assert [(fault.record, fault.kind) for fault in found] == [("russia/3", "altered")]
    assert "does not follow" in str(found[0])


def test_two_histories_are_a_fork():
    """Two records of one number, each fitting what is before it, are told as what they are."""
    links = chain(4)
    other = link(written(zone="hama"), 4, links[2].hash, SALT)
    found = faults(sorted([*links, other], key=lambda one: (one.number, one.hash)))
    assert [(fault.record, fault.kind) for fault in found] == [("russia/4", "forked")]
    assert f"russia/4@{other.hash.hex()[:12]}" in str(found[0])


def test_a_hostile_head_is_no_traceback():
    """Bytes that hash rightly and say nonsense are a fault like any other."""
    one = chain(4)[0]
    for head in (b"[]", b"{}", b"\xff", b'{"number":1.5}', one.head.replace(b'"number":1', b'"number":"x"')):
        broken = evolve(one, head=head, hash=sha256(head).digest())
        assert [fault.kind for fault in faults([broken])] == ["altered"]


def test_a_record_that_cannot_be_read_is_named():
    """Bytes that fit their digest and make no record are told, not raised."""
    made = link(written(), 1, None, SALT)
    body = b'{"act":"attack"}'
    old, new = (sha256(SALT + said).hexdigest().encode() for said in (made.body, body))
    head = made.head.replace(old, new)
    hashed = sha256(head).digest()
    broken = evolve(made, body=body, head=head, hash=hashed, receipt=receipt(hashed, made.received, made.seq))
    assert [str(fault) for fault in faults([broken])] == [
        "russia/1: it cannot be read: a record of kind 'incident' needs occurred"
    ]
