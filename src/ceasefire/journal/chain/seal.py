"""A seal: an author's signature over the head and the length of its chain (docs/seals.md).

The head is the hash of the newest record, and each record holds the hash of the
one before, so one seal vouches for every record of the chain up to it, for their
text and for their order. It says who vouched; not that it is true, and not when.

What is signed is `DOMAIN` followed by the seal's canonical JSON (RFC 8785)
without its signature, in this order and without blanks:

    {"at":"2017-05-15T10:00:00Z","author":"russia","format":1,
     "head":"<64 hexadecimal digits>","key":"ed25519:…","length":17}

The line in front keeps a signature made for one purpose from passing for another.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any, Final

from attrs import evolve, field, frozen

from ceasefire.clock import Instant, instant, iso
from ceasefire.errors import BadSeal, CeasefireError
from ceasefire.instruments.public_keys import is_public_key
from ceasefire.journal.chain.link import receipt
from ceasefire.journal.chain.signing import SIGNATURE, SigningKey, signed
from ceasefire.record.fields import identifier
from ceasefire.record.json.canonical import canonical_record
from ceasefire.record.proof import LARGEST_NUMBER

#: What every signed text begins with.
DOMAIN: Final = b"ceasefire: seal of a chain\n"
#: The version of the format of seals, itself signed.
FORMAT: Final = 1
#: The fields of a seal's JSON, each always there.
FIELDS: Final = frozenset({"at", "author", "format", "head", "key", "length", "signature"})
#: Bytes of a record's hash.
_HASH: Final = 32


@frozen(kw_only=True, order=True)
class Seal:
    """One author's word for its chain up to a number."""

    author: str
    #: How many records of the chain it vouches for: the number of the newest.
    length: int
    #: The hash of that record, 32 bytes.
    head: bytes
    #: The text of the public key, which says who signed.
    key: str
    #: When it was made, as the signer says, in microseconds of UTC.
    at: int
    #: 64 bytes.
    signature: bytes = field(repr=lambda value: f"{value.hex()[:16]}…")
    #: When this journal got it, in microseconds of UTC: local, as all that follows, and not signed.
    received: int = field(default=0, eq=False, order=False)
    #: Its place in the order of arrival of seals here, from 1.
    seq: int = field(default=0, eq=False, order=False, repr=False)
    #: A checksum of `signature`, `received` and `seq`, so that damage to what is not signed shows.
    receipt: bytes = field(default=b"", eq=False, order=False, repr=False)

    def __str__(self) -> str:
        """Return it as a sentence."""
        return f"{self.author} sealed {self.record} and all before it on {iso(self.at)} with {self.key}"

    @property
    def record(self) -> str:
        """The id of the newest record it vouches for, as long as no other has its number."""
        return f"{self.author}/{self.length}"

    @property
    def signed_bytes(self) -> bytes:
        """The bytes that are signed: `DOMAIN`, then the canonical JSON without the signature."""
        said = self.to_json()
        del said["signature"]
        return DOMAIN + canonical_record(said)

    @property
    def genuine(self) -> bool:
        """Whether its key made it; whether that key is the author's is for the register to say.

        Raises `MissingExtra` without the extra `signing`.
        """
        return not malformed(self) and signed(self.key, self.signed_bytes, self.signature)

    def to_json(self) -> dict[str, Any]:
        """Return it as one JSON object; when it was received is nobody else's business."""
        return {
            "at": iso(self.at),
            "author": self.author,
            "format": FORMAT,
            "head": self.head.hex(),
            "key": self.key,
            "length": self.length,
            "signature": b64encode(self.signature).decode(),
        }

    def kept(self, seq: int, received: int | None = None) -> Seal:
        """Return it as a store keeps it at a place in the order of arrival."""
        instant = self.received if received is None else received
        return evolve(self, seq=seq, received=instant, receipt=receipt(self.signature[:_HASH], instant, seq))


def make(author: str, length: int, head: bytes, at: Instant, key: SigningKey) -> Seal:
    """Return a seal of a chain by a private key."""
    unsigned = Seal(author=author, length=length, head=head, key=key.public, at=at.us, signature=b"")
    return evolve(unsigned, signature=key.sign(unsigned.signed_bytes))


def from_json(value: object) -> Seal:
    """Return the seal of a JSON object; raises `BadSeal` for what is none, in whatever it differs.

    There is one way to write a seal: what reads otherwise is no seal, so that no
    seal can be held twice.
    """
    if not isinstance(value, dict) or set(value) != FIELDS:
        raise BadSeal(f"a seal has the fields {', '.join(sorted(FIELDS))}, and no others")
    if type(value["format"]) is not int or value["format"] != FORMAT:
        raise BadSeal(f"a seal of format {str(value['format'])[:20]!r}: this version reads format {FORMAT}")
    try:
        seal = Seal(
            author=value["author"],
            length=value["length"],
            head=bytes.fromhex(value["head"]),
            key=value["key"],
            at=instant(value["at"]).us,
            signature=b64decode(value["signature"], validate=True),
        )
    except (TypeError, ValueError) as error:
        raise BadSeal(f"a seal that cannot be read: {error}") from error
    if what := malformed(seal):
        raise BadSeal(f"a seal whose {what}")
    if seal.to_json() != value:
        raise BadSeal("a seal that is not written in the one way in which seals are")
    return seal


def malformed(seal: Seal) -> str:
    """Return which part of a seal is none, whoever made it; an empty text where each is one."""
    try:
        author = identifier(seal.author)
    except CeasefireError:
        author = None
    if author is None or not isinstance(seal.author, str):
        return "author is no id"
    if type(seal.length) is not int or not 1 <= seal.length <= LARGEST_NUMBER:
        return "length is no number of records"
    if len(seal.head) != _HASH:
        return "head is no hash"
    if not is_public_key(seal.key):
        return "key is no public key"
    return "" if len(seal.signature) == SIGNATURE else "signature is none of Ed25519"
