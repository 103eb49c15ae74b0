"""Links that are plainly in order: what their head and their body say, without the careful way.

Of a head and a body that are canonical and of the fields and types that are read here, what is
said is known at once, and its record is put together past the converters of its fields
(`record.json.plain_records`). Whatever is not plainly in order goes the careful way.

Equal to `link.record_of`, wherever there is an answer at all; tests/journal/test_plain_links.py holds it.
Without this module every link goes the careful way.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import UNSET, DecodeError, Struct, UnsetType
from msgspec.json import Decoder, Encoder

from ceasefire.errors import InvalidValue
from ceasefire.record.choices import Release  # noqa: TC001 - msgspec resolves the annotations
from ceasefire.record.fields import optional_zone
from ceasefire.record.json.making import maker
from ceasefire.record.json.plain_records import PlainKind, Shape
from ceasefire.record.json.plain_values import (
    all_names,
    instant_of,
    look_at_instant,
    name,
    read_instant,
    read_pointer,
)
from ceasefire.record.kinds import KINDS, Record, Withdrawal
from ceasefire.record.proof import Proof

if TYPE_CHECKING:
    from ceasefire.clock import Instant

#: Instants at which many records were received, and time zones, are kept once.
at: Final = lru_cache(maxsize=4_096)(instant_of)
_zone: Final = lru_cache(maxsize=4_096)(optional_zone)


class Head(Struct, frozen=True, forbid_unknown_fields=True):
    """What the head of a link says, its fields in canonical order."""

    body_digest: str
    by: str
    format: Literal[1]
    kind: str
    number: int
    previous: str | None
    recorded: str
    release: Release
    said_by: str | UnsetType = UNSET
    timezone: str | UnsetType = UNSET


_WITHDRAWN: Final = Withdrawal.kind
_decode: Final = Decoder(Head).decode
#: Writes a head: its fields stand in canonical order.
written_head: Final = Encoder().encode
#: The fields of a record that its body does not hold, in the order in which they are given.
_BESIDE: Final = ("by", "said_by", "recorded", "timezone", "release", "id", "received", "proof")
_proof: Final = maker(
    Proof, [(name, None) for name in ("number", "hash", "previous", "salt")], {"body_digest": None}, ()
)


@cache
def _of_bodies(kind: str) -> PlainKind:
    """Return how bodies of a kind are read."""
    return PlainKind(KINDS[kind], _BESIDE, named=False)


def plain_head(head: bytes) -> Head | None:
    """Return what a head says that is canonical, or None."""
    try:
        said = _decode(head)
    except DecodeError:
        return None
    return said if written_head(said) == head else None


def readable(head: Head, body: bytes) -> dict[str, Any] | None:
    """Return what a body says, of a link whose record can be read; None where the careful way is to tell.

    Whether its author can be one is for who asks to look at, once for a chain.
    """
    kind = _of_bodies(head.kind) if head.kind in KINDS else None
    found = None if kind is None else kind.read(body)
    if kind is None or found is None:
        return None
    said, shape = found
    together = shape.said_together(said) if shape.together else ()
    known = (together in shape.in_order or not shape.together) and head.said_by is UNSET
    try:
        if known and head.timezone is UNSET:
            look_at_instant(head.recorded)
            for field, look in shape.beside_names if all_names(body) else shape.looks:
                look(said[field])
        else:
            _made(head, kind, found)
    except InvalidValue:
        return None
    return said


def plain_record(head: Head, body: bytes, own_id: str, received: Instant, proof: Proof) -> Record | None:
    """Return the record of a link under its id, with when it was received and its proof; or None."""
    kind = _of_bodies(head.kind) if head.kind in KINDS else None
    found = None if kind is None else kind.read(body)
    if kind is None or found is None:
        return None
    try:
        return _made(head, kind, found, own_id, received, proof)
    except InvalidValue:
        return None


def proof_with(number: int, hashed: bytes, previous: bytes | None, salt: bytes | None) -> Proof:
    """Return a proof whose parts are known to be in order."""
    made: Proof = _proof((number, hashed, previous, salt))
    return made


def _made(  # noqa: PLR0913 - what a link holds
    head: Head,
    kind: PlainKind,
    found: tuple[dict[str, Any], Shape],
    own_id: str | None = None,
    received: Instant | None = None,
    proof: Proof | None = None,
) -> Record:
    said, shape = found
    made = shape.make(
        said.values(),
        name(head.by),
        None if head.said_by is UNSET else name(head.said_by),
        read_instant(head.recorded),
        None if head.timezone is UNSET else _zone(head.timezone),
        # a withdrawal that says who may see it says so in its body, and is read the careful way
        None if head.kind == _WITHDRAWN and head.release == "mechanism" else head.release,
        None if own_id is None else read_pointer(own_id),
        received,
        proof,
    )
    if shape.together or head.said_by is not UNSET:
        together = shape.said_together(said)
        if together is None or together not in shape.in_order or head.said_by is not UNSET:
            made.__attrs_post_init__()
            kind.remember(shape, together)
    return made
