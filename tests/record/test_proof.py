"""What a line carries to prove its record: what is accepted, and what is told where it does not fit."""

from hashlib import sha256

import pytest

from ceasefire.errors import RecordError
from ceasefire.record import from_json
from ceasefire.record.proof import Proof, digest, head, pieces, proof, proven

SAID = {
    "kind": "incident",
    "by": "russia",
    "recorded": "2017-05-14T10:00:00+03:00",
    "occurred": "2017-05-14",
    "act": "attack.shelling",
}
SALT = bytes(range(16))


def made(fields=SAID, number=1, previous=None, salt=SALT):
    """Return the proof of a record as its author's journal makes it."""
    hashed, _ = pieces(fields, number, previous, salt)
    return Proof(number=number, hash=sha256(hashed).digest(), previous=previous, salt=salt)


def test_a_proof_reads_back():
    """Whole, and where its body is absent; no proof is none."""
    whole = made()
    assert proof(whole.to_json()) == whole == proof(whole)
    assert proof(None) is None
    body = digest(SALT, b"{}")
    without = Proof(number=1, hash=whole.hash, previous=bytes(31) + b"\1", body_digest=body)
    assert proof(without.to_json()) == without


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 2}, "of another format than 1"),
        ({"format": True}, "of another format than 1"),
        ({"number": 0}, "without the record's number"),
        ({"number": "1"}, "without the record's number"),
        ({"salt": None, "body_digest": None}, "a salt, or a body_digest"),
        ({"hash": "zz" * 32}, "the hash of a proof is 32 bytes in hexadecimal"),
        ({"hash": "AB" * 32}, "the hash of a proof is 32 bytes in hexadecimal"),
        ({"previous": "ab"}, "the previous of a proof is 32 bytes in hexadecimal"),
        ({"salt": 5}, "the salt of a proof is 16 bytes in hexadecimal"),
        ({"by": "russia"}, "proof is an object of body_digest, format, hash"),
    ],
)
def test_what_is_no_proof_is_told_with_what_to_do(change, said):
    """Whoever changed an exported line by hand is told which part of it."""
    with pytest.raises(RecordError, match=said):
        from_json({**SAID, "proof": {**made().to_json(), **change}})


def test_a_record_that_was_changed_since_is_not_proven():
    """One other sign in the body, or in the head, and the hash does not fit."""
    _, body = proven(SAID, made())
    assert body is not None
    for change in ({"act": "attack.sniper"}, {"release": "public"}):
        with pytest.raises(RecordError, match="russia/1 was changed after it was written"):
            proven({**SAID, **change}, made())


def test_without_its_body_the_head_is_proven_and_nothing_else():
    """A withheld record keeps its place; a body that came without its salt proves nothing."""
    body = digest(SALT, b"{}")
    hashed = sha256(head(SAID, 1, None, body)).digest()
    without = Proof(number=1, hash=hashed, previous=None, body_digest=body)
    envelope = {name: value for name, value in SAID.items() if name not in ("occurred", "act")}
    assert proven(envelope, without)[1] is None
    with pytest.raises(RecordError, match="without its salt proves nothing of act, occurred"):
        proven(SAID, without)


def test_a_withdrawal_for_the_mechanism_says_so_in_its_body():
    """It may take back what was public: its head has the word of every record that says nothing."""
    withdrawn = {"kind": "withdrawal", "by": "russia", "recorded": "2017-05-15T10:00:00Z", "of": "russia/1"}
    own = withdrawn | {"release": "mechanism"}
    assert b'"release":"mechanism"' in pieces(own, 2, None, SALT)[1]
    assert b"release" not in pieces(withdrawn, 2, None, SALT)[1]
    assert pieces(own, 2, None, SALT)[0] != pieces(withdrawn, 2, None, SALT)[0]
