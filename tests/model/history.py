"""What became of one row of a commitment, step by step."""

from dataclasses import dataclass, field

from .deadlines import Deadline, Spans
from .decisions import union
from .instants import Moment


@dataclass
class History:
    """One row's steps: (instant, trigger, phase from then on)."""

    steps: list[tuple[int, str, str]] = field(default_factory=list)
    start: int | None = None
    final_at: int | None = None
    deadline: Deadline | None = None
    judged: int | None = None  # when a deadline passed that is judged
    fulfilled_moment: Moment | None = None
    fulfilled_by: str | None = None
    ended: int | None = None  # when the commitment ended, or was released
    closes: int | None = None  # when its window closes: a performance then counts no more
    spans: Spans = field(default_factory=list)

    @property
    def phase(self) -> str:
        return self.steps[-1][2] if self.steps else "pending"

    @property
    def phase_from(self) -> int | None:
        return self.steps[-1][0] if self.steps else None

    @property
    def never_started(self) -> bool:
        return self.start is None

    def windows(self, *phases: str) -> Spans:
        """When the row was in one of these phases."""
        edges = [(at, phase) for at, _, phase in self.steps]
        ends = [at for at, _ in edges[1:]] + [None] * bool(edges)
        found = [(at, end) for (at, phase), end in zip(edges, ends, strict=True) if phase in phases]
        return union([(low, high) for low, high in found if high is None or high > low])
