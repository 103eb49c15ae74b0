"""How a class of the library's own is made, and what those that others make have in common.

Where nobody else makes one of it: structures of `msgspec`: a class is built in a thirtieth of the time that
one of attrs takes, a value is made in a tenth, and takes less memory (docs/speed.md). What users make or get
stays a class of attrs, with its converters, or a named tuple (CONTRIBUTING.md).
"""

from __future__ import annotations

from functools import cache
from inspect import signature
from operator import attrgetter
from typing import TYPE_CHECKING, Any, dataclass_transform

from attrs import fields
from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value(Struct, frozen=True, gc=False):
    """What is no more than its fields: frozen, equal where they are, with no instance dictionary.

    The collector of garbage does not look at it: a value never points, by whatever way, at
    something that points back at it.
    """


@dataclass_transform(eq_default=False, frozen_default=True, field_specifiers=(field,))
class Entity(Struct, frozen=True, eq=False, dict=True):
    """What is itself, whatever another one says: frozen, and it may remember what it works out.

    What it remembers is a `cached_property`; a copy made by `msgspec.structs.replace` does not have it.
    """


class ByFields:
    """Equal, hashed and printed by its fields, as attrs has it: a base of classes of attrs.

    Written once, where attrs would write and compile it for each class as that is imported (`eq=False`,
    `repr=False`): half of the time in which a class is made (docs/speed.md).
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Tell whether another one of the class says the same in each field that is compared."""
        cls: Any = self.__class__
        compared = _compared(cls)
        if other.__class__ is not cls:
            return NotImplemented
        return bool(compared(self) == compared(other))

    def __hash__(self) -> int:
        """Return the hash of what is compared."""
        cls: Any = self.__class__
        return hash(_hashed(cls)(self))

    def __repr__(self) -> str:
        """Return the class and the fields that are printed."""
        cls: Any = self.__class__
        said = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(cls) if one.repr)
        return f"{cls.__qualname__.rpartition('>.')[2]}({said})"


def keep_signatures(*converters: Any) -> None:
    """Keep the signatures of converters, which attrs asks for anew for each field that has one of them.

    Of three hundred fields eight converters have most: a thirtieth of a first assessment, import included.
    """
    for converter in converters:
        converter.__signature__ = signature(converter)  # where `inspect` looks first


@cache
def _compared(cls: Any) -> Callable[[Any], Any]:
    return attrgetter(*[one.name for one in fields(cls) if one.eq])


@cache
def _hashed(cls: Any) -> Callable[[Any], Any]:
    return attrgetter(*[one.name for one in fields(cls) if (one.eq if one.hash is None else one.hash)])
