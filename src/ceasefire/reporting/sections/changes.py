"""What changed since the report before: what, as it was, as it is, and because of which records.

What of a change an audience may read is asked of the rows it may read, so that a row
changes for the public only where the public can see that it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.assessment import Change
from ceasefire.record.kinds import Appraisal, Performance, Tally
from ceasefire.reporting.document import Column, Note, Paragraph, Row, Section, Table, words
from ceasefire.reporting.telling import due
from ceasefire.reporting.telling.breaches import overdue
from ceasefire.reporting.telling.happened import happened, when
from ceasefire.reporting.telling.naming import determinations, mark
from ceasefire.reporting.telling.references import ref, refs
from ceasefire.reporting.telling.room import ROWS, roomed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ceasefire.assessment.result.entries import ClaimEntry, RowEntry
    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.audience import Seen
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material

    Key = tuple[str, str | None]

#: More commitments than these are told by how many they are.
_MOST: Final = 2
_COLUMNS: Final = ("what", "before", "now", "because")
#: What may differ of a claim or of an agreement that is called as it was.
_TOLD: Final = ("wording", "counts_as", "attributed_to", "severity", "under", "from", "until")
_ROOMS: Final = {"claim": "determination", "case": "case_state", "agreement": "state"}


def changes(material: Material, _: Ledgers) -> Section:
    """Return what changed, row by row, then in one line what else is new and what is overdue still."""
    earlier = material.before
    if earlier is None:
        return Section(id="changes", title="")
    found = _together(_shown(material, earlier), material)
    blocks: list[Block] = [
        *roomed(found, ROWS, lambda some: (_table(some, material),), material, table="changes")
    ]
    if not found:
        blocks.append(Paragraph(material.say("changes.nothing")))
    if rest := material.vocabulary.joined(_rest(material), "list.blank"):
        blocks.append(Note(rest))
    title = material.text("title.changes", day=material.days.of_instant(earlier.as_of))
    aside = material.text("changes.aside_rows", n=len(found)) if found else ""
    return Section(id="changes", title=title, aside=aside, blocks=tuple(blocks))


def rows_changed(material: Material) -> Iterator[Row]:
    """Yield a row for each change this audience may read, also for those that a page has no room for."""
    if material.before is not None:
        yield from (_row([change], material) for change in _shown(material, material.before))


def _together(several: Iterable[Change], material: Material) -> list[list[Change]]:
    """Return changes by line: what is the same but for who it is of shares one, and what is of one claim.

    So of one commitment that several bearers owe and each has carried out, of a performance that several
    report of themselves for one day, and of a claim that two agreements judge differently.
    """
    found: dict[tuple[object, ...], list[Change]] = {}
    for n, change in enumerate(several):
        record = material.record(change.record)
        key: tuple[object, ...] = (n,)
        if change.kind == "commitment" and len({commitment for commitment, _ in change.rows}) == 1:
            key = (change.rows[0][0], change.before, change.after, change.codes, bool(change.because))
        elif change.kind == "claim" and isinstance(record, Performance):
            key = (record.commitment, _day(change, material), change.before, change.after)
        elif change.kind == "claim":
            key = (change.record,)
        found.setdefault((change.kind, *key), []).append(change)
    return list(found.values())


def _day(change: Change, material: Material) -> str:
    return when(material.claims[change.record or ""][0], material)


def _table(several: Iterable[Sequence[Change]], material: Material) -> Table:
    return Table(
        caption=material.text("changes.caption"),
        columns=tuple(Column(material.text(f"changes.column_{name}")) for name in _COLUMNS),
        rows=tuple(_row(change, material) for change in several),
        quiet=True,
    )


def _shown(material: Material, earlier: Seen) -> Iterator[Change]:
    """Yield what changed as this audience may read it.

    The public reads what is asked of its own rows, reasons and claims alone: by what a row changed,
    and which rows changed alike, would else show who is accused.
    """
    if material.audience != "public":
        told = (c for c in material.changes if c.record is None or c.record in material.claims)
        # What every agreement that judges a claim says alike of it is told once.
        yield from {c if c.record is None else c._replace(agreement=None): c for c in told}.values()
        return
    for change in material.changes:
        if change.kind == "agreement" or (change.kind == "case" and change.record in material.claims):
            yield change
    yield from _public_rows(material, earlier)
    yield from _claims(material, earlier)


def _public_rows(material: Material, earlier: Seen) -> Iterator[Change]:
    then = _standing(earlier)
    found: dict[tuple[str, str | None, str | None, tuple[str, ...], tuple[str, ...]], list[Key]] = {}
    for key, row in _standing(material).items():
        was, is_ = _state(then.get(key)), _state(row)
        if was != is_:
            before = _grounds(key, earlier)
            new = [ground for ground in _grounds(key, material) if ground not in before]
            why = tuple(dict.fromkeys(record for record, _ in new if record is not None))
            codes = tuple(dict.fromkeys(code for record, code in new if record is None))
            alike = (row.commitment.partition("/")[0], was or None, is_ or None, why, codes)
            found.setdefault(alike, []).append(key)
    for (agreement, was_, now_, why, codes), keys in found.items():
        yield _change("commitment", agreement, tuple(keys), None, was_, now_, why, codes)


def _change(  # noqa: PLR0913 – what a change is told with
    kind: str,
    agreement: str | None,
    rows: tuple[Key, ...],
    record: str | None,
    before: str | None,
    after: str | None,
    because: tuple[str, ...],
    codes: tuple[str, ...] = (),
) -> Change:
    return Change(kind, agreement, rows, record, before, after, (), because, codes, ())


def _grounds(key: Key, seen: Material | Seen) -> list[tuple[str | None, str]]:
    """Return what moves a row: a record, or a code of the text."""
    return [(r.record, r.code) for r in seen.grounds_of.get(key, ()) if r.effect != "not_counted"]


def _claims(material: Material, earlier: Seen) -> Iterator[Change]:
    """Yield the claims that are determined otherwise, as the public reads them.

    Else a claim is left out whose row has changed by it: so it would show whose row that is.
    """
    then = {record: _determined(several) for record, several in earlier.claims.items()}
    for record, several in material.claims.items():
        was, now = then.get(record), _determined(several)
        if was != now:
            said = [p.finding for p in material.positions_on(record) if p.finding]
            new = tuple(dict.fromkeys(f for f in said if f not in earlier.records)) or (record,)
            yield _change("claim", None, (), record, was, now, new)


def _determined(several: list[ClaimEntry]) -> str:
    return ";".join(dict.fromkeys(claim.determination for claim in several))


def _standing(seen: Material | Seen) -> dict[Key, RowEntry]:
    return {(row.commitment, row.owed_by): row for row in seen.data.commitments}


def _state(row: RowEntry | None) -> str:
    """Return how a row stands that the public reads: whether it is accused makes no difference."""
    if row is None:
        return ""
    if row.compliance in (None, "none_recorded"):
        return "remedied" if row.breaches else row.phase
    return row.compliance


def _row(several: Sequence[Change], material: Material) -> Row:
    """Return the row of changes that share one."""
    change = several[0]
    what: Words
    if change.kind == "commitment":
        what, room = _commitments([key for one in several for key in one.rows], material), ""
    else:
        what, room = _what(several, material), _ROOMS[change.kind]
    before, after = (
        _open(change, then=then, material=material) or _told(state, room, material)
        for state, then in ((change.before, True), (change.after, False))
    )
    if before == after and len({one.cells for one in several}) == 1:  # it is called as it was
        before, after = (
            material.vocabulary.joined((told, *_numbers(change, material, then=then)), "list.semicolon")
            for told, then in ((before, True), (after, False))
        )
    if before == after:
        after = material.vocabulary.joined((after, *_otherwise(several, material)), "list.semicolon")
    if len({(one.before, one.after) for one in several}) > 1:
        after = determinations(material.claims[change.record or ""], material)
    if change.kind == "commitment" and len(several) > 1 and change.because:
        told = (
            words(_owing(one, material), *refs((*one.because, *one.known_later), material, "annex-counts"))
            for one in several
        )
        because = material.vocabulary.joined(told, "list.semicolon")
    else:
        why, late = (
            tuple(dict.fromkeys(record for records in of for record in records))
            for of in ([one.because for one in several], [one.known_later for one in several])
        )
        because = _because(change._replace(because=why, known_later=late), material)
    return Row(cells=(what, before, after, because or ("–",)))


def _numbers(change: Change, material: Material, *, then: bool) -> Iterator[Words]:
    """Yield how many breaches and open claims there are on rows, where that differs; none is not told."""
    for cell in change.cells:
        if change.kind == "commitment" and cell.name in ("breaches", "open"):
            number = cell.before if then else cell.after
            if isinstance(number, int) and number:
                yield material.say(f"standing.{cell.name}", n=number)


def _otherwise(several: Sequence[Change], material: Material) -> Iterator[Words]:
    """Yield what of a claim or an agreement differs that is called as it was; nobody is named by it."""
    cells = dict.fromkeys(cell.name for one in several for cell in one.cells)
    told = [material.text(f"changes.of_{name}") for name in cells if name in _TOLD]
    if told:
        yield material.say("changes.otherwise", what=material.vocabulary.joined(told, "list.comma"))


def _owing(change: Change, material: Material) -> str:
    """Return who owes what changed."""
    bearers = [owed_by for _, owed_by in change.rows]
    return due.owed_by(bearers, material) if bearers != [None] else material.text("party.nobody_named")


def _because(change: Change, material: Material) -> Words:
    """Return the records by which something changed, else what the text says, and what was known later."""
    why, late = change.because, change.known_later
    if len(why) > _MOST * 3:
        return refs(why, material, "annex-counts")
    because = words(*(word for record in why for word in (ref(record, material), " ")))
    if not why:
        because = material.vocabulary.joined(
            (material.vocabulary.code("why", code) for code in change.codes), "list.comma"
        )
    return words(*because, *refs(late, material), " ", material.text("changes.later")) if late else because


def _open(change: Change, *, then: bool, material: Material) -> Words:
    """Return how many claims are open on rows on which nothing else is recorded, where that differs."""
    if (change.before if then else change.after) != "none_recorded":
        return ()
    several = (cell.before if then else cell.after for cell in change.cells if cell.name == "open")
    return next((material.say("standing.open", n=n) for n in several if isinstance(n, int) and n), ())


def _told(state: str | None, room: str, material: Material) -> Words:
    if state is None:
        return material.say("changes.nothing_before")
    if state == "none_recorded":
        return material.say("standing.none")
    if room:
        return (mark(state, material.vocabulary.code(room, state)),)
    known = material.vocabulary.has(f"compliance.{state}")
    return (mark(state, material.vocabulary.code("compliance" if known else "phase", state)),)


def _commitments(keys: Iterable[Key], material: Material) -> Words:
    """Return the rows of a change: each commitment with who owes it, or how many of an agreement."""
    owing: dict[str, list[str | None]] = {}
    for commitment, owed_by in keys:
        owing.setdefault(commitment, []).append(owed_by)
    if len(owing) > _MOST:
        agreement = material.names.agreement(next(iter(owing)).partition("/")[0])
        return material.say("changes.commitments", n=len(owing), agreement=agreement)
    told = (
        material.say(
            "changes.row",
            commitment=material.names.commitment(commitment),
            who=due.owed_by(bearers, material) if bearers != [None] else material.text("party.nobody_named"),
        )
        for commitment, bearers in owing.items()
    )
    return material.vocabulary.joined(told, "list.semicolon")


def _what(several: Sequence[Change], material: Material) -> Words:
    """Return the agreement, claim or case that changed; of performances alike, all whose they are."""
    change = several[0]
    if change.record is None:
        return words(material.names.agreement(change.agreement or ""))
    records = list(dict.fromkeys(one.record for one in several if one.record is not None))
    record = material.record(change.record)
    what = material.say("record.not_held") if record is None else happened(record, material)
    if isinstance(record, Performance) and len(records) > 1:
        performers = [p.performer for r in records if isinstance(p := material.record(r), Performance)]
        what = material.say(
            "happened.performance_each",
            parties=material.names.parties_listed(dict.fromkeys(performers)),
            commitment=material.names.commitment(record.commitment or ""),
        )
    return material.say(
        f"changes.{change.kind}",
        what=what,
        when=_day(change, material),
        ref=words(*(word for n, r in enumerate(records) for word in (" " if n else "", ref(r, material)))),
    )


def _rest(material: Material) -> Iterator[Words]:
    """Yield what else is new, and which rows were overdue then and are so now."""
    earlier = material.before
    if earlier is None:
        return
    new = {name: r for name, r in material.records.items() if name not in earlier.records}
    for key, kinds in (
        ("counts", Tally), ("appraisals", Appraisal),
    ):  # fmt: skip
        if found := [name for name, record in new.items() if isinstance(record, kinds)]:
            yield material.say(f"changes.new_{key}", n=len(found), refs=refs(found, material, "annex-counts"))
    late, then = overdue(material), overdue(earlier)
    if still := {key: owing for key, owing in late.items() if key in then}:
        told = (
            material.say(
                "changes.row",
                commitment=material.names.commitment(name),
                who=due.owed_by(owing, material),
            )
            for (name, _), owing in still.items()
        )
        yield material.say(
            "changes.still_late", n=len(still), told=material.vocabulary.joined(told, "list.semicolon")
        )
