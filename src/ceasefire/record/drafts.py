"""Drafts of records: the slots of a kind, into which values are put as they are; then it is the record.

A record is frozen, and each of its fields has a converter. Where the values are known to be what the
fields keep, a draft takes them without looking at any of them: a class of its own beside each kind, with
the same slots, whose initialiser attrs writes as it writes all others.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

#: What makes the class of a draft one that is not frozen, and looks at nothing.
_OPEN: dict[str, Any] = {
    "__setattr__": object.__setattr__,
    "__delattr__": object.__delattr__,
    "__attrs_post_init__": None,
    "__attrs_init_subclass__": classmethod(lambda _: None),
}


@cache
def draft(cls: Any) -> Callable[..., Any]:
    """Return what makes a draft of a frozen class of attrs, given all its values in the order of the fields.

    Fields of a draft can be set. Its `__class__` set to what it is a draft of, it is that, and frozen.
    """
    return attrs.make_class(
        f"{cls.__name__}Draft",
        {field.name: attrs.field() for field in attrs.fields(cls)},
        bases=(cls,),
        class_body=dict(_OPEN),
        slots=True,
        weakref_slot=False,  # it has that of the class, where that has one: the layouts must be one
        eq=False,
        repr=False,
    )
