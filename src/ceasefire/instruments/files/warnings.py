"""What a file may say and seldom means: told as warnings, beside the agreement that loads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ceasefire.errors import did_you_mean, nearest
from ceasefire.instruments.names import ambiguous_short_names, folded
from ceasefire.instruments.terms import ROLES

#: Duties that are kept up rather than brought about (a permit that ends when exercised is fulfilled).
_NEVER_FULFILLED: Final = ("maintain", "refrain", "recur", "permit", "declare")
#: A power is exercised, a declaration printed.
_NEVER_BREACHED: Final = ("permit", "declare")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.errors import Mistake
    from ceasefire.instruments.files.definitions import Definitions
    from ceasefire.instruments.terms import Commitment


def second_looks(known: Definitions) -> Iterator[Mistake]:
    """Yield what deserves a second look in a file and its registers."""
    yield from _never_overdue(known)
    yield from _over_before_it_begins(known)
    yield from _only_printed(known)
    yield from _never_met(known)
    yield from _called_on(known)
    yield from _renewal(known)
    yield from _roles(known)
    yield from _act_parents(known)
    yield from _mechanisms(known)
    yield from _short_names(known)


def _never_overdue(known: Definitions) -> Iterator[Mistake]:
    for entry in known.main.tables["commitment"]:
        commitment: Commitment = entry.value
        deadline = entry.raw.keys() & {"due", "within", "until"}  # a wrong one is told as a mistake
        if commitment.duty == "achieve" and not commitment.hortatory and not deadline:
            yield known.main.mistake(
                entry.place,
                f"{commitment.id!r} has no deadline, so it can never be overdue",
                "write due or within, if the text has one",
            )


def _over_before_it_begins(known: Definitions) -> Iterator[Mistake]:
    """Yield deadlines and windows that lie before the entry into force: the commitment lapses, unjudged."""
    document = known.main
    head, zone = document.head, document.timezone
    if document.kind != "agreement" or "in_force" in head.flawed:
        return
    begins = head.value.in_force
    if begins in (None, "by-decision"):
        return
    for entry in document.tables["commitment"]:
        for field in sorted({"due", "until"} & (entry.raw.keys() - entry.flawed)):
            end = getattr(entry.value, field)
            if end is not None and end.bounds(zone)[1] < begins.bounds(zone)[0]:
                what = f"{entry.value.id!r} is over on {end}, before the agreement is in force ({begins})"
                yield document.mistake((*entry.place, field), what, "write a later moment, if it is one")


def _only_printed(known: Definitions) -> Iterator[Mistake]:
    """Yield what a declaration says of when it starts, or whose one debt it is: nothing is owed by it."""
    for entry in known.main.tables["commitment"]:
        commitment: Commitment = entry.value
        if commitment.duty != "declare" or "duty" in entry.flawed:
            continue
        for field in ("starts", "jointly"):
            if getattr(commitment, field) and field not in entry.flawed:
                what = f"{commitment.id!r} is a declare, of which {field} is printed and changes nothing"
                yield known.main.mistake((*entry.place, field), what, "take it out, or write another duty")


def _never_met(known: Definitions) -> Iterator[Mistake]:
    """Yield conditions that can never come true: of what is never fulfilled, or never breached."""
    for entry in known.main.tables["commitment"]:
        when = entry.value.when
        if when is None:
            continue
        for name, never in (("fulfilled", _NEVER_FULFILLED), ("breach_of", _NEVER_BREACHED)):
            other = known.commitments.get(str(getattr(when, name)).removeprefix(f"{known.main.id}/"))
            if other is None or "duty" in other[1].flawed:
                continue
            awaited: Commitment = other[1].value
            what = f"{entry.value.id!r} waits for {awaited.id!r}, a {awaited.duty}, which is never "
            if name == "breach_of" and awaited.hortatory:
                what = f"{entry.value.id!r} waits for {awaited.id!r}, which is hortatory and so never "
            elif awaited.duty not in never or (awaited.duty == "permit" and awaited.once):
                continue
            what += "fulfilled" if name == "fulfilled" else "breached"
            yield known.main.mistake((*entry.place, "when", name), what, "write what else it waits for")


def _called_on(known: Definitions) -> Iterator[Mistake]:
    for entry in known.main.tables["commitment"]:
        commitment: Commitment = entry.value
        if commitment.addressed_to and not commitment.hortatory and "force" not in entry.flawed:
            what = f"addressed_to says on whom a hortatory text calls, and this one is {commitment.force}"
            yield known.main.mistake(
                (*entry.place, "addressed_to"), what, 'write force = "hortatory", or owed_to'
            )


def _renewal(known: Definitions) -> Iterator[Mistake]:
    head = known.main.head.value
    if known.main.kind == "agreement" and head.renewal != "none" and head.duration is None:
        what = f"renewal is {head.renewal!r}, and nothing ends that could be renewed"
        yield known.main.mistake(("renewal",), what, "write duration")


def _roles(known: Definitions) -> Iterator[Mistake]:
    for document, entry in known.everywhere("party"):
        for number, term in enumerate(entry.value.roles):
            if term.role not in ROLES and (like := _like(term.role)):
                what = f"the role {term.role!r:.60} is not among the usual ones{did_you_mean(like[0])}"
                yield document.mistake(
                    (*entry.place, "roles", number), what, "leave it, if it is another role"
                )


def _like(role: str) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(role, ROLES, n=1, cutoff=0.8)


def _act_parents(known: Definitions) -> Iterator[Mistake]:
    acts = known.named["act"]
    for name, (document, entry) in acts.items():
        above = name.rpartition(".")[0]
        if above and above not in acts:
            guess = did_you_mean(nearest(above, acts.keys() - {name}))
            what = f"no act {above!r:.60} stands above {name!r:.60}{guess}"
            yield document.mistake((*entry.place, "id"), what, "add an [[act]] of that id")


def _mechanisms(known: Definitions) -> Iterator[Mistake]:
    for document, entry in known.everywhere("mechanism"):
        counted = entry.value.rule in ("consensus", "majority", "any")
        if counted and not entry.value.members and not entry.flawed:
            what = f"the mechanism {entry.value.id!r:.60} has no members, so it never determines anything"
            yield document.mistake(entry.place, what, "write members")


def _short_names(known: Definitions) -> Iterator[Mistake]:
    """Yield short names that another one bears too: neither is then called by it."""
    for kind in ("party", "zone", "commitment"):
        several = [(d, e) for d, e in known.everywhere(kind) if "short" not in e.flawed]
        unclear = ambiguous_short_names({entry.value.id: entry.value for _, entry in several}.values())
        for document, entry in several:
            if entry.value.short and folded(entry.value.short) in unclear:
                name = f"the short name {entry.value.short!r:.60} of {entry.value.id!r:.60}"
                what = f"{name} is that of another {kind} too"
                yield document.mistake(
                    (*entry.place, "short"), what, "write another: in reports it is called by its full name"
                )
