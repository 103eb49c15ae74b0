"""Head and body of a record that is plainly in order, made from its fields at once.

The careful way makes the JSON object of a record, parts it, and puts both parts in canonical form. Here
the values go straight into the body, and into the head as `plain_links` reads it. What is rare – a
withdrawal, a kind of somebody's own, a letter beyond U+FFFF – goes the careful way.

Equal to `proof.pieces` of `to_json`, wherever there is an answer at all; tests/journal/test_plain_writing.py
holds it. Without this module every record goes the careful way.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from attrs import fields
from msgspec import UNSET, defstruct
from msgspec.json import Encoder

from ceasefire.clock import Instant
from ceasefire.journal.chain.plain_links import Head, written_head
from ceasefire.record.json.plain import in_one_order
from ceasefire.record.json.plain_values import plain_value
from ceasefire.record.json.wire import UNSAID, json_of
from ceasefire.record.kinds import KINDS, Record, Withdrawal
from ceasefire.record.proof import IN_HEAD, LOCAL

if TYPE_CHECKING:
    from collections.abc import Callable

#: A withdrawal says in its body who may see it, where its head says the same of one that does not.
_KINDS: Final = frozenset(KINDS.values()) - {Withdrawal}
#: Writes a body, whose fields stand in canonical order, with all that is within them in order.
_written: Final = Encoder(order="deterministic").encode
#: The JSON of a value that is not JSON yet, or may go without saying; of most it is the text of an instant.
_ASKED: Final = (
    "None if (_said := _record.{name}) is None or _said == () else "
    "_said.stated if type(_said) is _Instant and _said.stated else _json_{place}(_said)"
)


@cache
def _body_of(cls: Any) -> Callable[[Record], bytes]:
    """Return what makes the body of a record of a kind.

    A function is compiled for each, as `making` does for records: it puts the values, in the canonical order
    of their fields, into a structure that leaves out whatever says nothing, and writes that.
    """
    said = sorted(
        (one for one in fields(cls) if one.name not in (*IN_HEAD, *LOCAL)), key=lambda one: one.name
    )
    made = {one.name: _json(one.name, plain_value(one.converter)) for one in said}
    nothing = [(one.name, Any, None if made[one.name] else _nothing(one)) for one in said]
    names: dict[str, Any] = {
        "_Body": defstruct(f"{cls.__name__}Body", nothing, omit_defaults=True),
        "_Instant": Instant,
        "_written": _written,
    }
    values = []
    for place, (name, json) in enumerate(made.items()):
        names[f"_json_{place}"] = json
        values.append(f"_record.{name}" if json is None else _ASKED.format(name=name, place=place))
    exec(f"def body(_record):\n    return _written(_Body({', '.join(values)}))", names)  # noqa: S102 - names of our own classes
    found: Callable[[Record], bytes] = names["body"]
    return found


def _nothing(attribute: Any) -> Any:
    """Return the value with which a field says nothing that is JSON already; () is kept once."""
    if attribute.default is True:  # a membership always says whether it joins
        return UNSET
    if getattr(attribute.default, "factory", None) is tuple:
        return ()
    return False if attribute.default is False else None


def _json(name: str, plain: Any) -> Callable[[Any], Any] | None:
    if isinstance(word := UNSAID.get(name), str):
        return lambda value: None if value == word else value
    if plain.read is None or plain.named:  # a text, a number, true or false; a name or several
        return None

    def json(value: Any) -> Any:
        if type(value) is Instant:
            return value.stated or str(value)
        return json_of(name, value) if value or type(value) is int else None

    return json


def plain_pieces(
    record: Record, number: int, previous: bytes | None, salt: bytes
) -> tuple[bytes, bytes] | None:
    """Return head and body of a record whose `by` and `recorded` are filled in; None of what is not plain.

    `previous` is the hash of the record before it.
    """
    cls: Any = type(record)
    if cls not in _KINDS or record.recorded is None or record.by is None or record.release is None:
        return None
    body = _body_of(cls)(record)
    if not in_one_order(body):
        return None
    head = Head(
        sha256(salt + body).hexdigest(), record.by, 1, record.kind, number,
        None if previous is None else previous.hex(),
        record.recorded.stated or str(record.recorded), record.release,
        UNSET if record.said_by is None else record.said_by,
        UNSET if record.timezone is None else record.timezone,
    )  # fmt: skip
    return written_head(head), body
