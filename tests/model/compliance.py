"""How a row is kept: breaches, lateness, what is open, and the word for it all."""

from dataclasses import dataclass, field, replace
from itertools import combinations

from . import phases
from .book import Commitment
from .history import History
from .incidents import Row, Stand, stands
from .instants import Moment
from .lateness import Missed, passed
from .performances import Performance, by_bearer
from .world import World


@dataclass(frozen=True)
class Breach:
    """A breach as a condition sees it."""

    bearer: tuple[str, ...]
    record: str
    at: int
    anchor: Moment


@dataclass
class Standing:
    """Everything a row shows."""

    row: Row
    compliance: str | None
    breaches: list[Stand] = field(default_factory=list)
    open_incidents: list[Stand] = field(default_factory=list)
    open_performances: list[Performance] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    rulings: list[Stand] = field(default_factory=list)


def bearer_row(world: World, commitment: Commitment, bearer: tuple[str, ...]) -> Row:
    """The row of a bearer, or of nobody where the bearer is empty: in the commitment's phase."""
    history = phases.history(world, commitment, bearer)
    if not bearer:
        several = [phases.history(world, commitment, one) for one in commitment.bearers()]
        if several and all(h.phase == "fulfilled" for h in several):
            history = max(several, key=lambda h: h.final_at)
    return Row(commitment, bearer, history, by_bearer(world, commitment, bearer))


def without_compliance(commitment: Commitment, history: History) -> bool:
    """Permits, hortatory texts, and what never became active."""
    return commitment.duty == "permit" or commitment.hortatory or history.never_started


def all_breaches(world: World, commitment: Commitment) -> list[Breach]:
    """Breaches on the rows of bearers and of their members, remedied or not."""
    from .rows import member_rows

    def work() -> list[Breach]:
        found = []
        rows = [bearer_row(world, commitment, bearer) for bearer in commitment.bearers()]
        for row in [*rows, *member_rows(world, commitment)]:
            for one in stands(world, row):
                if one.kind == "breach":
                    found.append(Breach(row.whose, one.record, one.at, one.anchor))
        return found

    return world.remembered(("breaches", commitment.name), work)


def remedied(world: World, row: Row, breach: Stand, missed: list[Missed]) -> bool:
    """By a performance, a response, a repair, or the remedy of its period."""
    from . import remedies

    if breach.remedied or remedies.by_response(world, row, breach) or remedies.by_repair(world, row, breach):
        return True
    same = [m for m in missed if breach.period is not None and m.at == breach.at]
    return any(remedies.of_period(world, row, m) for m in same)


def made_good(world: World, row: Row, missed: Missed, breaches: list[Stand]) -> bool:
    """A deadline only by being done; a period by a remedy of its own, or of an omission in it."""
    from . import remedies

    if missed.low is None:
        return missed.status == "late"
    omitted = [b for b in breaches if b.period is not None and b.at == missed.at]
    return any(b.remedied for b in omitted) or remedies.of_period(world, row, missed)


def word(world: World, row: Row, breaches: list[Stand], opens: list[Stand], missed: list[Missed]) -> str:
    """The table of compliance, the first that applies."""
    late = [m for m in missed if m.status in {"missed", "late"}]
    if any(not b.remedied for b in breaches):
        return "breached"
    owing = [m for m in late if not made_good(world, row, m, breaches)]
    if owing:
        return "overdue"
    unsettled = [m for m in missed if m.status == "disputed" and not made_good(world, row, m, breaches)]
    if unsettled or any(one.state == "disputed" for one in opens):
        return "disputed"
    unclear = [m for m in missed if m.status == "unclear" and not made_good(world, row, m, breaches)]
    if opens or unclear:
        return "alleged"
    return "remedied" if breaches or late else "none_recorded"


def assessed(world: World, row: Row) -> Standing:
    """The row with the performances it was given, what is open among them left aside."""
    if without_compliance(row.commitment, row.history):
        return Standing(row, None)
    found = stands(world, row)
    missed = [] if row.of or not row.bearer else passed(world, row.commitment, row.history, row.performances)
    breaches = [one for one in found if one.kind == "breach"]
    breaches = [replace(one, remedied=remedied(world, row, one, missed)) for one in breaches]
    opens = [one for one in found if one.kind == "open"]
    rulings = [one for one in found if one.kind == "ruling"]
    said = "breached" if rulings else word(world, row, breaches, opens, missed)
    return Standing(row, said, breaches, opens, [], missed, rulings)


def appearance(world: World, row: Row, performances: list[Performance]) -> tuple:
    """What the row would show with these performances."""
    history = phases.trace(world, row.commitment, performances)
    found = assessed(world, Row(row.commitment, row.bearer, history, performances, row.of))
    late = [(m.at, m.status) for m in found.missed]
    due = history.deadline.due if history.deadline else None
    return history.phase, history.phase_from, found.compliance, len(found.breaches), late, due


def could_change(world: World, row: Row, one: Performance) -> bool:
    """Whether settling one open performance could change the row, whatever becomes of the others."""
    others = [p for p in row.performances if p is not one]
    sure, waiting = [p for p in others if p.established], [p for p in others if not p.established]
    contexts = [others] + [
        sure + [replace(p, established=True) for p in some]
        for number in range(len(waiting) + 1)
        for some in combinations(waiting, number)
    ]
    for rest in contexts:
        with_it = sorted([*rest, replace(one, established=True)], key=lambda p: (p.moment.last, p.record))
        if appearance(world, row, with_it) != appearance(world, row, rest):
            return True
    return False


def standing(world: World, row: Row) -> Standing:
    """The row with all that is open."""
    found = assessed(world, row)
    if row.bearer and not row.of:
        waiting = [p for p in row.performances if not p.established]
        found.open_performances = [p for p in waiting if could_change(world, row, p)]
    return found
