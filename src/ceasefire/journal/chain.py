"""The chain: how a record becomes bytes, how the bytes are hashed, and back (design §9).

A record is kept as two pieces of canonical JSON. The *head* holds the envelope,
the number, the hash of the record before it, and a digest of the body; its
SHA-256 is the record's hash. The *body* holds everything else, and the digest is
salted, so that a body may be absent (withheld, erased) and can neither be guessed
nor replaced, while the chain still verifies. `docs/journals.md` has every byte.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

from attrs import frozen

from ceasefire.clock import Instant
from ceasefire.errors import RecordError
from ceasefire.record.kinds import ENVELOPE, Record
from ceasefire.record.wire import canonical_record, from_json, parsed, to_json

#: The version of the hash format, itself hashed.
FORMAT: Final = 1
#: Bytes of salt beside each body.
SALT: Final = 16
#: What the head of every record says, and what it says where there is something to say.
HEAD: Final = frozenset({"body_digest", "by", "format", "kind", "number", "previous", "recorded", "release"})
HEAD_OPTIONS: Final = frozenset({"said_by", "timezone"})
_OWN: Final = HEAD - set(ENVELOPE)
_LOCAL: Final = ("id", "received")


@frozen(kw_only=True)
class Link:
    """One record of a chain, as it is stored."""

    author: str
    number: int
    #: SHA-256 of `head`, 32 bytes.
    hash: bytes
    head: bytes
    #: None, as `body` is, when the body is not held.
    salt: bytes | None
    body: bytes | None
    #: When this journal got it, in microseconds of UTC: local, not hashed.
    received: int
    #: A checksum of `hash` and `received`, so that damage to what is not hashed shows.
    receipt: bytes
    #: The id that a correction, withdrawal or erasure is `of`: copied from the body, to be found by.
    target: str | None

    @property
    def id(self) -> str:
        """The id of the record, as long as no other has its number."""
        return f"{self.author}/{self.number}"

    @property
    def forked_id(self) -> str:
        """The id of the record where two have its number."""
        return f"{self.id}@{self.hash.hex()[:12]}"


def link(record: Record, number: int, previous: bytes | None, salt: bytes) -> Link:
    """Return the link of a record whose `by`, `recorded` and `received` are filled in.

    `previous` is the hash of the record before it, None for the first of a chain.
    """
    if record.by is None or record.recorded is None or record.received is None:
        raise RecordError("a record of a chain has by, recorded and received: let a journal write it")
    fields = to_json(record)
    for name in _LOCAL:
        fields.pop(name, None)
    head: dict[str, Any] = {name: fields.pop(name) for name in ENVELOPE if name in fields}
    body = canonical_record(fields)
    head["body_digest"] = digest(salt, body).hex()
    head["format"] = FORMAT
    head["number"] = number
    head["previous"] = previous.hex() if previous else None
    head["release"] = record.release
    stored = canonical_record(head)
    hashed = sha256(stored).digest()
    return Link(
        author=record.by,
        number=number,
        hash=hashed,
        head=stored,
        salt=salt,
        body=body,
        received=record.received.us,
        receipt=receipt(hashed, record.received.us),
        target=getattr(record, "of", None),
    )


def digest(salt: bytes, body: bytes) -> bytes:
    """Return the salted digest of a body: SHA-256 of the salt, then the body."""
    return sha256(salt + body).digest()


def receipt(hashed: bytes, received: int) -> bytes:
    """Return eight bytes that change when a record's hash or its instant of receipt does."""
    return sha256(hashed + received.to_bytes(8, "big", signed=True)).digest()[:8]


def envelope(held: Link) -> dict[str, Any]:
    """Return what the head of a link says; raises `RecordError` when it cannot be read."""
    said = parsed(held.head)
    if not isinstance(said, dict) or not set(said) >= HEAD or set(said) - HEAD - HEAD_OPTIONS:
        raise RecordError("its head is none of this format")
    if not isinstance(said["by"], str) or not isinstance(said["number"], int) or said["format"] != FORMAT:
        raise RecordError("its head is none of this format")
    return said


def record_of(held: Link, name: str | None = None) -> Record:
    """Return the record of a link, with its id and when it was received.

    Raises `RecordError` when the bytes cannot be read, or the body is not held.
    """
    if held.body is None:
        raise RecordError("its body is not in this journal")
    body = parsed(held.body)
    if not isinstance(body, dict):
        raise RecordError("its body is no object")
    said = {key: value for key, value in envelope(held).items() if key not in _OWN}
    return from_json(said | body | {"id": name or held.id, "received": Instant(held.received)})
