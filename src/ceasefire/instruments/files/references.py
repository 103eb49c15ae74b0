"""Every id a file uses, and whether it is defined; every id it defines, and whether it is one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ceasefire.errors import did_you_mean, nearest
from ceasefire.instruments.act_names import act_meant
from ceasefire.instruments.files.definitions import NAMED
from ceasefire.instruments.outlines import outlines
from ceasefire.instruments.terms import ID, RULES
from ceasefire.instruments.together import references
from ceasefire.instruments.values import UNIDENTIFIED
from ceasefire.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from ceasefire.errors import Mistake
    from ceasefire.instruments.files.definitions import Definitions
    from ceasefire.instruments.files.document import Document, Entry
    from ceasefire.instruments.toml_lines import Path

_ACT: Final = regex(r"[a-z0-9-]+(\.[a-z0-9-]+)*", re.ASCII)
#: Ids that unknown ones are compared with, in one file.
_COMPARISONS: Final = 100_000
#: The kinds of claim a mechanism may have a rule for (docs/agreement-files.md).
_CLAIMS: Final = ("incident", "performance", "event", "decision", "membership", "response", "tally")

#: For each table, its fields that hold ids, and ids of what.
_FIELDS: Final[dict[str, dict[str, str]]] = {
    "party": {"guarantees": "party"},
    "zone": {"within": "zone", "covers": "zone", "covers_part": "zone", "outline": "outline"},
    "mechanism": {"members": "party", "observers": "party", "oversees": "agreement"},
    "standing": {"party": "party"},
    "effective": {"by": "party"},
    "key": {"party": "party"},
    "commitment": {
        "owed_by": "party",
        "addressed_to": "party",
        "acts": "act",
        "zones": "zone",
        "except_zones": "zone",
        "except_against": "target",
    },
}
_HEAD: Final = {
    "supplements": "agreement",
    "amends": "agreement",
    "replaces": "agreement",
    "excluded": "target",
}


class _Guess:
    """What was probably meant by an unknown id, as long as guessing takes no time worth speaking of.

    In a file with thousands of unknown ids among thousands of known ones, the
    first are told with a suggestion and all are told.
    """

    def __init__(self) -> None:
        self._left = _COMPARISONS

    def __call__(self, word: str, known: Collection[str]) -> str:
        if len(known) > self._left:
            return ""
        self._left -= len(known)
        return did_you_mean(nearest(word, known))


def check_ids(known: Definitions) -> Iterator[Mistake]:
    """Yield what is wrong with the ids that the file and its registers give."""
    for document in known.documents:
        if "id" not in document.head.flawed:
            yield from _check_id(document, ("id",), document.id, ID)
        for kind in (*NAMED, "commitment"):
            for entry in document.tables[kind]:
                if "id" not in entry.flawed:
                    place = (*entry.place, "id")
                    yield from _check_id(document, place, entry.value.id, _ACT if kind == "act" else ID)
                    if kind == "party" and entry.value.id == UNIDENTIFIED:
                        what = f"{UNIDENTIFIED!r} is what findings say of an unknown actor"
                        yield document.mistake(place, what, "give the party another id")


def check_references(known: Definitions) -> Iterator[Mistake]:
    """Yield every id that the file or a register uses and nobody defines."""
    guess = _Guess()
    one_of = _lookup(known, guess)
    for document in known.documents:
        yield from _ids_in(document, document.head, _HEAD, one_of)
        yield from _termination(document, one_of)
        for own in ("supplements", "amends", "replaces"):
            if document.id in getattr(document.head.value, own, ()):
                yield document.mistake((own,), f"{own} names the agreement itself", "take it out")
        yield from _tables(document, one_of)
    for entry in known.main.tables["commitment"]:
        yield from _commitment(known, entry, guess)


def _tables(document: Document, one_of: _Lookup) -> Iterator[Mistake]:
    for kind, entries in document.tables.items():
        for entry in entries:
            yield from _ids_in(document, entry, _FIELDS.get(kind, {}), one_of)
    for entry in document.tables["party"]:
        yield from _party(document, entry, one_of)
    for entry in document.tables["mechanism"]:
        yield from _offices(document, entry, one_of)
        yield from _mechanism(document, entry)


def _check_id(document: Document, place: Path, name: str, form: re.Pattern[str]) -> Iterator[Mistake]:
    if not form.fullmatch(name):
        better = re.sub(r"[^a-z0-9.-]+" if form is _ACT else r"[^a-z0-9-]+", "-", name.lower()).strip("-.")
        instead = f'write id = "{better}"' if form.fullmatch(better) else "use a to z, 0 to 9 and hyphens"
        yield document.mistake(
            place, f"{name!r:.60} is no id: it is made of a to z, 0 to 9 and hyphens", instead
        )


_Lookup = dict[str, "Callable[[str], str | None]"]


def _lookup(known: Definitions, guess: _Guess) -> _Lookup:
    """Return for each kind of id a function that says what is wrong with one, or None."""
    acts = known.values("act")

    def among(kind: str, *more: str) -> Callable[[str], str | None]:
        defined = known.named[kind].keys() | set(more)

        def unknown(name: str) -> str | None:
            if name in defined:
                return None
            meant = act_meant(name, acts) if kind == "act" else None
            return f"unknown {kind} {name!r:.60}{did_you_mean(meant) or guess(name, defined)}"

        return unknown

    party, roles = among("party"), {f"role:{role}" for role in known.roles}

    def target(name: str) -> str | None:
        if not name.startswith("role:"):
            return party(name)
        return None if name in roles else f"unknown role {name!r:.60}{guess(name, roles)}"

    def agreement(name: str) -> str | None:
        return None if ID.fullmatch(name) else f"{name!r:.60} is no id of an agreement"

    def outline(name: str) -> str | None:
        return None if name in outlines() else f"unknown outline {name!r:.60}{guess(name, outlines())}"

    others = {"target": target, "agreement": agreement, "outline": outline}
    return {kind: among(kind) for kind in NAMED} | {"party": party} | others


_REMEDY: Final = {
    "source": "add a [[source]] of that id",
    "party": "add a [[party]] of that id, or use a register that has it",
    "zone": "add a [[zone]] of that id, or use a register that has it",
    "act": "write an act of the standard list (ceasefire list acts), or add an [[act]]",
    "target": "write a party, or role: and a role that some party has",
    "outline": "write an outline that ships (SY-HL, for Aleppo), or take it out",
    "agreement": "use a to z, 0 to 9 and hyphens",
}


def _ids_in(document: Document, entry: Entry, ids: dict[str, str], one_of: _Lookup) -> Iterator[Mistake]:
    for name, kind in (*ids.items(), ("sources", "source")):
        if name in entry.raw and name not in entry.flawed:
            written = entry.raw[name]
            many = isinstance(written, list)
            for number, one in enumerate(written if many else [written]):
                if what := one_of[kind](one):
                    place = (*entry.place, name, number) if many else (*entry.place, name)
                    yield document.mistake(place, f"{name}: {what}", _REMEDY[kind])


def _party(document: Document, entry: Entry, one_of: _Lookup) -> Iterator[Mistake]:
    written = entry.raw.get("member_of", ())
    for number, term in enumerate(entry.value.member_of):
        if what := one_of["party"](term.group):
            place = (*entry.place, "member_of", number if isinstance(written, list) else "group")
            yield document.mistake(place, f"member_of: {what}", _REMEDY["party"])
    for number, term in enumerate(entry.value.roles):
        if not ID.fullmatch(term.role):
            place = (*entry.place, "roles", number)
            yield document.mistake(
                place, f"{term.role!r:.60} is no id of a role", "use a to z, 0 to 9 and hyphens"
            )


def _termination(document: Document, one_of: _Lookup) -> Iterator[Mistake]:
    """Yield who may end an agreement alone and is nobody; nobody at all is a mistake too."""
    termination = getattr(document.head.value, "termination", None)
    if termination is None:
        return
    if not termination.by:
        yield document.mistake(("termination", "by"), "termination: by names nobody", "write a party")
    for number, party in enumerate(termination.by):
        if what := one_of["party"](party):
            yield document.mistake(("termination", "by", number), f"termination: {what}", _REMEDY["party"])


def _offices(document: Document, entry: Entry, one_of: _Lookup) -> Iterator[Mistake]:
    for number, office in enumerate(entry.value.offices):
        if what := one_of["party"](office.party):
            place = (*entry.place, "offices", number, "party")
            yield document.mistake(place, f"offices: {what}", _REMEDY["party"])


def _mechanism(document: Document, entry: Entry) -> Iterator[Mistake]:
    value, members = entry.value, entry.value.members
    rules = {("rules", kind): rule for kind, rule in value.rules} | {("rule",): value.rule}
    for where, rule in rules.items():
        if where[0] in entry.flawed or "members" in entry.flawed:
            continue
        place = (*entry.place, *where)
        if rule.startswith("member:"):
            if rule.removeprefix("member:") not in members:
                guess = did_you_mean(nearest(rule, [f"member:{m}" for m in members]))
                what = f"the rule {rule!r:.60} names nobody who is a member{guess}"
                yield document.mistake(
                    place, what, f"write member: and one of {', '.join(members) or 'its members'}"
                )
        elif rule not in RULES:
            known = [*RULES, *(f"member:{m}" for m in members)]
            what = f"unknown rule {rule!r:.60}{did_you_mean(nearest(rule, known))}"
            yield document.mistake(place, what, f"write {', '.join(RULES)} or member: and a member")
    for kind, _ in value.rules:
        if kind not in _CLAIMS:
            what = f"rules: {kind!r:.60} is no kind of claim{did_you_mean(nearest(kind, _CLAIMS))}"
            yield document.mistake((*entry.place, "rules", kind), what, f"write one of {', '.join(_CLAIMS)}")
    if both := [m for m in value.observers if m in members]:
        what = f"{', '.join(both)} would be member and observer: an observer's findings are never counted"
        yield document.mistake((*entry.place, "observers"), what, "take it out of one of the two")
    if not value.oversees and "oversees" not in entry.flawed:
        what = f"the mechanism {value.id!r:.60} stands in a register and oversees nothing"
        yield document.mistake((*entry.place, "oversees"), what, "write oversees and ids of agreements")


def _commitment(known: Definitions, entry: Entry, guess: _Guess) -> Iterator[Mistake]:
    """Yield references to commitments: those to other files are checked where these are given too."""
    main, own = known.main, f"{known.main.id}/"
    for name, full in references(entry.value):
        place = (*entry.place, *name.split("."))
        short = full.removeprefix(own)
        owner, slash, last = full.partition("/")
        if full.startswith(own) and short not in known.commitments:
            what = f"{name}: unknown commitment {short!r:.60}{guess(short, known.commitments)}"
            yield main.mistake(place, what, "write the id of another one")
        elif not (slash and ID.fullmatch(owner) and ID.fullmatch(last)) and not full.startswith(own):
            what = f"{name}: {full!r:.60} is no full name of a commitment"
            yield main.mistake(place, what, "write agreement/commitment, or the short id of one in this file")
        elif full == entry.value.name and name in ("restates", "replaces"):
            yield main.mistake(place, f"{name} names the commitment itself", "take it out")
