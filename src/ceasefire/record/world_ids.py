"""What the fields of records name of an agreement's world: the one list of them.

Not among them are authors (an analyst is no party), the ids of records (they may
arrive later), and in a published count the names of places (`by_zone`) and of who published it.
"""

from __future__ import annotations

from typing import Final

from ceasefire.record.kinds import KINDS

#: What the ids in a field name. `owed_by` may join several parties by `+`.
NAMED: Final = {
    "act": "act", "zone": "zone", "accused": "party", "against": "party", "commitments": "commitment",
    "commitment": "commitment", "performer": "party", "took_part": "party", "agreement": "agreement",
    "actor": "party", "group": "party", "role": "role", "owed_by": "party", "attributed_to": "party",
    "addressee": "party",
}  # fmt: skip
#: The fields above that a record of each kind has.
OF_KIND: Final = {name: tuple(field for field in NAMED if hasattr(cls, field)) for name, cls in KINDS.items()}


def given(field: str, value: str) -> tuple[str, ...]:
    """Return the ids that a text in a field joins: several parties of a joint debt, else one."""
    return tuple(value.split("+")) if field == "owed_by" else (value,)
