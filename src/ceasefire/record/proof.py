"""What proves a record: its place in its author's chain, and the bytes that are hashed (docs/journals.md).

A record is hashed as two pieces of canonical JSON. The *head* holds the envelope,
the number, the hash of the record before it, and a digest of the body; its
SHA-256 is the record's hash. The *body* holds everything else, and the digest is
salted, so that a body may be absent (withheld, erased) and can neither be guessed
nor replaced, while the chain still verifies. `docs/journals.md` has every byte.

A journal keeps these bytes; a line of a file carries in `proof` what is needed to
make them again.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from attrs import frozen

from ceasefire.errors import RecordError
from ceasefire.record.json.canonical import canonical_record

#: The version of the hash format, itself hashed.
FORMAT: Final = 1
#: The greatest number of a record that is let in: far from where whole numbers end, so that a chain
#: can always go on, and far from what anybody writes.
LARGEST_NUMBER: Final = 10**12
#: The same of a record that its author did not chain, of a hand-written file: a chain that begins after
#: it has room all the same.
LARGEST_UNCHAINED: Final = 10**9
#: Bytes of salt beside each body, and of every hash.
SALT: Final = 16
HASH: Final = 32
#: The fields of a record that the head holds.
IN_HEAD: Final = ("kind", "by", "said_by", "recorded", "timezone", "release")
#: Fields that are every journal's own, and hashed nowhere.
LOCAL: Final = ("id", "received", "proof", "absent")
#: What stands for the hash before a record that its author did not chain: a hand-written
#: file was merged. Nobody finds a record with this hash, so no chain can hold it by chance.
UNCHAINED: Final = bytes(HASH)

_FIELDS: Final = frozenset({"format", "number", "hash", "previous", "salt", "body_digest"})


@frozen(kw_only=True, weakref_slot=False)
class Proof:
    """Where a record stands in its author's chain."""

    number: int
    #: SHA-256 of its head.
    hash: bytes
    #: The hash of the record before it; None for the first, `UNCHAINED` where there is no chain.
    previous: bytes | None
    #: Kept with the body, None without it.
    salt: bytes | None = None
    #: The digest of a body that is absent, else None: it is computed.
    body_digest: bytes | None = None

    @property
    def chained(self) -> bool:
        """Whether its author chained it; a record of a hand-written file has a number and no chain."""
        return self.previous != UNCHAINED

    def to_json(self) -> dict[str, Any]:
        """Return what a line carries in `proof`."""
        told = {
            "format": FORMAT,
            "number": self.number,
            "hash": self.hash.hex(),
            "previous": None if self.previous is None else self.previous.hex(),
        }
        if self.salt is not None:
            return told | {"salt": self.salt.hex()}
        return told | {"body_digest": (self.body_digest or b"").hex()}


def proof(value: object) -> Proof | None:
    """Return the proof that a line carries, or None; raises `RecordError` for what is none."""
    if value is None or isinstance(value, Proof):
        return value
    if not isinstance(value, Mapping) or not set(value) <= _FIELDS:
        raise RecordError(f"proof is an object of {', '.join(sorted(_FIELDS))}: leave it as it was exported")
    if type(value.get("format")) is not int or value["format"] != FORMAT:
        raise RecordError(f"a proof of another format than {FORMAT}: update ceasefire")
    number = value.get("number")
    if type(number) is not int or not 0 < number <= LARGEST_NUMBER:
        raise RecordError("a proof without the record's number in its chain: leave it as it was exported")
    if ("salt" in value) == ("body_digest" in value):
        raise RecordError("a proof has a salt, or a body_digest where the body is absent")
    return Proof(
        number=number,
        hash=_bytes(value, "hash", HASH),
        previous=None if value.get("previous") is None else _bytes(value, "previous", HASH),
        salt=_bytes(value, "salt", SALT) if "salt" in value else None,
        body_digest=_bytes(value, "body_digest", HASH) if "body_digest" in value else None,
    )


def digest(salt: bytes, body: bytes) -> bytes:
    """Return the salted digest of a body: SHA-256 of the salt, then the body."""
    return sha256(salt + body).digest()


def pieces(
    fields: Mapping[str, Any], number: int, previous: bytes | None, salt: bytes
) -> tuple[bytes, bytes]:
    """Return head and body, the bytes that are hashed, of a record's JSON object."""
    said = {k: v for k, v in fields.items() if k not in IN_HEAD and k not in LOCAL}
    if released_by_itself(fields):
        said["release"] = fields["release"]
    body = canonical_record(said)
    return head(fields, number, previous, digest(salt, body)), body


def released_by_itself(fields: Mapping[str, Any]) -> bool:
    """Tell whether a withdrawal says that it is for the mechanism, whatever it takes back is for.

    The head of every record that says nothing has that word; so the body of this one has it too.
    """
    return fields.get("kind") == "withdrawal" and fields.get("release") == "mechanism"


def head(fields: Mapping[str, Any], number: int, previous: bytes | None, body_digest: bytes) -> bytes:
    """Return the head of a record's JSON object, of whose body only the digest is needed."""
    said: dict[str, Any] = {name: fields[name] for name in IN_HEAD if fields.get(name) is not None}
    said["body_digest"] = body_digest.hex()
    said["format"] = FORMAT
    said["number"] = number
    said["previous"] = None if previous is None else previous.hex()
    said.setdefault("release", "mechanism")
    return canonical_record(said)


def proven(fields: Mapping[str, Any], proof: Proof) -> tuple[bytes, bytes | None]:
    """Return head and body of a line as they were hashed; raises `RecordError` where they are not.

    The body is None where it is absent.
    """
    body: bytes | None = None
    if proof.salt is None:
        if body_fields := sorted(fields.keys() - {*IN_HEAD, *LOCAL}):
            raise RecordError(f"a proof without its salt proves nothing of {', '.join(body_fields)[:80]}")
        made = head(fields, proof.number, proof.previous, proof.body_digest or b"")
    else:
        made, body = pieces(fields, proof.number, proof.previous, proof.salt)
    if sha256(made).digest() != proof.hash:
        raise RecordError(
            f"{fields.get('by')}/{proof.number} was changed after it was written: its hash does not fit"
        )
    return made, body


def unchained_salt(fields: Mapping[str, Any]) -> bytes:
    """Return the salt of a record without a chain: the same wherever the same file is merged.

    Anyone can make it, so an erased body of such a record could be guessed; there is
    no secret in a file that was handed round as plain text.
    """
    plain = canonical_record({name: value for name, value in fields.items() if name not in LOCAL})
    return sha256(b"ceasefire: not chained\n" + plain).digest()[:SALT]


def _bytes(value: Mapping[str, Any], name: str, length: int) -> bytes:
    """Return a field's bytes, written in the one way in which bytes are written here."""
    text = value.get(name)
    try:
        found = bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        found = b""
    if len(found) != length or found.hex() != text:
        raise RecordError(f"the {name} of a proof is {length} bytes in hexadecimal: leave it as exported")
    return found
