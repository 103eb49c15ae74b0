"""Formats of the field that are tables: mappings that ship, of which a mapping of one's own says the rest.

Each is a file of data/mappings. Columns are found by name in any capitals, for exports of one format differ.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from ceasefire.data_sets import data_sets
from ceasefire.errors import RecordError
from ceasefire.exchange.forms import questions
from ceasefire.exchange.submissions import EACH, REPEATED, SUBMISSION, last_name, question_of
from ceasefire.exchange.table.mapping import TableMapping, with_own
from ceasefire.exchange.table.tags import tagged
from ceasefire.packaged import folder_of

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

#: Formats by the name of the command that reads them, with what they are.
LAYOUTS: Final = {
    "ucdp": "events of the UCDP Georeferenced Event Dataset",
    "acled": "events of ACLED",
}


def of_form(
    columns: Sequence[str],
    own: Mapping[str, Any] | str | os.PathLike[str] | None = None,
    repeat: Sequence[str] = (),
) -> TableMapping:
    """Return the mapping of what a form of `forms.form` comes back with, by the columns of its export.

    Columns may bear the names of the questions or their labels in any language, below the names of
    groups. A place has a column for each coordinate, or both in one. `repeat` is as of
    `opened_submissions`. Raises `RecordError` where no question of the form is among them.
    """
    found = [(one, column) for column in columns if (one := question_of(column)) is not None]
    if not found:
        asked = ", ".join(one.name for one in questions())
        raise RecordError(
            f"no column is a question of a form of ceasefire ({asked}): import it as a table, by a mapping"
        )
    # a form of several versions has a column for each: a question that was moved into a group is another one
    said: dict[str, list[str]] = {}
    for one, column in found:
        said.setdefault(one.field, []).append(column)
    said = {name: [one for one in asked if one.endswith(EACH)] or asked for name, asked in said.items()}
    point = said.pop("place", [])
    for field, endings in _COORDINATES.items():
        if named := [column for column in columns if _ends(column, endings)]:
            said[field] = named
    if "place.lat" not in said and point:
        said["place.point"] = point
    parted = {
        one.field: " " for one, column in found if one.several and not said[one.field][0].endswith(EACH)
    }
    made = {
        "kind": "incident",
        "key": REPEATED if repeat else next((column for column in SUBMISSION if column in columns), ()),
        "prefix": "form-",
        "columns": said,
        "split": parted,
    }
    return evolve(with_own({name: value for name, value in made.items() if value}, own), repeat=tuple(repeat))


def of_tags(
    columns: Sequence[str], own: Mapping[str, Any] | str | os.PathLike[str] | None = None
) -> TableMapping:
    """Return the mapping of a table by the tags of its columns (data/mappings/hxl.toml).

    Raises `RecordError` where no tag says anything of an incident.
    """
    known = _shipped("hxl")
    said = {field: column for field, tags in known["fields"].items() if (column := _first(columns, tags))}
    if not said:
        raise RecordError(
            "no tag says anything of an incident: import it as a table, by a mapping; "
            f"known are {', '.join(tag for tags in known['fields'].values() for tag in tags)}"
        )
    made: dict[str, Any] = {"kind": "incident", "columns": said, "prefix": "hxl-"}
    if key := _first(columns, known["key"]["tags"]):
        made["key"] = key
    if "occurred" in said and (last := _first(columns, known["to"]["occurred"])):
        made["dates"] = {"occurred": {"to": last}}
    if said.get("zone", "").startswith("#adm1+code"):
        made["codes"] = {"zone": "pcode"}
    return evolve(with_own(made, own), tagged=True)


def _first(columns: Sequence[str], tags: Sequence[str]) -> str | None:
    return next((column for tag in tags if (column := tagged(columns, tag))), None)


#: What columns of a geopoint are called, by KoboToolbox and by ODK, for the question "location".
_COORDINATES: Final = {
    "place.lat": ("_location_latitude", "location-latitude", "latitude"),
    "place.lon": ("_location_longitude", "location-longitude", "longitude"),
}


def _ends(column: str, endings: Sequence[str]) -> bool:
    """Tell whether a column is a coordinate, below the names of groups, too."""
    name = last_name(column).casefold()
    return any(name == ending or name.endswith(f"-{ending}") for ending in endings)


def layout(name: str, own: Mapping[str, Any] | str | os.PathLike[str] | None = None) -> TableMapping:
    """Return the mapping of a format, with what a mapping of one's own says over it.

    Raises `MappingError` for mistakes in what both say together.
    """
    return with_own(_shipped(name) | {"source": data_sets()[name]}, own)


def _shipped(name: str) -> dict[str, Any]:
    file = folder_of("ceasefire") / "data" / "mappings" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
