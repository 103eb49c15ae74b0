"""The key figures: a few numbers, always the same, each with what it was before and what it rests on.

docs/rules/result.md, "Key figures". They number records, days and commitments; of published counts
they give the lowest and the highest as stated, and never a sum, a mean or a share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ceasefire.assessment.determination.rules import OPEN
from ceasefire.assessment.knowledge.asked import before
from ceasefire.assessment.result.due import SOON
from ceasefire.clock import to_local
from ceasefire.record import Incident, Response, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ceasefire.assessment.determination.claims import DeterminedClaim
    from ceasefire.assessment.knowledge.tallies import Counted
    from ceasefire.assessment.result.due import Due
    from ceasefire.assessment.result.view import View

#: More ledgers than these are only numbered: there is no room for a figure of each.
MOST_LEDGERS: Final = 3
#: How many days ahead deadlines are numbered; the first window is `SOON`.
LATER: Final = 30
#: The act of keeping somebody out, with what lies below it.
_ACCESS: Final = "access"


class Ledger(NamedTuple):
    """What one side counts: counts that differ in any of this are never set against each other."""

    side: str | None
    act: str | None
    unit: str | None
    zone: str | None
    #: Whose acts, and against whom, as the side says; the public is not told, see `docs/rules/result.md`.
    accused: tuple[str, ...]
    against: tuple[str, ...]


class Figure(NamedTuple):
    """A number, and what it is of."""

    value: int | None
    #: Record ids; of deadlines, commitments stand in the other one.
    records: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    #: Whether a side stated it as a lower bound.
    at_least: bool = False


class KeyFigure(NamedTuple):
    """One number of one key figure, and what it was before."""

    #: breaches, claims, counts, deadlines or access.
    figure: str
    #: What of it: one of `PARTS`.
    part: str
    ledger: Ledger | None
    value: int | None
    #: None without an earlier assessment, and where that has no such number.
    before: int | None
    at_least: bool
    records: tuple[str, ...]
    commitments: tuple[str, ...]

    @property
    def what(self) -> str:
        """What the number is of, in words."""
        return PARTS[self.figure][self.part]


#: The parts of each key figure, and what each is.
PARTS: Final = {
    "breaches": {
        "established": "acts that are breaches of one row at least",
        "made_good": "of these, those that are made good on every row of which they are a breach",
        "in_period": "of these, those that began in the period; without a period, all",
        "rulings_in_aggregate": "rulings that so many acts were breaches: beside the others, and never added",
    },
    "claims": {
        "open": "reports of acts that are not determined, each act once",
        "alleged": "of these, those that are alleged",
        "under_review": "of these, those under review",
        "disputed": "of these, those that are disputed",
        "others": "claims of other kinds, such as performances and events, that no agreement determines",
    },
    "counts": {
        "lowest": "the lowest count of a day in the period, as stated",
        "highest": "the highest",
        "days_with_count": "on how many days of the period a count of that day is stated",
        "days": "of how many local days; null without a period",
        "longer": "how many counts in the period are of more days than one",
        "ledgers": "how many ledgers there are, where that is none, or more than three",
    },
    "deadlines": {
        "passed": "deadlines and periods that passed, with nothing established as done or made good",
        "not_settled": "those that passed and of which it is open or unclear whether they were kept",
        "soon": "those ahead in the first 14 days",
        "later": "those ahead from the 15th to the 30th day",
    },
    "access": {
        "reports": "reports of access denied in the period, neither taken back nor refuted, each act once",
    },
}


class Span(NamedTuple):
    """A period, both ends included; `first` is None where there is no beginning."""

    first: int | None
    last: int

    def holds(self, first: int, last: int) -> bool:
        """Tell whether what began and ended then lies wholly in it."""
        return (self.first is None or self.first <= first) and last <= self.last


def key_figures(
    now: View, due: Sequence[Due], then: View | None, due_before: Sequence[Due]
) -> tuple[KeyFigure, ...]:
    """Return the key figures, each part with what it was in an earlier assessment.

    `due` and `due_before` are what was due in each within `LATER` days. The period is the one asked for
    (`since`), else the time after the earlier assessment; before that lies the earlier one's
    own, else one of equal length.
    """
    span, previous = _spans(now, then)
    ledgers = _ledgers(now, span), ({} if then is None else _ledgers(then, previous))
    listed = _in_order(now, dict.fromkeys((*ledgers[0], *ledgers[1])))
    found = dict(_figures(now, span, due, ledgers[0], listed))
    was = {} if then is None else dict(_figures(then, previous, due_before, ledgers[1], listed))
    nothing = Figure(None)
    return tuple(
        KeyFigure(figure, part, ledger, one.value, was.get((figure, part, ledger), nothing).value,
                  one.at_least, one.records, one.commitments)
        for (figure, part, ledger), one in found.items()
    )  # fmt: skip


def _spans(now: View, then: View | None) -> tuple[Span, Span]:
    """Return the period of each assessment."""
    first = now.since if now.since is not None or then is None else then.as_of + 1
    span = Span(first, now.as_of)
    if then is None or first is None or first > now.as_of:
        return span, span
    earlier = then.since if then.since is not None else before(first, now.as_of)[0]
    return span, Span(earlier, then.as_of)


Key = tuple[str, str, Ledger | None]


def _figures(
    view: View,
    span: Span,
    due: Iterable[Due],
    counts: Mapping[Ledger, Sequence[Counted]],
    listed: Sequence[Ledger],
) -> Iterator[tuple[Key, Figure]]:
    """Yield every figure of one assessment in its period, in the order of `PARTS`."""
    yield from _keyed("breaches", _breaches(view, span))
    yield from _keyed("claims", _open_claims(view))
    if 0 < len(listed) <= MOST_LEDGERS:
        for ledger in listed:
            yield from _keyed("counts", _of_ledger(view, span, counts.get(ledger, ())), ledger)
    else:
        yield ("counts", "ledgers", None), Figure(len(counts))
    yield from _keyed("deadlines", _deadlines(due))
    yield from _keyed("access", {"reports": _numbered(_denials(view, span))})


def _keyed(
    figure: str, parts: Mapping[str, Figure], ledger: Ledger | None = None
) -> Iterator[tuple[Key, Figure]]:
    return (((figure, part, ledger), one) for part, one in parts.items())


def _numbered(records: Iterable[str]) -> Figure:
    """Return how many records there are, each once."""
    several = tuple(dict.fromkeys(records))
    return Figure(len(several), several)


def _breaches(view: View, span: Span) -> dict[str, Figure]:
    began: dict[str, int] = {}
    not_good: set[str] = set()
    ruled: list[str] = []
    for row in view.outcome.rows:
        ruled += [b.claim.id for b in row.incident_effects if b.effect == "ruled"]
        for effect in (b for b in row.incident_effects if b.effect == "breach"):
            began[effect.claim.id] = effect.claim.times.last
            if effect.claim.id not in row.remedied:
                not_good.add(effect.claim.id)
    return {
        "established": _numbered(began),
        "made_good": _numbered(name for name in began if name not in not_good),
        "in_period": _numbered(name for name, at in began.items() if span.holds(at, at)),
        "rulings_in_aggregate": _numbered(ruled),
    }


def _acts(view: View) -> dict[str, DeterminedClaim]:
    """Return the claims about acts that count themselves, each in the agreement that judges it first."""
    found: dict[str, DeterminedClaim] = {}
    for heard in view.outcome.heard:
        for claim in heard.of_acts:
            if claim.counts_itself:
                found.setdefault(claim.id, claim)
    return found


def _open_claims(view: View) -> dict[str, Figure]:
    several = {name: claim.determination for name, claim in _acts(view).items() if claim.open}
    words = (word for word in PARTS["claims"] if word in OPEN)
    by_word = {word: _numbered(name for name, said in several.items() if said == word) for word in words}
    return {"open": _numbered(several)} | by_word | {"others": _numbered(_others_open(view))}


def _others_open(view: View) -> Iterator[str]:
    """Yield the open claims that are no reports of acts; a remedy is a step in the case of another claim."""
    judged = [c for heard in view.outcome.heard for c in heard.claims if c.counts_itself]
    determined = {claim.id for claim in judged if not claim.open}
    for claim in judged:
        if claim.id not in determined and not isinstance(claim.entry.record, Incident | Tally | Response):
            yield claim.id


def _denials(view: View, span: Span) -> Iterator[str]:
    """Yield the reports of access denied in a period."""
    for name, claim in _acts(view).items():
        record, times = claim.entry.record, claim.times
        kept_out = isinstance(record, Incident) and (record.act or "").partition(".")[0] == _ACCESS
        over = times.until if times.until is not None else view.as_of
        meets = times.first <= span.last and (span.first is None or over >= span.first)
        if kept_out and meets and claim.determination != "refuted":
            yield name


def _ledgers(view: View, span: Span) -> dict[Ledger, list[Counted]]:
    """Return the published counts in a period: no rulings, and none that contain earlier ones."""
    found: dict[Ledger, list[Counted]] = {}
    public = view.audience == "public"
    for tally in view.outcome.tallies:
        record = tally.record
        counts = record.count is not None and not (record.ruled or record.cumulative)
        if counts and span.holds(tally.first, tally.holds):
            whose = ((), ()) if public else (record.accused, record.against)
            ledger = Ledger(record.speaker, record.act, record.unit, record.zone, *whose)
            found.setdefault(ledger, []).append(tally)
    return found


def _in_order(view: View, several: Iterable[Ledger]) -> list[Ledger]:
    """Return ledgers in the order in which the agreements name their sides."""
    places = {party: place for place, party in enumerate(view.world.parties)}
    return sorted(
        several, key=lambda one: (places.get(one.side or "", len(places)), *(str(part or "") for part in one))
    )


def _of_ledger(view: View, span: Span, counts: Iterable[Counted]) -> dict[str, Figure]:
    """Return the lowest and highest count of a day, and on how many days there is one."""
    of_days: dict[str, list[Counted]] = {}
    longer: list[str] = []
    for tally in counts:
        zone = tally.record.timezone or view.timezone
        first, last = (to_local(at, zone).date().isoformat() for at in (tally.first, tally.holds))
        if first == last:
            of_days.setdefault(first, []).append(tally)
        else:
            longer.append(tally.id)
    single = [tally for several in of_days.values() for tally in several]
    ordered = sorted(single, key=lambda tally: tally.record.count or 0)
    ends = (ordered[0], ordered[-1]) if ordered else (None, None)
    days = None
    if span.first is not None:
        begun, over = (to_local(at, view.timezone).date() for at in (span.first, span.last))
        days = (over - begun).days + 1
    return {
        "lowest": _stated(ends[0]),
        "highest": _stated(ends[1]),
        "days_with_count": Figure(len(of_days), tuple(tally.id for tally in single)),
        "days": Figure(days),
        "longer": _numbered(longer),
    }


def _stated(tally: Counted | None) -> Figure:
    if tally is None:
        return Figure(None)
    return Figure(tally.record.count, (tally.id,), at_least=tally.record.at_least)


def _deadlines(due: Iterable[Due]) -> dict[str, Figure]:
    """Return how many dates of commitments have passed or are near: not of what has not begun."""
    found: dict[str, list[str]] = {part: [] for part in PARTS["deadlines"]}
    for one in due:
        if one.kind in ("deadline", "period") and one.commitment is not None and one.state != "not_begun":
            ahead = "soon" if one.days <= SOON else "later"
            part = {"ahead": ahead, "not_established": "passed", "not_settled": "not_settled"}[one.state]
            found[part].append(one.commitment)
    return {part: Figure(len(names), (), tuple(dict.fromkeys(names))) for part, names in found.items()}


def as_entry(one: KeyFigure) -> dict[str, Any]:
    """Return a key figure as JSON has it; its ledger is an object, or null."""
    ledger = None
    if one.ledger is not None:
        whose = {"accused": list(one.ledger.accused), "against": list(one.ledger.against)}
        ledger = one.ledger._asdict() | whose
    return one._asdict() | {
        "ledger": ledger,
        "records": list(one.records),
        "commitments": list(one.commitments),
    }


def as_columns(one: KeyFigure) -> dict[str, Any]:
    """Return a key figure with a cell for each column of its table, lists as lists."""
    ledger = one.ledger or Ledger(None, None, None, None, (), ())
    return {
        "figure": one.figure,
        "part": one.part,
        **ledger._asdict(),
        "value": one.value,
        "before": one.before,
        "at_least": one.at_least,
        "records": one.records,
        "commitments": one.commitments,
    }


def as_row(one: KeyFigure) -> dict[str, Any]:
    """Return a key figure as a flat row."""
    cells = as_columns(one).items()
    return {name: ";".join(cell) if isinstance(cell, tuple) else cell for name, cell in cells}
