"""From the tables of a file to frozen values: types, names and forms, not yet meaning.

A table that is right is read at once. Everything wrong with one is told together, each with
its path; then it is read again without its mistakes, so that what is right in it can still
be checked: a file's author sees all mistakes in one go, not one a day.
"""

from __future__ import annotations

from typing import Any, Final

from attrs import evolve

from ceasefire.instruments import terms
from ceasefire.instruments.files.right import read_right
from ceasefire.instruments.files.shape import Flaw, field_names
from ceasefire.instruments.languages import translations, wrong
from ceasefire.instruments.public_keys import key_text
from ceasefire.instruments.toml_lines import Path  # noqa: TC001 - attrs resolves the annotations
from ceasefire.instruments.values import local_times_in, shown

#: What stands in for a required field that is wrong, while the rest of its table is checked.
_STAND_IN: Final = {
    "id": "", "duty": "declare", "party": "", "as": "named", "basis": "text", "at": "2000-01-01",
    "key": key_text(b"\x58" + 31 * b"\x66"),  # the base point of the curve: a key, and nobody's
}  # fmt: skip


def read_table(cls: type[Any], raw: object, path: Path, zone: str | None) -> tuple[Any, list[Flaw]]:
    """Return the value of one table, as far as it is right, and all that is wrong in it.

    `zone` is the time zone of its local times. The value is None when `raw` is no table.
    """
    if not isinstance(raw, dict):
        return None, [
            Flaw(path, "", f"{shown(raw)} is no table", f"write {_example(path)} and its fields below")
        ]
    others = translations(raw, field_names(cls))
    named = [Flaw((*path, key), key, what, instead) for key, what, instead in wrong(raw, others)]
    value, flaws = _read({key: one for key, one in raw.items() if key not in others}, cls, path, zone)
    bad = {flaw.field for flaw in named}
    told = tuple((*others[key], raw[key]) for key in others if key not in bad)
    return (evolve(value, translations=told) if told and value is not None else value), [*named, *flaws]


def _read(raw: dict[str, Any], cls: type[Any], path: Path, zone: str | None) -> tuple[Any, list[Flaw]]:
    # A title or name that is not given is the id: whoever prints it always has one.
    called = next((n for n in ("title", "name") if n in field_names(cls) and n not in raw), None)
    full = {**raw, called: raw["id"]} if called and isinstance(raw.get("id"), str) else raw
    with local_times_in(zone):
        value = read_right(full, cls)
        if value is not None:
            return _noted(value, raw), []
        from ceasefire.instruments.files.flaws import flaws_of, structured

        flaws = flaws_of(full, cls, path)
        wrong = {flaw.field for flaw in flaws}
        rest = {name: value for name, value in full.items() if name not in wrong}
        rest |= {name: _STAND_IN[name] for name in field_names(cls) if name in wrong and name in _STAND_IN}
        value = _noted(structured(rest, cls), rest)
    # A required field that was only misspelt is one mistake, not two.
    misspelt = {flaw.instead for flaw in flaws if flaw.what.startswith("unknown field")}
    return value, [
        f
        for f in flaws
        if not f.what.endswith(" is missing") or f"write {f.what.removesuffix(' is missing')}" not in misspelt
    ]


def _noted(value: Any, raw: dict[str, Any]) -> Any:
    """Return a commitment with the notes of its deadline, and whatever else as it is."""
    if not isinstance(value, terms.Commitment):
        return value
    notes: dict[str, Any] = {
        f"{name}_note": str(raw[name].get("note", ""))
        for name in ("due", "until")
        if isinstance(raw.get(name), dict)
    }
    return evolve(value, **notes) if notes else value


def _example(path: Path) -> str:
    return f"[[{path[0]}]]" if path else "a table"
