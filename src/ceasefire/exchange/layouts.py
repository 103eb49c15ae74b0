"""Formats of the field that are tables: mappings that ship, of which a mapping of one's own says the rest.

Each is a file of data/mappings. Columns are found by name in any capitals, for exports of one format differ.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final

from ceasefire.errors import RecordError
from ceasefire.exchange.forms import Question, questions
from ceasefire.exchange.table.mapping import TableMapping, with_own
from ceasefire.instruments.names import folded
from ceasefire.packaged import folder_of

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

#: Formats by the name of the command that reads them, with what they are.
LAYOUTS: Final = {
    "ucdp": "events of the UCDP Georeferenced Event Dataset",
    "acled": "events of ACLED",
}


#: Columns that name a submission, as KoboToolbox and ODK have them.
_SUBMISSION: Final = ("_uuid", "meta/instanceID", "meta-instanceID", "KEY", "_id")


def of_form(
    columns: Sequence[str], own: Mapping[str, Any] | str | os.PathLike[str] | None = None
) -> TableMapping:
    """Return the mapping of what a form of `forms.form` comes back with, by the columns of its export.

    Columns may bear the names of the questions or their labels in any language, below the names of
    groups; of a place the export has a column for each coordinate. Raises `RecordError` where no
    question of the form is among them.
    """
    found = [(one, column) for column in columns if (one := _question(column)) is not None]
    if not found:
        asked = ", ".join(one.name for one in questions())
        raise RecordError(
            f"no column is a question of a form of ceasefire ({asked}): import it as a table, by a mapping"
        )
    said: dict[str, Any] = {one.field: column for one, column in found if one.field != "place"}
    for field, endings in _COORDINATES.items():
        named = [column for column in columns if _last(column).casefold() in endings]
        said |= {field: named[0]} if named else {}
    made = {
        "kind": "incident",
        "key": next((column for column in _SUBMISSION if column in columns), ()),
        "prefix": "form-",
        "columns": said,
        "split": {one.field: " " for one, _ in found if one.several},
    }
    return with_own({name: value for name, value in made.items() if value}, own)


#: What columns of a geopoint are called, by KoboToolbox and by ODK, for the question "location".
_COORDINATES: Final = {
    "place.lat": ("_location_latitude", "location-latitude", "latitude"),
    "place.lon": ("_location_longitude", "location-longitude", "longitude"),
}


def _question(column: str) -> Question | None:
    last = folded(_last(column))
    return next((one for one in questions() if last in (one.name, *map(folded, one.labels.values()))), None)


def _last(column: str) -> str:
    """Return the name of a question without those of its groups: KoboToolbox parts them by /, ODK by -."""
    name = column.rpartition("/")[2]
    group, _, rest = name.rpartition("-")
    return name if not group or rest.casefold() in ("latitude", "longitude") else rest


def layout(name: str, own: Mapping[str, Any] | str | os.PathLike[str] | None = None) -> TableMapping:
    """Return the mapping of a format, with what a mapping of one's own says over it.

    Raises `MappingError` for mistakes in what both say together.
    """
    file = folder_of("ceasefire") / "data" / "mappings" / f"{name}.toml"
    shipped = tomllib.loads(file.read_text(encoding="utf-8"))
    return with_own(shipped, own)
