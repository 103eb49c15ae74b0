"""Acts as a table of events, a row each, with the names that ACLED and UCDP GED have for a column.

Only where a column of theirs says the same: there are no actors 1 and 2 and no sides A and B, for
who did what to whom is alleged until it is determined (docs/exports.md, "A table of events").
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from ceasefire.clock import Lasting
from ceasefire.reporting.exports.acts import acts, coordinates
from ceasefire.reporting.formats.cells import Digits
from ceasefire.reporting.formats.comma_separated import csv_text
from ceasefire.reporting.formats.tags import tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ceasefire.record.kinds import Event, Incident
    from ceasefire.reporting.material.material import Material

#: The columns, each with the fact of an act that it tells (`acts`) or with what is worked out for it here.
COLUMNS: Final[Mapping[str, str]] = {
    "id": "record",
    "event_id_cnty": "record",
    "kind": "kind",
    "event_date": "first_day",
    "date_start": "first_day",
    "date_end": "last_day",
    "occurred": "occurred",
    "date_prec": "date_prec",
    "time_precision": "time_precision",
    "act": "act",
    "act_name": "act_name",
    "sub_event_type": "sub_event_type",
    "zone": "zone",
    "zone_name": "zone_name",
    "admin1": "admin1",
    "adm_1": "adm_1",
    "location": "place",
    "where_coordinates": "place",
    "latitude": "latitude",
    "longitude": "longitude",
    "where_prec": "precision",
    "low": "killed_low",
    "best": "killed_best",
    "high": "killed_high",
    "fatalities": "killed_best",
    "injured_low": "injured_low",
    "injured_best": "injured_best",
    "injured_high": "injured_high",
    "reported_by": "reported_by",
    "written_by": "written_by",
    "took_part": "took_part",
    "against": "against",
    "accused": "accused",
    "named": "named",
    "agreements": "agreements",
    "determination": "determination",
    "attributed_to": "attributed_to",
    "severity": "severity",
    "counts_as": "counts_as",
    "notes": "text",
    "source": "evidence",
}
#: Of what occurred within so many days, not known on which, GED's date_prec and ACLED's time_precision;
#: of more than a month GED says 5, and ACLED nothing.
_WITHIN: Final[tuple[tuple[int, int, int | None], ...]] = (
    (1, 1, 1),
    (6, 2, 2),
    (7, 3, 2),
    (31, 4, 3),
)


def to_events(material: Material, *, hxl: bool = False) -> str:
    """Return the incidents and events of an edition as CSV; with `hxl` a row of tags below the columns."""
    columns = tuple(COLUMNS)
    return csv_text(columns, _rows(material), tags_of(columns) if hxl else ())


def _rows(material: Material) -> Iterator[list[Any]]:
    for record, facts in acts(material):
        told = facts | _spot(record, material) | _known_to(record, facts) | _codes(record, material)
        yield [told[fact] for fact in COLUMNS.values()]


def _spot(record: Incident | Event, material: Material) -> dict[str, str | None]:
    stated = coordinates(record, material)
    return {name: None if digits is None else Digits(digits) for name, digits in stated.items()}


def _known_to(record: Incident | Event, facts: Mapping[str, Any]) -> dict[str, int | None]:
    """Return how well the day of an act is known; one that lasted did so on each of its days."""
    if isinstance(record.occurred, Lasting):
        return {"date_prec": 1, "time_precision": None}
    first, last = (date.fromisoformat(facts[name]) for name in ("first_day", "last_day"))
    days = (last - first).days + 1
    ged, acled = next(((ged, acled) for most, ged, acled in _WITHIN if days <= most), (5, None))
    return {"date_prec": ged, "time_precision": acled}


def _codes(record: Incident | Event, material: Material) -> dict[str, str | None]:
    """Return what ACLED and UCDP call an act and a place, where the files say so."""
    act = dict(getattr(material.names.acts.get(getattr(record, "act", "")), "codes", ()))
    zone = dict(getattr(material.names.zones.get(getattr(record, "zone", None) or ""), "codes", ()))
    return {
        "sub_event_type": act.get("acled") or act.get("acled-part"),
        "admin1": zone.get("acled"),
        "adm_1": zone.get("ucdp"),
    }
