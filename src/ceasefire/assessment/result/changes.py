"""What has changed between two assessments of the same agreements, and by which records.

docs/rules/result.md, "What changed". The rows compared are those of the lists; what changed alike, by the
same records, is one change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ceasefire.assessment.result.causes import Causes
from ceasefire.clock import iso
from ceasefire.errors import Incomparable, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.lifecycle.agreements import AgreementLife
    from ceasefire.assessment.obligations.rows import Line
    from ceasefire.assessment.result.causes import Because
    from ceasefire.assessment.result.view import View

    #: The id of a row: a commitment, and who owes it.
    Key = tuple[str, str | None]
    Value = str | int | bool | None

#: Compliances with which nothing is recorded on a row: its phase tells more.
_NOTHING: Final = (None, "none_recorded")
#: What a case is called by whether it is open; None for none.
_WORDS: Final = {None: None, True: "open", False: "closed"}


class Cell(NamedTuple):
    """One cell of a row that differs, as it was and as it is; None where there is no value, or no row."""

    name: str
    before: Value
    after: Value


class Change(NamedTuple):
    """One thing that stands otherwise now, and why."""

    #: agreement, commitment, claim or case.
    kind: str
    agreement: str | None
    #: Of commitments: the rows that changed alike, in their order.
    rows: tuple[Key, ...]
    #: Of a claim or a case: the record.
    record: str | None
    #: The state of an agreement; the compliance of rows, or their phase; a determination; open or closed.
    #: None where there was nothing, or is nothing any more.
    before: str | None
    after: str | None
    #: The cells that differ alike in all the rows.
    cells: tuple[Cell, ...]
    #: The records by which it changed.
    because: tuple[str, ...]
    #: The codes of the reasons that lie in the text alone: a date, a deadline, a period.
    codes: tuple[str, ...]
    #: Of these records, and the record itself, those that tell of days up to the earlier assessment's, which
    #: did not know them.
    known_later: tuple[str, ...]


def changes(
    now: View, then: View, cases: Mapping[str, bool], before: Mapping[str, bool]
) -> tuple[Change, ...]:
    """Return what has changed: agreements, rows, claims, cases, each in the order of the lists.

    `cases` and `before` tell of each claim whether its case is open, now and then. Raises
    `Incomparable` for assessments of different agreements or audiences, for one that counts relays and one
    that does not, and where the earlier one is of a later day.
    """
    refuse_incomparable(now, then)
    causes = Causes(now, then)
    found = [*_agreements(causes), *_rows(causes)]
    behind = {record for change in found for record in change.because}
    found += _claims(causes, behind)
    found += _cases(causes, cases, before)
    return tuple(found)


def refuse_incomparable(now: View, then: View) -> None:
    """Refuse two assessments of which what differs would be no change; raises `Incomparable`."""
    texts, others = ({a.id: a for a in view.agreements} for view in (now, then))
    if texts != others:
        different = sorted(
            name for name in texts.keys() | others.keys() if texts.get(name) != others.get(name)
        )
        raise Incomparable(
            f"these are not assessments of the same agreements ({', '.join(map(quoted, different))} "
            "differ): assess the same texts twice"
        )
    if now.audience != then.audience:
        narrower = "public" if "public" in (now.audience, then.audience) else "mechanism"
        raise Incomparable(
            f"one is for the audience {now.audience}, the other for {then.audience}: make both for one, "
            f".for_audience({narrower!r}) or --audience {narrower}"
        )
    if now.relays != then.relays:
        raise Incomparable("one counts relayed statements and the other does not: give both the same relays")
    if then.as_of > now.as_of:
        raise Incomparable(
            f"the one to compare with is as of a later day ({iso(then.as_of)}): ask that one what changed "
            f"since {iso(now.as_of)}"
        )


def _agreements(causes: Causes) -> Iterator[Change]:
    """Yield the agreements whose state, or the end of whose term, differs."""
    for agreement in causes.later.agreements:
        life, was = (view.lives[agreement.id] for view in (causes.later, causes.earlier))
        cells = _differing(_of_agreement(was), _of_agreement(life))
        if cells:
            why = causes.of_agreement(agreement.id)
            yield _change(
                causes, "agreement", why, cells, agreement=agreement.id, before=was.state, after=life.state
            )


def _of_agreement(life: AgreementLife) -> dict[str, Value]:
    return {
        "state": life.state,
        "from": None if life.since is None else iso(life.since),
        "until": None if life.until is None else iso(life.until),
    }


def _rows(causes: Causes) -> Iterator[Change]:
    """Yield the rows that differ, those of one agreement that changed alike and by the same together."""
    lines, old = (
        {(line.commitment, line.owed_by): line for line in view.lines}
        for view in (causes.later, causes.earlier)
    )
    alike: dict[tuple[Any, ...], list[tuple[Key, tuple[Cell, ...]]]] = {}
    for key in dict.fromkeys((*lines, *old)):
        line, was = lines.get(key), old.get(key)
        if line == was:
            continue
        cells = _differing(_of_line(was), _of_line(line))
        moved = was is None or line is None or was.phase != line.phase
        why = causes.of_row(key)
        told = (key[0].partition("/")[0], _state(was, moved=moved), _state(line, moved=moved), why)
        alike.setdefault(told, []).append((key, cells))
    for (agreement, before, after, why), several in alike.items():
        first, *others = [cells for _, cells in several]
        common = tuple(cell for cell in first if all(cell in cells for cells in others))
        yield _change(
            causes, "commitment", why, common,
            agreement=agreement, rows=tuple(key for key, _ in several), before=before, after=after,
        )  # fmt: skip


def _of_line(line: Line | None) -> dict[str, Value]:
    """Return the cells of a row as plain values."""
    if line is None:
        return {}
    cells: dict[str, Any] = line._asdict()
    del cells["commitment"], cells["owed_by"]
    for name in ("phase_from", "due"):
        cells[name] = None if cells[name] is None else iso(cells[name])
    cells["ruled"] = ";".join(f"{one.record}: {one.count}" for one in line.ruled) or None
    return cells


def _state(line: Line | None, *, moved: bool) -> str | None:
    """Return how a row stands in a word: its compliance, or its phase where that tells more."""
    if line is None:
        return None
    nothing = _NOTHING if moved else (None,)
    return line.phase if line.compliance in nothing else line.compliance


def _claims(causes: Causes, behind: Collection[str]) -> Iterator[Change]:
    """Yield the claims determined otherwise, but those by which an agreement or a row has changed."""
    old = {(c.id, c.agreement): c for heard in causes.earlier.outcome.heard for c in heard.claims}
    for heard in causes.later.outcome.heard:
        for claim in heard.claims:
            was = old.get((claim.id, claim.agreement))
            if was is claim or claim.id in behind or claim.counts_as in behind:
                continue
            if cells := _differing(_of_claim(was), _of_claim(claim)):
                yield _change(
                    causes, "claim", causes.of_claim(claim.id), cells,
                    agreement=claim.agreement, record=claim.id,
                    before=None if was is None else was.determination, after=claim.determination,
                )  # fmt: skip


def _of_claim(claim: DeterminedClaim | None) -> dict[str, Value]:
    if claim is None:
        return {}
    return {
        "determination": claim.determination,
        "wording": claim.entry.wording,
        "counts_as": None if claim.determination == "withdrawn" else claim.counts_as,
        "attributed_to": ";".join(claim.ruling.attributed) or None,
        "severity": claim.ruling.severity,
        "under": ";".join(claim.ruling.under) or None,
    }


def _cases(causes: Causes, cases: Mapping[str, bool], before: Mapping[str, bool]) -> Iterator[Change]:
    """Yield the cases that were closed or opened again; a new claim has an open one anyway."""
    for record, still_open in cases.items():
        was = before.get(record)
        if was != still_open and not (was is None and still_open):
            yield _change(
                causes, "case", causes.of_case(record), (Cell("open", was, still_open),),
                record=record, before=_WORDS[was], after=_WORDS[still_open],
            )  # fmt: skip


def _differing(before: Mapping[str, Value], after: Mapping[str, Value]) -> tuple[Cell, ...]:
    """Return the cells in which a row differs, or all it has where there was none or is none any more."""
    names = dict.fromkeys((*after, *before))
    cells = (Cell(name, before.get(name), after.get(name)) for name in names)
    return tuple(cell for cell in cells if cell.before != cell.after)


def _change(  # noqa: PLR0913 – what a change is told with
    causes: Causes,
    kind: str,
    why: Because,
    cells: tuple[Cell, ...],
    *,
    before: str | None,
    after: str | None,
    agreement: str | None = None,
    rows: tuple[Key, ...] = (),
    record: str | None = None,
) -> Change:
    later = causes.known_later(why.records if record is None else (record, *why.records))
    return Change(kind, agreement, rows, record, before, after, cells, why.records, why.codes, later)


def as_entry(change: Change) -> dict[str, Any]:
    """Return a change as JSON has it: a row as its commitment and who owes it."""
    return change._asdict() | {
        "rows": [{"commitment": commitment, "owed_by": owed_by} for commitment, owed_by in change.rows],
        "cells": [cell._asdict() for cell in change.cells],
        "because": list(change.because),
        "codes": list(change.codes),
        "known_later": list(change.known_later),
    }


def as_columns(change: Change) -> dict[str, Any]:
    """Return a change with a cell for each column of its table, lists as lists."""
    entry = as_entry(change)
    del entry["rows"], entry["cells"]
    kind, agreement = entry.pop("kind"), entry.pop("agreement")
    return {
        "kind": kind,
        "agreement": agreement,
        "commitment": [commitment for commitment, _ in change.rows],
        "owed_by": [owed_by for _, owed_by in change.rows],
        **entry,
        "cells": [f"{c.name}: {_shown(c.before)} → {_shown(c.after)}" for c in change.cells],
    }


def as_row(change: Change) -> dict[str, Any]:
    """Return a change as a flat row: lists joined by `;`, of nobody in particular nothing between them."""
    return {
        name: ";".join(item or "" for item in cell) if isinstance(cell, list) else cell
        for name, cell in as_columns(change).items()
    }


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else str(value)
