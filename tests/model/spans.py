"""Breaches, open claims and lateness in the span asked about, and in the one before it."""

from .compliance import Standing
from .instants import write
from .world import World


def both(world: World, since: int) -> list[tuple[str, int, int]]:
    """[since, as_of] and the span of equal length before it, as half-open spans."""
    until = world.as_of + 1
    return [("period", since, until), ("previous", since - (until - since), since)]


def lines(world: World, found: Standing, since: int) -> list[dict]:
    """The two lines of one row: by the start of the act or the deadline."""
    shown = []
    for name, low, high in both(world, since):
        breaches = sum(low <= b.at < high for b in found.breaches)
        waiting = [one.at for one in found.open_incidents] + [p.moment.last for p in found.open_performances]
        late = [m.at for m in found.missed if m.status in {"missed", "late"}]
        shown.append(
            {
                "commitment": found.row.commitment.name,
                "owed_by": found.row.owed_by,
                "span": name,
                "from": write(low),
                "until": write(high),
                "breaches": breaches,
                "open": sum(low <= at < high for at in waiting),
                "overdue": sum(low <= at < high for at in late),
            }
        )
    return shown
