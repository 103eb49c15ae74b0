"""How many of a kind have room: in print and in Markdown, on a page, and what is said of the others.

docs/reports.md, "Shortening". What has no room is not built.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from ceasefire.reporting.document import Code, Fold, Note
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ceasefire.reporting.document import Block, Words
    from ceasefire.reporting.material.material import Material

T = TypeVar("T")


class Room(Value):
    """How many of a kind are printed, and how many a page holds, those beyond the printed ones folded."""

    printed: int
    page: int


CARDS: Final = Room(40, 200)
#: A page has every day of a year of bulletins.
ROWS: Final = Room(60, 400)
#: Records that one line names: the newest.
NAMED: Final = 60


def roomed(  # noqa: PLR0913 – how much of what, built how, told how
    several: Sequence[T],
    room: Room,
    build: Callable[[Sequence[T]], tuple[Block, ...]],
    material: Material,
    *,
    table: str,
    summary: str = "list.more",
) -> tuple[Block, ...]:
    """Return the first of some things as blocks, and more of them folded; of the others, how many there are.

    `table` is that of the data file that has them all. In print and in Markdown a line stands for the folded.
    """
    first, folded = several[: room.printed], several[room.printed : room.page]
    blocks = build(first) if first else ()
    if not folded:
        return blocks
    rest = len(several) - room.page
    left: tuple[Block, ...] = (Note(left_to_data(rest, table, material)),) if rest > 0 else ()
    fold = Fold(
        summary=material.say(summary, n=len(folded)),
        blocks=(*build(folded), *left),
        printed=left_to_data(len(several) - room.printed, table, material),
    )
    return (*blocks, fold)


def left_to_data(n: int, table: str, material: Material) -> Words:
    """Return how many more of a kind stand in a table of the data file."""
    return material.say("list.left", n=n, table=Code(table))
