"""A link: one record of a chain as a journal keeps it, and back to the record (docs/journals.md).

How a record becomes bytes and how the bytes are hashed stands in `record.proof`;
`docs/journals.md` has every byte.
"""

from __future__ import annotations

import re
from hashlib import sha256
from struct import Struct
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from attrs import evolve, frozen

from ceasefire.clock import SECOND, Instant
from ceasefire.errors import RecordError
from ceasefire.journal.chain.plain_links import at, plain_head, plain_record, proof_with
from ceasefire.journal.chain.plain_pieces import plain_pieces
from ceasefire.patterns import regex
from ceasefire.record.absent import Absent
from ceasefire.record.fields import LARGEST, identifier
from ceasefire.record.json.canonical import canonical_record, parsed
from ceasefire.record.json.files import refuse_too_long
from ceasefire.record.json.wire import from_json, to_json
from ceasefire.record.proof import (
    FORMAT,
    IN_HEAD,
    LARGEST_NUMBER,
    LARGEST_UNCHAINED,
    LOCAL,
    UNCHAINED,
    Proof,
    digest,
    pieces,
    proven,
    released_by_itself,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.record.choices import Absence
    from ceasefire.record.kinds import Record

#: What the head of every record says, and what it says where there is something to say.
HEAD: Final = frozenset({"body_digest", "by", "format", "kind", "number", "previous", "recorded", "release"})
HEAD_OPTIONS: Final = frozenset({"said_by", "timezone"})
_IN_A_HEAD: Final = HEAD | HEAD_OPTIONS
#: What stands in the head of a record that its author did not chain, and in no other.
NOT_CHAINED: Final = f'"previous":"{UNCHAINED.hex()}"'.encode()
_UNCHAINED: Final = UNCHAINED.hex()
#: More bytes than stand in the line of a link beside what its head, its author (in the id) and its body say.
_LOCAL_BYTES: Final = 1024
#: The instants that can be written in every time zone (years 1 to 9998): beyond is no time.
INSTANTS: Final = range(-62_135_510_400 * SECOND, 253_370_764_800 * SECOND)
_NOT_IN_BODY: Final = frozenset({*IN_HEAD, *LOCAL})
#: A record that was just written, as nobody has kept it yet: author, number, hash, head, salt, body,
#: received, target.
New = tuple[str, int, bytes, bytes, bytes, bytes, int, str | None]
#: Eight bytes each, signed, the greatest first.
_two_numbers: Final = Struct(">qq").pack
_HASH: Final = regex(r"[0-9a-f]{64}", re.ASCII)


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
    #: A checksum of `hash`, `received` and `seq`, so that damage to what is not hashed shows.
    receipt: bytes
    #: The id that a correction, withdrawal or erasure is `of`: copied from the body, to be found by.
    target: str | None
    #: Its place in the order of arrival here, from 1: local, given by the store that keeps it.
    seq: int = 0
    #: Why the body is not held; None where it is, and where nothing says why not.
    absent: Absence | None = None

    @property
    def id(self) -> str:
        """The id of the record, as long as no other has its number."""
        return f"{self.author}/{self.number}"

    def kept(self, seq: int, received: int | None = None) -> Link:
        """Return it as a store keeps it at a place in the order of arrival."""
        instant = self.received if received is None else received
        return evolve(self, seq=seq, received=instant, receipt=receipt(self.hash, instant, seq))

    def arriving(self, received: int) -> Link:
        """Return it as another journal takes it in; a body that is absent elsewhere may still come."""
        return Link(
            author=self.author,
            number=self.number,
            hash=self.hash,
            head=self.head,
            salt=self.salt,
            body=self.body,
            received=received,
            receipt=b"",  # the store that keeps it makes its own
            target=self.target,
            absent=None if self.body is not None else "withheld",
        )

    def without_body(self, absent: Absence | None) -> Link:
        """Return it without its body, for this reason."""
        return evolve(self, salt=None, body=None, target=None, absent=absent)


def link(record: Record, number: int, previous: bytes | None, salt: bytes) -> Link:
    """Return the link of a record whose `by`, `recorded` and `received` are filled in.

    `previous` is the hash of the record before it, None for the first of a chain.
    """
    if record.by is None or record.recorded is None or record.received is None:
        raise RecordError("a record of a chain has by, recorded and received: let a journal write it")
    head, body = pieces_of(record, number, previous, salt)
    return link_from(record, number, head, (salt, body), record.received.us)


def pieces_of(record: Record, number: int, previous: bytes | None, salt: bytes) -> tuple[bytes, bytes]:
    """Return head and body of a record whose `by` and `recorded` are filled in.

    Raises `RecordError` where they are too long for a line of a file.
    """
    head, body = plain_pieces(record, number, previous, salt) or pieces(
        to_json(record), number, previous, salt
    )
    refuse_too_long(2 * len(head) + len(body) + _LOCAL_BYTES)
    return head, body


def link_of_line(fields: Mapping[str, Any], record: Record, received: int) -> Link:
    """Return the link of a line with a proof, its JSON object and the record it holds.

    Raises `RecordError` where the line is not what was hashed, or no link of a chain can be so.
    """
    proof = record.proof
    if proof is None:
        raise RecordError("a line without a proof is no link of a chain")
    _refuse_misplaced(proof.number, proof.previous)
    if proof.salt is not None and isinstance(record, Absent):
        raise RecordError("its body is absent, and yet its proof has the salt of one: leave it as exported")
    head, body = proven(fields, proof)
    made = link_from(record, proof.number, head, (proof.salt, body), received)
    if made.author != fields["by"]:  # it stays as it was hashed, though its letters be typed in another way
        made = evolve(made, author=fields["by"])
    return made if body is not None else made.without_body(getattr(record, "absent", None) or "withheld")


def link_from(
    record: Record, number: int, head: bytes, body: tuple[bytes | None, bytes | None], received: int
) -> Link:
    """Return the link of a record whose head, and salt and body, are made already.

    Raises `RecordError` where it is too long for a line of a file.
    """
    _refuse_too_long(head, body[1])
    hashed = sha256(head).digest()
    return Link(
        author=record.by or "",
        number=number,
        hash=hashed,
        head=head,
        salt=body[0],
        body=body[1],
        received=received,
        receipt=receipt(hashed, received, 0),
        target=getattr(record, "of", None),
    )


def line_of(held: Link, name: str) -> dict[str, Any]:
    """Return the JSON object of a line that brings a link to another journal, bytes and all."""
    said = envelope(held)
    fields = {key: said[key] for key in IN_HEAD if key in said}
    if fields["release"] == "mechanism":
        del fields["release"]
    body = parsed(held.body) if held.body is not None else {}
    proof = _proof(held, said)
    local: dict[str, Any] = {"id": name, "received": str(received_at(held)), "proof": proof.to_json()}
    if held.body is None:
        local["absent"] = held.absent or "withheld"
    return fields | body | local


def _refuse_too_long(head: bytes, body: bytes | None) -> None:
    """Raise `RecordError` for what `line_of` could not bring to another journal: a line has an end."""
    refuse_too_long(2 * len(head) + len(body or b"") + _LOCAL_BYTES)


def proof_of(held: Link, previous: bytes | None) -> Proof:
    """Return the proof of a link whose body is here."""
    return proof_with(held.number, held.hash, previous, held.salt)


def key_in(body: bytes | None) -> str | None:
    """Return the key that the body of a record gives it, or None."""
    if body is None or b'"key":' not in body:
        return None
    said = parsed(body)
    return identifier(said.get("key")) if isinstance(said, dict) else None


def found_under(held: Link) -> str | None:
    """Return what a link is found under, the letters as records have them now (Unicode NFC)."""
    return held.target if held.target is None or held.target.isascii() else normalize("NFC", held.target)


def link_of_new(row: New) -> Link:
    """Return the link of a record that was just written, with a body, and has no place of arrival yet."""
    author, number, hashed, head, salt, body, received, target = row
    return Link(
        author=author,
        number=number,
        hash=hashed,
        head=head,
        salt=salt,
        body=body,
        received=received,
        receipt=b"",  # the store that keeps it makes its own
        target=target,
    )


def receipt(hashed: bytes, received: int, seq: int) -> bytes:
    """Return eight bytes that change when a record's hash, instant of receipt or place of arrival does."""
    return sha256(hashed + _two_numbers(received, seq)).digest()[:8]


def envelope(held: Link) -> dict[str, Any]:
    """Return what the head of a link says; raises `RecordError` when it cannot be read."""
    said = parsed(held.head)
    if not isinstance(said, dict) or not said.keys() >= HEAD or not said.keys() <= _IN_A_HEAD:
        raise RecordError("its head is none of this format")
    number, previous = said["number"], said["previous"]
    if not isinstance(said["by"], str) or type(number) is not int or not 0 < number <= LARGEST:
        raise RecordError("its head is none of this format")
    if said["format"] != FORMAT or not _is_hash(said["body_digest"]):
        raise RecordError("its head is none of this format")
    if previous is not None and not _is_hash(previous):
        raise RecordError("its head is none of this format")
    return said


def previous_of(said: Mapping[str, Any]) -> bytes | None:
    """Return the hash of the record before, from what a head says."""
    return None if said["previous"] is None else bytes.fromhex(said["previous"])


def record_of(held: Link, name: str | None = None) -> Record:
    """Return the record of a link, with its id, its proof and when it was received.

    Without its body it is an `Absent`. Raises `RecordError` when the bytes cannot be
    read, or the body is gone and nothing says why.
    """
    if held.body is not None and (found := _plain_record(held, name)) is not None:
        return found
    return record_said(held, envelope(held), None if held.body is None else parsed(held.body), name)


def _plain_record(held: Link, name: str | None) -> Record | None:
    """Return the record of a link that is plainly in order, or None."""
    said = plain_head(held.head)
    if said is None or held.body is None or held.received not in INSTANTS or not 0 < said.number <= LARGEST:
        return None
    if not _is_hash(said.body_digest) or not (said.previous is None or _is_hash(said.previous)):
        return None
    previous = None if said.previous is None else bytes.fromhex(said.previous)
    proof = proof_with(said.number, held.hash, previous, held.salt)
    return plain_record(said, held.body, name or held.id, at(held.received), proof)


def record_said(held: Link, said: Mapping[str, Any], body: Any, name: str | None = None) -> Record:
    """Return the same of a link whose head and body, if it is here, are read already."""
    fields = {key: said[key] for key in IN_HEAD if key in said}
    local = {
        "id": name or held.id,
        "received": received_at(held),
        "proof": _proof(held, said),
    }
    if held.body is None:
        if held.absent is None:
            raise RecordError("its body is not in this journal")
        return from_json(fields | local | {"absent": held.absent})
    if not isinstance(body, dict):
        raise RecordError("its body is no object")
    own = released_by_itself(fields)
    if foreign := sorted((body.keys() & _NOT_IN_BODY) - ({"release"} if own else set())):
        raise RecordError(f"its body holds what belongs to the envelope: {', '.join(foreign)}")
    if own:
        del fields["release"]  # the word of every head that says nothing: its body has it, where it says so
    return from_json(fields | body | local)


def received_at(held: Link) -> Instant:
    """Return when a link was received; raises `RecordError` where that is no time that can be written."""
    if held.received not in INSTANTS:
        raise RecordError("when it was received is no time")
    return Instant(held.received)


def _proof(held: Link, said: Mapping[str, Any]) -> Proof:
    return Proof(
        number=said["number"],
        hash=held.hash,
        previous=previous_of(said),
        salt=held.salt,
        body_digest=bytes.fromhex(said["body_digest"]) if held.body is None else None,
    )


def sound(held: Link) -> Record:
    """Return the record of a link from elsewhere; raises `RecordError` where it is not what was hashed.

    Looked at is all that a journal of another hands over: that head and body are
    canonical, fit the hash and make a record of the author and number they are kept under,
    which a line can bring to the next journal.
    """
    _refuse_too_long(held.head, held.body)
    said = envelope(held)
    if sha256(held.head).digest() != held.hash or canonical_record(said) != held.head:
        raise RecordError("its envelope or its hash was changed")
    if (said["by"], said["number"]) != (held.author, held.number):
        raise RecordError(f"it is kept as {held.id}: its author or number was changed")
    _refuse_misplaced(held.number, previous_of(said))
    if held.body is None:
        return record_said(held.without_body(held.absent or "withheld"), said, None)
    if digest(held.salt or b"", held.body).hex() != said["body_digest"]:
        raise RecordError("its body or its salt was changed")
    body = parsed(held.body)
    if canonical_record(body) != held.body:
        raise RecordError("its body is not in canonical form")
    record = record_said(held, said, body)
    if getattr(record, "of", None) != found_under(held):
        raise RecordError("what it is found under was changed")
    return record


def _refuse_misplaced(number: int, previous: bytes | None) -> None:
    """Raise `RecordError` where a number is none that a journal gives, or the first follows another.

    Whichever way a link comes – a line of a file, a row of a database – it passes here.
    """
    most = LARGEST_UNCHAINED if previous == UNCHAINED else LARGEST_NUMBER
    if not 0 < number <= most:
        raise RecordError(f"no chain has a record of number {number}: at most {most:,}")
    if previous != UNCHAINED and (previous is None) != (number == 1):
        raise RecordError("it says that it follows another record than its number says")


def is_of_kind(held: Link, kinds: Iterable[type[Record]]) -> bool:
    """Tell whether a record is of one of some kinds, without reading its head.

    Nothing else stands there like its kind: quotes in texts are escaped.
    """
    return any(f'"kind":"{cls.kind}"'.encode() in held.head for cls in kinds)


def is_chained(said: Mapping[str, Any]) -> bool:
    """Tell, from what a head says, whether its author chained the record."""
    is_none: bool = said["previous"] == _UNCHAINED
    return not is_none


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None
