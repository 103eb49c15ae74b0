"""Every combination of answers that three members can give, and what each rule makes of it.

All 1,280 combinations are worked out: five rules, four answers of each of three
members, four authors (each member, or somebody else). They are then collapsed by
symmetry; a class whose combinations differ would be no class, and is refused.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from ceasefire.assessment.determination.rules import DETERMINATIONS, determined
from drawn import table, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEMBERS: Final = ("one", "two", "three")
#: In the order of the rows; None is no answer.
ANSWERS: Final = ("confirmed", "refuted", "inconclusive", None)
#: Rules under which all members weigh alike, and the rule of one member, who is then `one`.
ALIKE: Final = ("consensus", "majority", "any", "as-reported")
ONE: Final = "member:one"

Answers = tuple[str | None, ...]


def outcomes(answers: Answers, author: str | None) -> dict[str, str]:
    """Return what stands as each member's answer: an author that says nothing else says `confirmed`."""
    said = dict(zip(MEMBERS, answers, strict=True))
    return {m: a or "confirmed" for m, a in said.items() if a is not None or m == author}


def determination(rule: str, answers: Answers, author: str | None) -> str:
    """Return what a rule makes of the answers of three members to a claim of this author."""
    said = outcomes(answers, author)
    return determined(rule, MEMBERS, said, reviewed=any(member != author for member in said))


def combinations() -> Iterator[tuple[Answers, str | None]]:
    """Yield every combination of answers with every author; None stands for one who is no member."""
    yield from product(product(ANSWERS, repeat=len(MEMBERS)), (*MEMBERS, None))


def alike(answers: Answers, author: str | None) -> tuple[str, ...]:
    """Return the row of a combination where members weigh alike: their answers, whoever gave them.

    Where one only has answered, it matters whether that is the author.
    """
    said = outcomes(answers, author)
    row = sorted((said.get(m) for m in MEMBERS), key=ANSWERS.index)
    names = [_named(answer) for answer in row]
    if len(said) == 1:
        names[0] += " (the author)" if author in said else " (another member)"
    return tuple(names)


def one_decides(answers: Answers, author: str | None) -> tuple[str, ...]:
    """Return the row of a combination under the rule of one member."""
    said = outcomes(answers, author)
    mine, others = said.get("one"), {said[m] for m in MEMBERS[1:] if m in said}
    if mine is not None:
        return _named(mine), "whatever they say"
    if {"confirmed", "refuted"} <= others:
        return _named(None), "confirmed by one, refuted by the other"
    return _named(None), (
        "nothing, or the author alone has answered" if not set(said) - {author} else "anything else"
    )


def _named(answer: str | None) -> str:
    return answer or "–"


def classes(
    rules: tuple[str, ...], row_of: Callable[[Answers, str | None], tuple[str, ...]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the determinations of each class under each rule, refusing a class that has several."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for answers, author in combinations():
        result = tuple(determination(rule, answers, author) for rule in rules)
        row = row_of(answers, author)
        if found.setdefault(row, result) != result:
            raise ValueError(f"{row} is {found[row]} and {result}")
    return found


def by_answers() -> str:
    """Return the table for rules under which members weigh alike."""
    rows = classes(ALIKE, alike)
    place = {_named(answer): n for n, answer in enumerate(ANSWERS)}
    ordered = sorted(rows, key=lambda row: [place[name.partition(" (")[0]] for name in row])
    return table(
        ("the three answers, in any order", *(f"`{rule}`" for rule in ALIKE)),
        [(", ".join(row), *(plain(d) for d in rows[row])) for row in ordered],
    )


def by_one() -> str:
    """Return the table for the rule of one member."""
    rows = classes((ONE,), one_decides)
    return table(
        ("the member that decides", "the other two", "`member:…`"),
        [(*row, *(plain(d) for d in rows[row])) for row in sorted(rows, key=lambda r: (r[0] == "–", r))],
    )


def plain(determination: str) -> str:
    """Return a determination as the pages write it, refusing one that is not on the list."""
    if determination not in DETERMINATIONS or determination not in words("determination"):
        raise ValueError(f"{determination!r} is no determination")
    return determination.replace("_", " ")


BY_ANSWERS: Final = {"determinations-by-answers": by_answers, "determinations-by-one": by_one}
