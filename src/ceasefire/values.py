"""The two ways in which a class of the library's own is made, where nobody else makes one of it.

Structures of `msgspec`: a class is built in a thirtieth of the time that one of attrs takes, a value is
made in a tenth, and takes less memory (docs/speed.md). What users make or get stays a class of attrs, with
its converters, or a named tuple (CONTRIBUTING.md).
"""

from __future__ import annotations

from typing import dataclass_transform

from msgspec import Struct, field


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
