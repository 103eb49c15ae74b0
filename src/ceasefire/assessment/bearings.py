"""How each incident bears on each row: a breach, an allegation, a dispute, or nothing – and why (design §7).

An open incident matters to a row when its scope is not outside and the bearer, or
a member of it, is accused by its author or named by a member; to the row of nobody
in particular, when nobody is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from ceasefire.assessment.contexts import OMISSION
from ceasefire.assessment.groups import MAYBE, YES
from ceasefire.assessment.groups import NO as NOT_A_MEMBER
from ceasefire.assessment.scope import OUTSIDE, UNCLEAR, WITHIN, Scope, Window
from ceasefire.record import Incident

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ceasefire.assessment.courses import Course
    from ceasefire.assessment.determined import Determined
    from ceasefire.assessment.doings import Doings, Period
    from ceasefire.assessment.groups import Groups
    from ceasefire.assessment.scope import Scoping

NOBODY = None
_UNIDENTIFIED = "unidentified"


class Bearing(NamedTuple):
    """What one incident does on one row."""

    claim: Determined
    row: str | None
    #: breach, disputed, alleged or not_counted.
    effect: str
    code: str
    at: int


@frozen
class Bench:
    """Everything the incidents of one commitment are weighed with."""

    course: Course
    #: Rows by key, with the parties that each stands for (several for a joint debt).
    bearers: Mapping[str, tuple[str, ...]]
    doings: Mapping[str, Doings]
    scoping: Scoping
    groups: Groups
    as_of: int

    def window(self, row: str | None) -> Window | None:
        """Return when acts concern a row: once its bearer has achieved what was owed, no more."""
        window = self.course.window
        if window is None or self.course.commitment.duty != "achieve":
            return window
        done = [self.doings[name].performed() for name in (self.bearers if row is None else (row,))]
        ends = [first.at for first in done if first is not None]
        if not ends or len(ends) < len(done):
            return window
        return window._replace(end=min(window.end, max(ends)))

    @property
    def nobody(self) -> bool:
        """Whether the commitment has a row of nobody in particular."""
        return bool(self.course.commitment.acts)

    def actor(self, actor: str, row: str, member: str | None, claim: Determined, base: Scope) -> Scope:
        """Return whether an actor's act counts on a row: the bearer's, or that of a member of it."""
        scopes = []
        for bearer in self.bearers[row]:
            if base.code == "by_finding":
                scopes.append(self._by_finding(actor, bearer, claim))
            else:
                scopes.append(self.scoping.actor(actor, bearer, claim))
        best = max(scopes, key=lambda s: (s.value, s.code != "not_bound"))
        if member is None or best.value == OUTSIDE:
            return best
        inner = self.groups.belongs(actor, member, claim.times)
        if inner == NOT_A_MEMBER:
            return Scope(OUTSIDE, "not_bound")
        return (
            min(best, Scope(UNCLEAR, "unclear_membership"), key=lambda s: s.value) if inner == MAYBE else best
        )

    def _by_finding(self, actor: str, bearer: str, claim: Determined) -> Scope:
        """Return the same where the scope was decided: only whose act it was is still to be asked."""
        if actor == bearer:
            return Scope(WITHIN, "by_finding")
        if self.groups.excluded(actor, claim.times) == YES:
            return Scope(OUTSIDE, "excluded")
        belongs = self.groups.belongs(actor, bearer, claim.times)
        if belongs == NOT_A_MEMBER:
            return Scope(OUTSIDE, "not_bound")
        return Scope(UNCLEAR, "unclear_membership") if belongs == MAYBE else Scope(WITHIN, "by_finding")


def member_rows(bench: Bench, claims: Iterable[Determined]) -> dict[str, str]:
    """Return the members of bearers accused or attributed, each with the row whose phase it shares."""
    found: dict[str, str] = {}
    owing = {party for parties in bench.bearers.values() for party in parties}
    for claim in claims:
        if claim.determination in ("withdrawn", "duplicate"):
            continue
        for party in (*claim.accused, *claim.attributed):
            if party in owing or party in found or party == _UNIDENTIFIED:
                continue
            row = _row_of(bench, party, claim)
            if row is not None:
                found[party] = row
    return dict(sorted(found.items()))


def bearings(bench: Bench, claim: Determined, members: Mapping[str, str]) -> list[Bearing]:
    """Return what one incident does on the rows that it concerns."""
    rows = [(row, row, None) for row in bench.bearers] + [(m, row, m) for m, row in members.items()]
    if not (claim.open or claim.established):
        return _closed(bench, claim, rows)
    settled = claim.established and bool(claim.attributed)
    named = [p for p in (claim.attributed if settled else claim.accused) if p != _UNIDENTIFIED]
    if not named:
        return [_nobodys(bench, claim, settled=settled)] if bench.nobody else []
    found = []
    for key, row, member in rows:
        base = _base(bench, claim, row)
        scopes = [min((bench.actor(a, row, member, claim, base), base), key=lambda s: s.value) for a in named]
        scope = max(scopes, key=lambda s: (s.value, s.code != "not_bound"))
        if scope.code != "not_bound" or _concerns(bench, named, row, member, claim):
            found.append(_weighed(bench, claim, key, row, scope, settled=settled))
        elif _concerns(bench, claim.accused, row, member, claim):
            found.append(Bearing(claim, key, "not_counted", "attributed_elsewhere", _at(bench, claim)))
    return [b for b in found if b.code != "outside_act" or _names(claim)]


def _weighed(  # noqa: PLR0913 – the claim, the row and what is known of both
    bench: Bench, claim: Determined, key: str | None, row: str, scope: Scope, *, settled: bool
) -> Bearing:
    at = _at(bench, claim)
    if scope.value == OUTSIDE:
        return Bearing(claim, key, "not_counted", scope.code, at)
    if _omitted(bench, claim):
        return _omission(bench, claim, key, row, scope, settled=settled)
    if settled and scope.value == WITHIN:
        return Bearing(claim, key, "breach", scope.code, at)
    return Bearing(claim, key, *_open(claim, scope), at)


def _omitted(bench: Bench, claim: Determined) -> bool:
    """Tell whether an incident says that a duty was not done."""
    record = claim.entry.record
    owed = bench.course.commitment.duty in ("achieve", "recur")
    return owed and isinstance(record, Incident) and record.act == OMISSION


def _open(claim: Determined, scope: Scope) -> tuple[str, str]:
    effect = "disputed" if claim.determination == "disputed" else "alleged"
    return effect, scope.code if scope.value == UNCLEAR else "open"


def _omission(  # noqa: PLR0913 – the claim, the row and what is known of both
    bench: Bench, claim: Determined, key: str | None, row: str, scope: Scope, *, settled: bool
) -> Bearing:
    """Weigh a duty not done: it counts from when the deadline or its period passed, unless done in time."""
    doings = bench.doings[row]
    passed, kept, pending = _owed(bench, claim, doings)
    if passed is None:
        return Bearing(claim, key, "not_counted", "omission_not_due", claim.times.last)
    if kept:
        return Bearing(claim, key, "not_counted", "omission_done", passed)
    if settled and scope.value == WITHIN and not pending:
        return Bearing(claim, key, "breach", scope.code, passed)
    return Bearing(claim, key, *_open(claim, scope), passed)


def _owed(bench: Bench, claim: Determined, doings: Doings) -> tuple[int | None, bool, bool]:
    """Return when what was omitted was owed, whether it was certainly done in time, whether that is open."""
    commitment = bench.course.commitment
    if commitment.duty == "achieve":
        late = bench.course.lateness_at(bench.as_of)
        if late is None:
            return None, False, False
        kept = any(d.counts == YES and d.in_time == YES for d in doings.established)
        pending = any(d.counts == YES and d.in_time == YES for d in doings.open)
        return late.passes, kept, pending
    latest = claim.times.last if claim.times.until is None else claim.times.until
    period = next((p for p in doings.periods if p.owed and p.start < latest <= p.end), None)
    if period is None:
        return None, False, False
    certain = [d for d in doings.open if d.claim.id in period.open and _certainly_in(d.claim, period)]
    kept = len(period.certain) >= commitment.count
    return period.end, kept, len(period.certain) + len(certain) >= commitment.count


def _certainly_in(claim: Determined, period: Period) -> bool:
    completed = claim.times.completed
    return completed is not None and period.start <= completed[0] and completed[1] < period.end


def _base(bench: Bench, claim: Determined, row: str | None) -> Scope:
    """Return the scope of an incident on a row, but for who did it."""
    return bench.scoping.of(claim, bench.course.commitment, bench.window(row), bench.as_of)


def _nobodys(bench: Bench, claim: Determined, *, settled: bool) -> Bearing:
    """Weigh an incident on the row of nobody in particular."""
    base, at = _base(bench, claim, NOBODY), _at(bench, claim)
    if base.value == OUTSIDE:
        return Bearing(claim, NOBODY, "not_counted", base.code, at)
    if _omitted(bench, claim):  # who owes a duty is known: not doing it is never nobody's
        return Bearing(claim, NOBODY, "not_counted", "unclear_actor", at)
    if settled and base.value == WITHIN:
        return Bearing(claim, NOBODY, "breach", base.code, at)
    effect, code = _open(claim, base)
    return Bearing(
        claim, NOBODY, effect, "unclear_actor" if claim.established and code == "open" else code, at
    )


def _closed(bench: Bench, claim: Determined, rows: Iterable[tuple[str, str, str | None]]) -> list[Bearing]:
    """Return why a closed claim does not count, on the rows of those its record accuses."""
    record, base = claim.entry.record, _base(bench, claim, NOBODY)
    if not isinstance(record, Incident) or (base.code == "outside_act" and not _names(claim)):
        return []
    accused = claim.accused or record.accused
    found: list[Bearing] = []
    for key, row, member in rows:
        if _concerns(bench, accused, row, member, claim):
            found.append(Bearing(claim, key, "not_counted", claim.determination, _at(bench, claim)))
    if not accused and bench.nobody:
        found.append(Bearing(claim, NOBODY, "not_counted", claim.determination, _at(bench, claim)))
    return found


def _names(claim: Determined) -> bool:
    """Tell whether an incident names the commitment: it is then answered there, covered or not."""
    record = claim.entry.record
    return isinstance(record, Incident) and bool(record.commitments)


def _concerns(bench: Bench, accused: Iterable[str], row: str, member: str | None, claim: Determined) -> bool:
    bearers = bench.bearers[row] if member is None else (member,)
    return any(bench.groups.belongs(a, b, claim.times) for a in accused for b in bearers)


def _row_of(bench: Bench, party: str, claim: Determined) -> str | None:
    """Return the row of a bearer that a party belonged to, if the incident concerns the party there."""
    for row in bench.bearers:
        base = _base(bench, claim, row)
        if base.value != OUTSIDE and bench.actor(party, row, None, claim, base).value != OUTSIDE:
            return row
    return None


def _at(bench: Bench, claim: Determined) -> int:
    """Return when an act counts: at its latest instant, a lasting one from when it lay inside."""
    start = bench.course.start
    if not claim.times.lasting or start is None:
        return claim.times.last
    at = max(claim.times.last, start)
    for pause in bench.course.pauses:
        if pause.start <= at < pause.end:
            at = pause.end
    return at if at < bench.course.over else claim.times.last
