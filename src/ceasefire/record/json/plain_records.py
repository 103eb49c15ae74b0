"""Records whose JSON is plainly in order, put together past the converters of their fields.

The tables are made from the classes of the kinds: their fields, the converters and defaults of
these, which of them are required. A line is read as `plain_values` has it for its kind, and
which fields it has decides once for all lines alike what else is to be looked at. What is not
plainly in order – it is wrong, or only rare – has no answer here, and goes the careful way
(`wire.from_json`), which tells what is wrong with it.

Equal to `wire.from_json` of `canonical.parsed` wherever there is an answer at all; tests/record/test_plain.py
holds it, over records and lines that were spoilt. Without this module every line goes the careful way.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypedDict

from attrs import Factory, fields
from msgspec import DecodeError
from msgspec.json import Decoder

from ceasefire.errors import InvalidValue
from ceasefire.record.envelope import Record
from ceasefire.record.json.making import maker
from ceasefire.record.json.plain import VALUE, in_one_order, written
from ceasefire.record.json.plain_values import plain_value, read_pointer
from ceasefire.record.kinds import KINDS, pointers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from attrs import Attribute

    Read = Callable[[Any], Any]

#: So many sets of fields of one kind are remembered, more than people write, and so many of their values.
_MANY: Final = 4_096
_TYPED: Any = TypedDict
_KIND: Final = b'"kind":"'


def _default(attribute: Attribute[Any]) -> Any:
    """Return what a record keeps in a field that it leaves out."""
    default: Any = attribute.default
    value = default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type]
    return attribute.converter(value) if callable(attribute.converter) else value


class Shape(NamedTuple):
    """What is to be done with an object that has certain fields, in their order."""

    #: Makes the record of their values and of what the object leaves out, not yet looked at together.
    make: Callable[..., Record]
    #: What looks at each that is not kept as it is, and of these each that is more than names.
    looks: tuple[tuple[str, Read], ...]
    beside_names: tuple[tuple[str, Read], ...]
    #: Whether the kind checks more of its fields together than that the required ones are there.
    together: bool
    #: Those of these fields at whose values it then looks; None where it does not tell.
    looked_at: tuple[str, ...] | None
    #: What they said where nothing was wrong.
    in_order: set[tuple[Any, ...]]

    def said_together(self, said: dict[str, Any]) -> tuple[Any, ...] | None:
        """Return what the fields say that are looked at together; None where that cannot be looked up."""
        if self.looked_at is None:
            return None
        key: tuple[Any, ...] = ()
        for name in self.looked_at:
            value = said[name]
            if type(value) is dict:
                return None
            key += (tuple(value) if type(value) is list else value,)
        return key


class PlainKind:
    """How the records of one kind are read, of objects that hold some of its fields.

    `left_out` are those that no object holds; whoever makes the record gives these in this order.
    """

    def __init__(self, cls: type[Record], left_out: Sequence[str], *, named: bool) -> None:
        self._cls = cls
        attributes = [attribute for attribute in fields(cls) if attribute.name not in left_out]
        types: dict[str, Any] = {"kind": Literal[cls.kind]} if named else {}
        self._read: dict[str, Read | None] = {}
        self._left_out = left_out
        self._default: dict[str, Any] = {}
        self._named: set[str] = set()
        self._look: dict[str, Read | None] = {}
        for attribute in attributes:
            name, plain = attribute.name, plain_value(attribute.converter)
            types[name] = plain.json
            self._named |= {name} if plain.named else set()
            self._read[name] = read_pointer if name in ("id", *pointers(cls)) else plain.read
            self._look[name] = plain.look or self._read[name]
            self._default[name] = _default(attribute)
        #: Fields of which not even the type tells that they say something.
        self._open = {name for name, json in types.items() if json is VALUE}
        self._decode: Callable[[bytes], dict[str, Any]] = Decoder(
            _TYPED(cls.__name__, types, total=False)
        ).decode
        self._shapes: dict[tuple[str, ...], Shape | None] = {}

    def read(self, line: bytes) -> tuple[dict[str, Any], Shape] | None:
        """Return the object of a line, and what is to be done with it.

        None where the line is not canonical or not of the types that are read here, or where a required
        field is not there.
        """
        try:
            said = self._decode(line)
        except (
            DecodeError,
            RecursionError,
        ):  # the latter where a field that there is none of nests without end
            return None
        if written(said) != line or not in_one_order(line):
            return None
        shape = self.shape(said)
        return None if shape is None else (said, shape)

    def shape(self, said: dict[str, Any]) -> Shape | None:
        """Return what is to be done with an object; None where a required field is not there."""
        names = tuple(said)
        try:
            return self._shapes[names]
        except KeyError:
            made = self._shape(names)
            if len(self._shapes) < _MANY:
                self._shapes[names] = made
            return made

    def _shape(self, names: tuple[str, ...]) -> Shape | None:
        here = {name for name in names if name not in self._open}
        if not all(here.intersection(alternatives) for alternatives in self._cls.required):
            return None
        own = self._cls.__attrs_post_init__ is not Record.__attrs_post_init__
        together = self._cls.together
        looks = tuple((name, look) for name in names if (look := self._look.get(name)) is not None)
        return Shape(
            maker(
                self._cls,
                [(name if name in self._read else None, self._read.get(name)) for name in names],
                {name: default for name, default in self._default.items() if name not in names},
                self._left_out,
            ),
            looks,
            tuple((name, look) for name, look in looks if name not in self._named),
            own or "said_by" in here,
            None if together is None else tuple(name for name in together if name in names),
            set(),
        )

    def remember(self, shape: Shape, together: tuple[Any, ...] | None) -> None:
        """Note that fields which said this together were in order."""
        if together is not None and len(shape.in_order) < _MANY:
            shape.in_order.add(together)


#: The classes of the kinds by the name that stands in a line.
_CLASSES: Final[dict[bytes, Any]] = {kind.encode(): cls for kind, cls in KINDS.items()}


@cache
def _of_lines(cls: Any) -> PlainKind:
    """Return how lines of a kind are read; their proof is looked at by who reads it."""
    return PlainKind(cls, (), named=True)


def record_of_line(line: bytes) -> tuple[dict[str, Any], Record] | None:
    """Return the object of a line of a file and its record, or None."""
    start = line.rfind(_KIND) + len(_KIND)
    cls = _CLASSES.get(line[start : line.find(b'"', start)])
    kind = None if cls is None else _of_lines(cls)
    found = None if kind is None else kind.read(line)
    if found is None or "kind" not in found[0]:
        return None
    said, shape = found
    try:
        made = shape.make(said.values())
        if shape.together:
            made.__attrs_post_init__()
    except InvalidValue:
        return None
    return said, made
