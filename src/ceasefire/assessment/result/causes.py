"""By which records, or by what the text says, something stands otherwise in a later assessment.

docs/rules/result.md, "What changed".
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from attrs import field, frozen

from ceasefire.assessment.result.reasons import bare, in_order
from ceasefire.record import Response
from ceasefire.record.order import id_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.assessment.determination.claims import DeterminedClaim, Proceedings
    from ceasefire.assessment.obligations.rows import Row
    from ceasefire.assessment.result.reasons import Bare
    from ceasefire.assessment.result.view import View

#: Decisions that move the end of an agreement, and change no state.
_MOVING: Final = frozenset({"renew", "extend"})


class Because(NamedTuple):
    """The records by which something changed, and the codes of reasons that lie in the text alone."""

    records: tuple[str, ...]
    codes: tuple[str, ...] = ()


@frozen(slots=False, eq=False)
class Causes:
    """What lies between two assessments of the same agreements."""

    later: View
    earlier: View
    #: What was newly said on the claims asked of so far: a cache.
    _said: dict[str, tuple[str, ...]] = field(init=False, factory=dict)

    def known_later(self, records: Iterable[str]) -> tuple[str, ...]:
        """Return the records of what had occurred by the earlier day that were not known then."""
        known, ledger = self.earlier.outcome.known.held, self.later.outcome.basis.ledger
        late = [one for one in records if one not in known and ledger.tells_of(one, self.earlier.as_of)]
        return tuple(dict.fromkeys(late))

    def of_agreement(self, name: str) -> Because:
        """Return by what the state of an agreement, or the end of its term, changed."""
        moves = set(self.later.lives[name].moves) ^ set(self.earlier.lives[name].moves)
        moved = sorted(moves, key=lambda move: (move.at, move.to, id_key(move.record or "")))
        new, old = (
            {e.record for e in view.outcome.effects[name] if e.does in _MOVING and e.at <= view.as_of}
            for view in (self.later, self.earlier)
        )
        records = [move.record for move in moved if move.record is not None]
        records += sorted(new ^ old, key=id_key)
        codes = [move.code for move in moved if move.record is None]
        return _because(records, codes if records or codes else ["by_date"])

    def of_row(self, key: tuple[str, str | None]) -> Because:
        """Return by what a row changed: the reasons that came or went, with what was newly said on them.

        Where none did, something was said on one that stands, such as that an act has ended.
        """
        rows = tuple(view.whole.rows.get(key) for view in (self.later, self.earlier))
        new, old = _differing(*rows)
        moving = _moving(new | old)
        differing = in_order(new - old) + in_order(old - new)
        behind = [record for _, record, _, _ in differing if record is not None and record in moving]
        codes = [code for _, record, _, code in differing if record is None]
        if behind or codes:
            return _because(chain.from_iterable((one, *self.said_on(one)) for one in behind), codes)
        new, old = (set() if row is None else bare(row, row.incident_effects) for row in rows)
        moving = _moving(new | old)
        standing = [record for _, record, _, _ in in_order(new) if record is not None and record in moving]
        return _because(chain.from_iterable(map(self.said_on, standing)))

    def of_claim(self, record: str) -> Because:
        """Return by what a claim is determined otherwise: what was newly said on it, else itself."""
        said = self.said_on(record)
        return _because(said or (record,))

    def of_case(self, record: str) -> Because:
        """Return the responses that closed a case, or no longer close it."""
        reports = {r for view in (self._new, self._old) for c, _ in view.get(record, ()) for r in c.reports}
        new, old = (
            {
                entry.id
                for entry in view.outcome.responses
                if isinstance(entry.record, Response) and entry.record.closes and entry.record.to in reports
            }
            for view in (self.later, self.earlier)
        )
        return _because(sorted(new ^ old, key=id_key))

    def said_on(self, record: str) -> tuple[str, ...]:
        """Return the findings on a claim that count newly, and what newly corrects it or takes it back."""
        if record not in self._said:
            new, old = self._new.get(record, ()), self._old.get(record, ())
            found: list[str] = []
            if [id(claim) for claim, _ in new] != [id(claim) for claim, _ in old]:  # else it is as it was
                before = set(_counted(old))
                found = [one for one in _counted(new) if one not in before]
            self._said[record] = (*dict.fromkeys(found), *self._amending.get(record, ()))
        return self._said[record]

    @cached_property
    def _amending(self) -> dict[str, list[str]]:
        """By record, the corrections and withdrawals that newly have effect on it."""
        worded, was = self.later.outcome.known.wordings, self.earlier.outcome.known
        found: dict[str, list[str]] = {}
        for one in worded.amendments:
            seen = one.of in was.wordings.by_id and one.own_id in was.held
            if one.own_id not in worded.flaws and not seen:
                found.setdefault(one.of or "", []).append(one.own_id)
        return found

    @cached_property
    def _new(self) -> dict[str, list[tuple[DeterminedClaim, Proceedings]]]:
        return _claims(self.later)

    @cached_property
    def _old(self) -> dict[str, list[tuple[DeterminedClaim, Proceedings]]]:
        return _claims(self.earlier)


def _differing(*rows: Row | None) -> Iterator[set[Bare]]:
    """Yield the reasons of a row now and then; of incidents those that do not do the same in both.

    With one that counts in the other alone, why it does not here.
    """
    does = [set(row.incident_effects) if row is not None else set() for row in rows]
    both = does[0] & does[1]
    standing = {effect.claim for effect in both}
    ids = [{e.claim.entry.id for e in here - both if e.claim not in standing} for here in does]
    for row, here, own, others in zip(rows, does, ids, reversed(ids), strict=True):
        idle = [] if row is None else row.obligation.effects_of(others - own).get(row.owed_by, [])
        yield set() if row is None else bare(row, (*(here - both), *idle))


def _moving(several: Iterable[Bare]) -> set[str | None]:
    """Return the records that do something on a row."""
    return {record for _, record, effect, _ in several if effect != "not_counted"}


def _claims(view: View) -> dict[str, list[tuple[DeterminedClaim, Proceedings]]]:
    """Return each claim by its record, in every agreement that judges it."""
    found: dict[str, list[tuple[DeterminedClaim, Proceedings]]] = {}
    for heard in view.outcome.heard:
        for claim in heard.claims:
            found.setdefault(claim.id, []).append((claim, heard.proceedings))
    return found


def _counted(claims: Iterable[tuple[DeterminedClaim, Proceedings]]) -> Iterable[str]:
    """Yield the findings that say the positions that count on a claim."""
    for claim, proceedings in claims:
        if not any(map(proceedings.findings_on, claim.reports)):
            continue
        yield from (
            a.record for a, counts in proceedings.answers(claim) if counts and a.record not in claim.reports
        )


def _because(records: Iterable[str], codes: Iterable[str] = ()) -> Because:
    return Because(tuple(dict.fromkeys(records)), tuple(dict.fromkeys(codes)))
