"""Annex D: what the report was made from, tables of others with their licences, and how it is made again."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from ceasefire.clock import iso
from ceasefire.data_sets import A_ROW, known_tables, table_of
from ceasefire.reporting.document import Code, Facts, Link, Note, Section, words
from ceasefire.reporting.words.vocabulary import ASSESSED_IN
from ceasefire.times_in_words import utc
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.assessment import Sealed
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material

#: Digits of a hash that are printed; the data file has it whole.
_DIGITS: Final = 12


def making(material: Material, _: Ledgers) -> Section:
    """Return what the report was made from, what it leaves out, and the command that makes it again."""
    left_out = material.say(f"making.left_out_{material.told_as}", party=material.party)
    several = (material.say("making.promise"), left_out, material.say("making.unreviewed"))
    told = (said for said in several if said)
    facts = Facts(tuple(_facts(material)))
    blocks = (Note(material.vocabulary.joined(told, "list.blank")), facts)
    return Section(id="annex-making", title=material.text("title.annex_making"), blocks=blocks)


def _facts(material: Material) -> Iterator[tuple[str, Words]]:
    made = material.data.made_from

    def term(key: str) -> str:
        return material.text(f"making.{key}")

    if material.wanted.issuer:
        yield term("issuer"), (visible(material.wanted.issuer),)
    yield term("as_of"), _instants(material)
    yield (
        term("records"),
        material.say("making.read", n=made.records, until=material.number(material.looked_at)),
    )
    yield (
        term("rules"),
        material.say("making.versions", rules=str(made.rules), tzdata=visible(str(made.tzdata))),
    )
    files = [words(visible(name), " ", _hash(str(digest))) for name, digest in made.agreements.items()]
    yield term("files"), material.vocabulary.joined(files, "list.dot")
    heads = [words(visible(author), " ", _hash(str(head))) for author, head in (made.heads or {}).items()]
    if heads:
        yield term("heads"), material.vocabulary.joined(heads, "list.dot")
    if imported := _imported(material):
        yield term("imported"), material.vocabulary.joined(imported, "list.semicolon")
    if material.sealed:
        seals = (_seals(one, material) for one in material.sealed)
        yield term("seals"), material.vocabulary.joined(seals, "list.semicolon")
    yield term("again"), (Code(_command(material)),)


def _imported(material: Material) -> list[Words]:
    """Return the tables of others whose rows are among the records, each with its licence and its files.

    Who may not read the words of a record is told only of data sets that are known to all.
    """
    found: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for name, record in material.records.items():
        for item in material.evidence(record):
            table = table_of(item.title or ""), item.url or ""
            if item.kind != A_ROW or (record.own_id in material.wordless and table not in known_tables()):
                continue
            records, files = found.setdefault(table, (set(), set()))
            records.add(name)
            files |= {item.sha256} if item.sha256 else set()
    return [
        words(
            *material.say("making.rows_of", n=len(records)),
            ": ",
            Link(url, title) if url else visible(title),
            *(part for file in sorted(files) for part in (" sha256 ", _hash(file))),
        )
        for (title, url), (records, files) in sorted(found.items())
    ]


def _hash(digest: str) -> Code:
    return Code(f"{digest[:_DIGITS]}…")


def _instants(material: Material) -> Words:
    told = [material.say("making.until", instant=Code(utc(material.as_of)))]
    if material.period is not None and material.previous is not None:
        told.append(material.say("making.since", instant=Code(utc(material.period.first))))
        told.append(material.say("making.compared", instant=Code(utc(material.previous.first))))
    if material.known_at is not None:
        told.append(material.say("making.known", instant=Code(utc(material.known_at))))
    name = material.days.zone_name(material.as_of)
    told.append(material.say("making.zone_of", zone=material.timezone, name=name))
    return material.vocabulary.joined(told, "list.dot")


def _seals(one: Sealed, material: Material) -> Words:
    """Return how many records of an author are under seal, and by which key the newest seal was made.

    Only who sees all is told how long a seal is: its length counts the records of others' eyes too.
    """
    every = one.sealed + len(one.unsealed)
    who = material.names.party(one.author)
    sealed = material.number(one.sealed)
    if material.audience == "public":
        return material.say("making.sealed", who=who, sealed=sealed, n=every)
    if one.newest is None:
        return material.say("making.unsealed", who=who, n=every)
    key = "making.sealed_over" if material.audience == "author" else "making.sealed_by"
    when = material.days.instant(one.newest.at)
    length = material.number(one.newest.length)
    return material.say(
        key, who=who, sealed=sealed, n=every, when=when, length=length, key=Code(one.newest.key)
    )


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
    if material.given_title:
        parts += ["--title", visible(material.given_title)]
    return shlex.join([*parts, *_options(material)])


def _options(material: Material) -> list[str]:
    """Return the options that say what else was asked of the report."""
    wanted = material.wanted
    parts: list[str] = []
    if wanted.previous is not None:
        known = wanted.previous.known_at
        at = "" if known is None or known == material.known_at else f"@{iso(known)}"
        parts += ["--previous", iso(wanted.previous.as_of) + at]
    if wanted.annexes is not None:
        parts += ["--annexes", ",".join(wanted.annexes)] if wanted.annexes else ["--brief"]
    if wanted.issuer:
        parts += ["--issuer", visible(wanted.issuer)]
    if material.vocabulary.language != ASSESSED_IN:
        parts += ["--lang", material.vocabulary.language]
    if wanted.issued is not None:
        parts += ["--issued", iso(wanted.issued)]
    return parts
