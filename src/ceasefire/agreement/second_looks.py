"""What a file may say and seldom means: told as warnings, beside the agreement that loads."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from ceasefire.agreement.terms import ROLES
from ceasefire.errors import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.agreement.definitions import Definitions
    from ceasefire.agreement.terms import Commitment
    from ceasefire.errors import Mistake


def second_looks(known: Definitions) -> Iterator[Mistake]:
    """Yield what deserves a second look in a file and its registers."""
    yield from _never_overdue(known)
    yield from _renewal(known)
    yield from _roles(known)
    yield from _act_parents(known)
    yield from _mechanisms(known)


def _never_overdue(known: Definitions) -> Iterator[Mistake]:
    for entry in known.main.tables["commitment"]:
        commitment: Commitment = entry.value
        deadline = commitment.due is not None or commitment.within is not None
        if commitment.duty == "achieve" and not commitment.hortatory and not deadline:
            yield known.main.mistake(
                entry.place,
                f"{commitment.id!r} has no deadline, so it can never be overdue",
                "write due or within, if the text has one",
            )


def _renewal(known: Definitions) -> Iterator[Mistake]:
    head = known.main.head.value
    if known.main.kind == "agreement" and head.renewal != "none" and head.duration is None:
        what = f"renewal is {head.renewal!r}, and nothing ends that could be renewed"
        yield known.main.mistake(("renewal",), what, "write duration")


def _roles(known: Definitions) -> Iterator[Mistake]:
    for document, entry in known.everywhere("party"):
        for number, term in enumerate(entry.value.roles):
            like = get_close_matches(term.role, ROLES, n=1, cutoff=0.8)
            if like and term.role not in ROLES:
                what = f"the role {term.role!r:.60} is not among the usual ones{did_you_mean(like[0])}"
                yield document.mistake(
                    (*entry.place, "roles", number), what, "leave it, if it is another role"
                )


def _act_parents(known: Definitions) -> Iterator[Mistake]:
    acts = known.named["act"]
    for name, (document, entry) in acts.items():
        above = name.rpartition(".")[0]
        if above and above not in acts:
            what = f"no act {above!r:.60} stands above {name!r:.60}{did_you_mean(nearest(above, acts))}"
            yield document.mistake((*entry.place, "id"), what, "add an [[act]] of that id")


def _mechanisms(known: Definitions) -> Iterator[Mistake]:
    for document, entry in known.everywhere("mechanism"):
        counted = entry.value.rule in ("consensus", "majority", "any")
        if counted and not entry.value.members and not entry.flawed:
            what = f"the mechanism {entry.value.id!r:.60} has no members, so it never determines anything"
            yield document.mistake(entry.place, what, "write members")
