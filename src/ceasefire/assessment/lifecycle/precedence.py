"""What comes first at one instant (docs/rules/time.md, "At one instant")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.record.order import id_key

if TYPE_CHECKING:
    from ceasefire.record.order import IdKey


#: What moves an agreement or a commitment: when, its name, by which record, and the code of the reason.
Trigger = tuple[int, str, str | None, str]


#: At one instant things happen in this order (docs/rules/time.md).
AT_ONE_INSTANT: Final = {
    trigger: place
    for place, triggers in enumerate(
        (
            ("in_force",),
            ("suspended",),
            ("resumed",),
            ("released",),
            ("started", "started_suspended"),
            ("performed",),
            ("deadline_passed", "cannot_start"),
            ("expired", "ended", "window_closed"),
            ("terminated",),
            ("replaced",),
            ("breach",),
        )
    )
    for trigger in triggers
}


def precedence(trigger: Trigger) -> tuple[int, int, list[IdKey]]:
    """Return the place of a trigger: by its instant, at one instant by the table, else by its record."""
    at, name, record, _ = trigger
    return at, AT_ONE_INSTANT[name], [] if record is None else [id_key(record)]
