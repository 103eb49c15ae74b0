"""What a record says, apart from its envelope: by this two records are the same, or are not.

The page docs/rules/records.md has the rule of keys, which compares a record with the
one its author has given the same name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.record.kinds import ENVELOPE
from ceasefire.record.wire import to_json

if TYPE_CHECKING:
    from ceasefire.record.kinds import Record

#: Fields of the envelope that a correction may change all the same: how its dates are read, who sees it.
OPEN_ENVELOPE: Final = frozenset({"timezone", "release"})
#: Fields that no correction changes: who says it and when, and the name it has for its author.
UNCHANGED: Final = frozenset({*ENVELOPE, "key"}) - OPEN_ENVELOPE
#: Fields that say where a record stands and when it was written, not what is said.
_PLACE: Final = ("by", "id", "recorded", "received", "proof", "key")


def content(record: Record) -> dict[str, Any]:
    """Return what a record says, by field, and who says it; not where it stands, nor when it was written."""
    return {name: value for name, value in to_json(record).items() if name not in _PLACE}
