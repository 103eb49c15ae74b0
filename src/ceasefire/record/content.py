"""What a record says, apart from its envelope: by this two records are the same, or are not.

The page docs/rules/records.md has the rule of keys, which compares a record with the
one its author has given the same name.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from ceasefire.patterns import regex
from ceasefire.record.fields import plain_json
from ceasefire.record.json.canonical import canonical
from ceasefire.record.json.wire import to_json
from ceasefire.record.kinds import ENVELOPE, KINDS, Tally, field_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from ceasefire.record.fields import Evidence
    from ceasefire.record.kinds import Record

#: Fields of the envelope that a correction may change all the same: how its dates are read, who sees it.
OPEN_ENVELOPE: Final = frozenset({"timezone", "release"})
#: Fields that no correction changes: who says it and when, and the name it has for its author.
UNCHANGED: Final = frozenset({*ENVELOPE, "key"}) - OPEN_ENVELOPE
#: Fields that say where a record stands and when it was written, not what is said.
_SCHEME: Final = regex(r"\A[a-z][a-z0-9+.-]*://", re.IGNORECASE | re.ASCII)
_PLACE: Final = ("by", "id", "recorded", "received", "proof", "key")


def content(record: Record) -> dict[str, Any]:
    """Return what a record says, by field, and who says it; not where it stands, nor when it was written."""
    return {name: value for name, value in to_json(record).items() if name not in _PLACE}


def comparable(record: Record) -> tuple[object, ...]:
    """Return what can be looked up, and is equal for two records of one author that say the same.

    Addresses are compared without what differs between two ways to one page (`address`). Of a
    published count they say nothing of what was counted: the same count of the same days, by the
    same publisher, may be the same though it was read elsewhere.
    """
    cls = type(record)
    evidence = () if isinstance(record, Tally) else tuple(map(_evidence, record.evidence))
    return (cls, record.author, evidence, *_COMPARED[cls](record))


def address(url: str) -> str:
    """Return a web address without its scheme, a leading www., a final slash and a fragment."""
    plain = url.strip().partition("#")[0]
    host, slash, path = _SCHEME.sub("", plain).partition("/")
    return host.casefold().removeprefix("www.") + (slash + path).rstrip("/")


def _evidence(one: Evidence) -> tuple[object, ...]:
    return (one.title, None if one.url is None else address(one.url), one.sha256, one.kind, one.by)


def _values(cls: type[Record]) -> Callable[[Record], tuple[object, ...]]:
    names = [name for name in field_names(cls) if name not in (*_PLACE, "release", "evidence", "set")]
    found = attrgetter(*names)
    if "set" not in field_names(cls):
        return found
    changes = attrgetter("set")
    return lambda record: (*found(record), canonical(plain_json(changes(record))))


_COMPARED: Final = {cls: _values(cls) for cls in KINDS.values()}
