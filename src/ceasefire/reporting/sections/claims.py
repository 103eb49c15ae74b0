"""The claims with what was determined of each, and the published counts with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.record.kinds import Decision, Event, Incident, Membership, Performance, Response, Tally
from ceasefire.reporting.document import Code, Column, Fold, Link, Note, Ref, Row, Said, Section, Table, words
from ceasefire.reporting.material import statements
from ceasefire.reporting.material.ledgers import Kind
from ceasefire.reporting.material.names import listed
from ceasefire.reporting.words import wording
from ceasefire.reporting.words.counts import kind_words, part_words, parts_differ, period_words
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.assessment.result.entries import ClaimEntry
    from ceasefire.record.kinds import Record
    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.ledgers import Count, Ledgers
    from ceasefire.reporting.material.material import Material

#: A list longer than this is folded away.
SHORT: Final = 12


def claims(material: Material) -> Section:
    """Return the list of claims with determination and reasons."""
    title = "Claims"
    by_record = material.claims
    if not by_record:
        return Section(id="claims", title=title)
    table = Table(
        caption="Claims: what is said to have happened, and what was determined of it",
        columns=(
            Column("Record"), Column("When"), Column("What"), Column("Said by"), Column("Who is named"),
            Column("Determination, and what follows"),
        ),
        rows=tuple(_claim(record, several, material) for record, several in by_record.items()),
    )  # fmt: skip
    return Section(id="claims", title=title, blocks=folded(f"All claims ({len(by_record)})", table))


def folded(summary: str, table: Table) -> tuple[Block, ...]:
    """Return a table as it is, or folded away when it is long."""
    return (table,) if len(table.rows) <= SHORT else (Fold(summary=summary, blocks=(table,)),)


def _claim(record: str, several: list[ClaimEntry], material: Material) -> Row:
    first = several[0]
    return Row(
        anchor=record,
        cells=(
            (Code(record),),
            (_when(first, material),),
            _what(first, material),
            _said_by(several, material),
            named(several, material),
            words(
                *_joined([_determined(c, material, alone=len(several) == 1) for c in several]),
                *_reasons(record, material),
            ),
        ),
    )


def _when(claim: ClaimEntry, material: Material) -> str:
    record = material.record(claim.record)
    stated = getattr(record, "occurred", None) or getattr(record, "period", None)
    if stated is not None:
        return material.occurred(stated, getattr(record, "timezone", None))
    return material.when(claim.from_)


def _what(claim: ClaimEntry, material: Material) -> Words:
    """Return what is said to have happened; the text of an incident nobody may be named for stays out."""
    record = material.record(claim.record)
    if record is None:
        return (f"{wording.plain(claim.kind)}, body not held here",)
    said = _sentence(record, material)
    if claim.record in material.wordless:
        return said
    return words(*said, *((" – ", Said(record.text)) if record.text else ()), *_evidence(record, material))


def _sentence(record: Record, material: Material) -> Words:
    """Return what a record says happened, in a few words for each kind."""
    names = material.names
    said: Words
    match record:
        case Incident():
            toll = _toll(record) + _against(record, material)
            said = (f"{names.act(record.act)}, {place(record, material)}{toll}",)
        case Performance():
            said = (
                f"{names.party(record.performer)} did what {names.promise(record.commitment or '')} asks",
            )
        case Event():
            there = (
                f"; took part: {listed(names.party(p) for p in record.took_part)}" if record.took_part else ""
            )
            said = (f"Event: {visible(record.name or '')}{there}",)
        case Decision():
            target = (
                names.commitment(record.commitment)
                if record.commitment
                else names.agreement(record.agreement or "")
            )
            until = f", until {material.occurred(record.until, record.timezone)}" if record.until else ""
            said = (f"Decision: {wording.plain(record.does)} – {target}{until}",)
        case Membership():
            said = (_membership(record, material),)
        case Response():
            target = record.to or ""
            about = Ref(target) if target in material.records else names.commitment(target)
            said = words(f"{wording.plain(record.step)} for ", about)
            said = words("Remedy for ", about) if record.step == "remedy" else said
        case Tally():
            said = (_aggregate(record, material),)
        case _:
            said = (wording.plain(record.kind),)
    return said


def _aggregate(record: Tally, material: Material) -> str:
    """Return what a ruling in aggregate says: of how many acts, of what kind and where."""
    number = f"{'at least ' if record.at_least else ''}{record.count or 0:,}"
    zone = f", {material.names.zone(record.zone)}" if record.zone else ""
    what = kind_words(Kind(record.act, record.unit), material)
    return f"Ruled in aggregate to be breaches: {number} of {what}{zone}{_against(record, material)}"


def _membership(record: Membership, material: Material) -> str:
    names, who = material.names, material.names.party(record.actor)
    if record.role:
        return f"{who} {'takes' if record.joins else 'gives up'} the role “{visible(record.role)}”"
    if record.agreement:
        return f"{who} {'accedes to' if record.joins else 'leaves'} {names.agreement(record.agreement)}"
    return f"{who} {'joins' if record.joins else 'leaves'} {names.party(record.group)}"


def place(record: Incident, material: Material) -> str:
    """Return where an incident is said to have been; for the public without coordinates.

    A place's name is free text: where the text may not be read, only the zone is told.
    """
    said = []
    spot = record.place
    if spot is not None and spot.name and record.id not in material.wordless:
        said.append(visible(spot.name))
    if record.zone is not None:
        said.append(material.names.zone(record.zone))
    if spot is not None and spot.lat and spot.lon and material.audience != "public":
        precision = f", precision {spot.precision}" if spot.precision else ""
        said.append(f"{spot.lat}, {spot.lon}{precision}")
    return "; ".join(said) or "place not stated"


def _toll(record: Incident | Tally) -> str:
    said = []
    for word, toll in (("killed", record.killed), ("injured", record.injured)):
        if toll is None:
            continue
        stated = [
            f"{label} {n}"
            for label, n in (("low", toll.low), ("best", toll.best), ("high", toll.high))
            if n is not None
        ]
        said.append(f"{word}: {', '.join(stated)}")
    return f"; {'; '.join(said)}" if said else ""


def _against(record: Incident | Tally, material: Material) -> str:
    return f"; against {listed(material.names.party(p) for p in record.against)}" if record.against else ""


def _evidence(record: Record, material: Material) -> Words:
    parts = [_item(item.title, item.url, item.sha256) for item in material.evidence(record)]
    return words(" Evidence: ", *_joined(parts)) if parts else ()


def _item(title: str | None, url: str | None, sha256: str | None) -> Words:
    shown: Words = (Link(url, title or ""),) if url else (visible(title or "untitled"),)
    return words(*shown, *((" sha256 ", Code(sha256)) if sha256 else ()))


def _said_by(several: list[ClaimEntry], material: Material) -> Words:
    """Return whose statement a claim is and, where its author took it back, on whom it stands."""
    names, claim = material.names, several[0]
    said = names.party(statements.author(claim))
    if statements.author(claim) != claim.by:
        said = f"{said}, as relayed by {names.party(claim.by)}"
    standing = [c for c in several if statements.taken_back(c, material)]
    if not standing:
        return (said,)
    members = listed(names.party(m) for m in statements.confirming(standing, material))
    return (f"{said}; {statements.WITHDRAWN}" + (f", confirmed by {members}" if members else ""),)


def named(several: list[ClaimEntry], material: Material) -> Words:
    """Return who is named for an act, by each agreement that judges it."""
    if several[0].kind not in ("incident", "tally"):
        return ("–",)
    distinct: dict[Words, list[str]] = {}
    for claim in several:
        distinct.setdefault(wording.accused(claim, material), []).append(claim.agreement)
    if len(distinct) == 1:
        return next(iter(distinct))
    return _joined([words(*who, _under(where, material)) for who, where in distinct.items()])


def _under(agreements: Iterable[str], material: Material) -> str:
    return f", under {listed(material.names.agreement(a) for a in agreements)}"


def _determined(claim: ClaimEntry, material: Material, *, alone: bool) -> Words:
    parts: list[Words] = [(wording.determination(claim.determination),)]
    if claim.counts_as not in (None, claim.record):
        parts.append(words(": ", Ref(claim.counts_as)))
    if claim.determination in ("established", "refuted") and claim.mechanism:
        parts.append((f" (determination of the {material.names.mechanism(claim.mechanism)})",))
    if not alone and claim.agreement:
        parts.append((_under([claim.agreement], material),))
    if claim.severity and claim.severity != "undetermined":
        parts.append((f"; {wording.plain(claim.severity)}",))
    if claim.under:
        parts.append((f"; falls under {listed(material.names.commitment(u) for u in claim.under)}",))
    if claim.awaiting:
        parts.append((f"; {material.unanswered} {waiting(claim.awaiting, material)}",))
    return words(*parts)


def waiting(awaited: Iterable[str] | None, material: Material) -> str:
    """Return who has still to answer, question by question, from entries `member: question`."""
    asked: dict[str, list[str]] = {question: [] for question in wording.QUESTIONS}
    for entry in awaited or ():
        member, _, question = entry.partition(":")
        asked.setdefault(question.strip(), []).append(material.names.party(member))
    return "; ".join(
        f"{wording.QUESTIONS.get(question, wording.plain(question))}: {listed(members)}"
        if question
        else listed(members)
        for question, members in asked.items()
        if members
    )


def _reasons(record: str, material: Material) -> Words:
    parts: list[Words] = []
    for reason in material.reasons.get(record, ()):
        names = material.names
        row = f"{names.commitment(reason.commitment)}, {names.party(reason.owed_by)}"
        if len(material.claims[record]) > 1:
            row += _under([reason.commitment.partition("/")[0]], material)
        parts.append((f"{row}: {wording.why(reason).removesuffix('.')}",))
    return words(". ", *_joined(parts), ".") if parts else ()


def _joined(parts: list[Words]) -> Words:
    return words(*(words("; " if n else "", *part) for n, part in enumerate(parts)))


def publications(material: Material, ledgers: Ledgers) -> Section:
    """Return the published counts with their parts and where they were published."""
    rows = []
    for count in ledgers.wholes:
        record = material.record(count.record)
        parts = ledgers.parts(count)
        rows.append(
            Row(
                anchor=count.record,
                cells=(
                    (Code(count.record),),
                    (period_words(count, material),),
                    (material.names.party(count.side) + _passed_on(count, material),),
                    (_figure(count, record, several=len(ledgers.kinds) > 1, material=material),),
                    (", ".join(part_words(p, material) for p in parts) or "no parts stated",),
                    _source(record, material),
                ),
            )
        )
    beside = _without_count(material)
    if not rows:
        return Section(id="publications", title="Published counts", blocks=beside)
    answers = [r for r in ledgers.replies if not any(c.record == r.record for c in ledgers.wholes)]
    table = Table(
        caption="Published counts, their stated parts and where they were published",
        columns=(
            Column("Record"),
            Column("Period"),
            Column("Whose figure"),
            Column("Count", "right"),
            Column("Stated parts"),
            Column("Source"),
        ),
        rows=tuple(rows),
    )
    blocks = list(folded(f"All published counts ({len(rows)})", table))
    if answers:
        blocks += folded(f"Answers to counts ({len(answers)})", _answers(answers, material))
    blocks += beside
    if len(ledgers.kinds) == 1:
        blocks.append(Note((f"All counts are of {kind_words(ledgers.kinds[0], material)}.",)))
    return Section(id="publications", title="Published counts and their sources", blocks=tuple(blocks))


def _without_count(material: Material) -> tuple[Block, ...]:
    """Return what was published without a count: how many cases are pending, how many people were harmed."""
    told: list[Words] = []
    for row in material.data.tallies:
        record = material.record(row.record)
        if not isinstance(record, Tally) or row.part_of or row.count_ is not None or record.by_zone:
            continue
        pending = f"; {record.pending:,} pending" if record.pending is not None else ""
        if figures := (pending + _toll(record)).removeprefix("; "):
            who = material.names.party(row.said_by or row.by)
            told.append(words("; " if told else "", f"{who}: {figures} ", Ref(row.record)))
    return (
        (Note(words("Published without a count: ", *(word for part in told for word in part), ".")),)
        if told
        else ()
    )


def _passed_on(count: Count, material: Material) -> str:
    """Return who published the count of a side, and who wrote it down, where that is somebody else."""
    through = f", published by {material.names.party(count.through)}" if count.through else ""
    return through + ("" if count.by == count.side else f", as relayed by {material.names.party(count.by)}")


def _figure(count: Count, record: Record | None, *, several: bool, material: Material) -> str:
    """Return a published figure with its place, and of what it is where there are several kinds."""
    said = "not stated" if count.figure is None else f"{count.number}{parts_differ(count, material)}"
    if count.zone:
        said += f", {material.names.zone(count.zone)}"
    if several:
        said += f", of {kind_words(count.kind, material)}"
    if isinstance(record, Tally):
        said += f"; {record.pending:,} pending" if record.pending is not None else ""
        said += _toll(record)
    return said


def _answers(replies: list, material: Material) -> Table:  # type: ignore[type-arg]
    rows = tuple(
        Row(
            anchor=r.record,
            cells=(
                (Code(r.record),),
                (material.names.party(r.side),),
                (Ref(r.answers),),
                *(("–" if n is None else str(n),) for n in (r.confirmed, r.not_confirmed, r.not_covered)),
                _source(material.record(r.record), material),
            ),
        )
        for r in replies
    )
    return Table(
        caption="Answers of one side to the counts of another",
        columns=(
            Column("Record"), Column("Who answers"), Column("Answers"), Column("Confirmed", "right"),
            Column("Not confirmed", "right"), Column("Not covered", "right"), Column("Source"),
        ),
        rows=rows,
    )  # fmt: skip


def _source(record: Record | None, material: Material) -> Words:
    if record is None:
        return ("body not held here",)
    if record.own_id in material.wordless:
        return ("–",)
    note = (Said(record.text), " ") if isinstance(record, Tally) and record.text else ()
    parts = [_item(e.title, e.url, e.sha256) for e in material.evidence(record)]
    return words(*note, *_joined(parts)) or ("–",)
