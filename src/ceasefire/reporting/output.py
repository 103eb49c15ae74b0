"""The output object of a report: the lists of its audience, and what its first page tells, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.clock import iso
from ceasefire.reporting.document import Bullets, plain
from ceasefire.reporting.reading import records_of
from ceasefire.reporting.sheets import rows_of

if TYPE_CHECKING:
    from ceasefire.reporting.document import Document
    from ceasefire.reporting.material.material import Material

#: What of the report is in the object beside its sentences, and the table that has it.
_TABLES: Final = {"key_figures": "summary", "due": "due", "changes": "changes"}


def output(material: Material, document: Document) -> dict[str, Any]:
    """Return the output object as an audience may see it (docs/rules/result.md, docs/reports.md)."""
    return material.data.to_dict() | _told(material, document)


def encodable(material: Material, document: Document) -> dict[str, Any]:
    """Return the same with the rows of lists as they are: to lay them out takes longer than to write them."""
    return material.data.rows() | _told(material, document)


def _told(material: Material, document: Document) -> dict[str, Any]:
    """Return what a report adds to the lists."""
    made: dict[str, Any] = {"not_released": material.not_released}
    if material.issued is not None:
        made["issued"] = iso(material.issued)
    if material.wanted.issuer:
        made["issuer"] = material.wanted.issuer
    told: dict[str, Any] = {"title": document.title, "brief": _brief(document)}
    tables = {name: [_plain(row) for row in rows_of(table, material)] for name, table in _TABLES.items()}
    return made | {"report": told | tables}


def _brief(document: Document) -> list[dict[str, Any]]:
    """Return the sentences of the first block, each with the records it refers to."""
    blocks = (block for section in document.front if section.id == "brief" for block in section.blocks)
    items = [item for block in blocks if isinstance(block, Bullets) for item in block.items]
    return [{"text": plain(item.words).strip(), "records": list(records_of(item.words))} for item in items]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}
