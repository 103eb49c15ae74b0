"""Problems in the data, and how the report was made, so that anyone can make it again."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from ceasefire.clock import iso
from ceasefire.reporting.document import Code, Column, Facts, Paragraph, Ref, Row, Section, Table, words
from ceasefire.reporting.material.material import counted
from ceasefire.reporting.sections.claims import folded
from ceasefire.reporting.words import wording
from ceasefire.times_in_words import stated_words
from ceasefire.visible import visible

if TYPE_CHECKING:
    from ceasefire.assessment import Sealed
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material


_PROMISE: Final = (
    "This report shows an assessment and judges nothing. The same agreements, records and instants give the "
    "same report, byte for byte."
)


def problems(material: Material) -> Section:
    """Return what is odd in the data: told, never repaired."""
    rows = tuple(
        Row(
            cells=(
                (Ref(row.record),) if row.record is not None else ("–",),
                (wording.oddity(row) if row.what is not None else "not released",),
                (Code(row.code),),
            )
        )
        for row in material.data.problems
    )
    if not rows:
        return Section(id="problems", title="Problems in the data")
    table = Table(
        caption="What is odd in the data; both figures are kept where two differ, and nothing is repaired",
        columns=(Column("Record"), Column("What"), Column("Code")),
        rows=rows,
    )
    return Section(
        id="problems", title="Problems in the data", blocks=folded(f"All problems ({len(rows)})", table)
    )


def making(material: Material) -> Section:
    """Return what the report was made from, and the command that makes it again."""
    made = material.data.made_from
    pairs: list[tuple[str, Words]] = [
        ("Records read", (counted(made.records, "record"),)),
        ("Rules", (f"version {made.rules} of the rules of assessment",)),
        ("Time zone rules", (f"tzdata {visible(str(made.tzdata))}",)),
    ]
    pairs += [
        (f"File {visible(name)}", words("SHA-256 ", Code(str(digest))))
        for name, digest in made.agreements.items()
    ]
    pairs += [
        (f"Head of the chain of {visible(author)}", (Code(str(head)),)) for author, head in made.heads.items()
    ]
    pairs += [(f"Seals of {visible(one.author)}", _seals(one, material)) for one in material.sealed]
    pairs.append(("Made again with", (Code(_command(material)),)))
    return Section(
        id="making", title="How this report was made", blocks=(Paragraph((_PROMISE,)), Facts(tuple(pairs)))
    )


def _seals(one: Sealed, material: Material) -> Words:
    """Return how many records of an author are under seal, and by which key the newest seal was made.

    Only who sees all is told how long a seal is: its length counts the records of others' eyes too.
    """
    number = counted(one.sealed + len(one.unsealed), "record")
    if material.audience == "public":
        return (f"{one.sealed:,} of {number} under seal",)
    if one.newest is None:
        return (f"none; {number} under no seal",)
    when = stated_words(iso(one.newest.at), material.timezone)
    over = f"is over {one.newest.length:,} " if material.audience == "author" else "is "
    newest = f"; the newest, by its own word of {when}, {over}by the key "
    return (f"{one.sealed:,} of {number} under seal{newest}", Code(one.newest.key))


def _command(material: Material) -> str:
    parts = ["ceasefire", "report", *(a.id for a in material.agreements), "--journal", "JOURNAL"]
    parts += ["--as-of", iso(material.as_of)]
    if material.known_at is not None:
        parts += ["--known-at", iso(material.known_at)]
    if material.since is not None:
        parts += ["--since", iso(material.since)]
    if material.relays:
        parts.append("--relays")
    if material.audience != "mechanism":
        parts += ["--audience", material.audience]
    return shlex.join(parts)
