"""The names behind the ids of an assessment, as the agreements give them: the short one where there is one.

Every name comes out visible (see `visible`); an id nobody defines stands for itself. A
name is never cut or abbreviated by us: `short` of the file, else the whole name; two of
one report that are short alike both stand in full (docs/reports.md, "Shortening").
"""

from __future__ import annotations

from collections import Counter
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import field

from ceasefire.assessment.codes import NO_PARTY
from ceasefire.instruments.outlines import outlines
from ceasefire.reporting.document import plain
from ceasefire.reporting.words.direction import isolated
from ceasefire.reporting.words.vocabulary import ASSESSED_IN, vocabulary
from ceasefire.values import Entity
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ceasefire.instruments.terms import (
        Act,
        Agreement,
        Commitment,
        Mechanism,
        Party,
        Source,
        Standing,
        Zone,
    )
    from ceasefire.reporting.words.vocabulary import Vocabulary

T = TypeVar("T", str, "str | None")


def _kept(name: Callable[[Names, T], str]) -> Callable[[Names, T], str]:
    """Return what gives a name, which finds each once."""

    @wraps(name)
    def kept(names: Names, id_: T) -> str:
        told, place = names._told, (name, id_)  # noqa: SLF001 – its own
        found = told.get(place)
        if found is None:
            found = told[place] = name(names, id_)
        return found

    return kept


class Names(Entity, kw_only=True):
    """Everything the agreements define, by id; where two files define one id, the first is taken."""

    agreements: dict[str, Agreement]
    commitments: dict[str, Commitment]
    parties: dict[str, Party]
    zones: dict[str, Zone]
    acts: dict[str, Act]
    mechanisms: dict[str, Mechanism]
    sources: dict[str, Source]
    #: What gives the full name of a commitment, also of a short id that only one bears.
    full_name: Callable[[str], str | None]
    vocabulary: Vocabulary
    #: Short names that one thing of its sort alone bears, by sort and id.
    short: Mapping[tuple[str, str], str]
    #: What was asked for so far: a cache, as a report says few names often.
    _told: dict[tuple[object, ...], str] = field(default_factory=dict)

    def party(self, party: str | None) -> str:
        """Return the name of a party, or the names of joint ones."""
        if party is None:
            return self.vocabulary.text("party.nobody")
        return self.parties_listed(party.split("+"))

    def parties_listed(self, parties: Iterable[str], key: str = "list.and") -> str:
        """Return the names of parties as a list in a sentence."""
        several = tuple(parties)
        place = key, several
        if place not in self._told:
            self._told[place] = plain(self.vocabulary.listed(map(self._one, several), key))
        return self._told[place]

    def full_party(self, party: str) -> str:
        """Return the whole name of a party."""
        known = self.parties.get(party)
        return self._called(known, party)

    @_kept
    def zone(self, zone: str | None) -> str:
        """Return the name of a zone."""
        if zone is None:
            return self.vocabulary.text("place.whole")
        known = self.zones.get(zone)
        return self._shown(self.short.get(("zone", zone)) or self._called(known, zone))

    def outlines(self, zone: str | None) -> tuple[str, ...]:
        """Return the ids of the outlines a place consists of; none of one that covers another in part."""
        known = self.zones.get(zone or "")
        if known is None or known.covers_part:
            return ()
        return tuple(name for name in known.outline if name in outlines())

    @_kept
    def act(self, act: str | None) -> str:
        """Return the name of an act."""
        if act is None:
            return self.vocabulary.text("act.not_stated")
        known = self.acts.get(act)
        name = (known.name if known else "") or act
        # The standard list is in English; a name that a file gives an act of its own is no word of ours.
        key, usual = f"acts.{act}", vocabulary(ASSESSED_IN)
        if usual.has(key) and name == usual.pattern(key):
            return self.vocabulary.pattern(key)
        return self._called(known, act)

    @_kept
    def agreement(self, agreement: str) -> str:
        """Return the short title of an agreement."""
        short = self.short.get(("agreement", agreement))
        return self._shown(short) if short else self.full_agreement(agreement)

    def full_agreement(self, agreement: str) -> str:
        """Return the whole title of an agreement."""
        known = self.agreements.get(agreement)
        return self._called(known, agreement)

    @_kept
    def title(self, commitment: str) -> str:
        """Return the title of a commitment, the short one where it has one."""
        known = self.commitments.get(self.full_name(commitment) or commitment)
        if known is None:
            return self._shown(commitment)
        return self._shown(self.short.get(("commitment", known.name)) or self._called(known, known.id))

    @_kept
    def clause(self, commitment: str) -> str:
        """Return where a commitment stands in its agreement, empty where that is not stated."""
        known = self.commitments.get(self.full_name(commitment) or commitment)
        return self._shown(known.clause) if known is not None else ""

    @_kept
    def commitment(self, commitment: str) -> str:
        """Return the clause and title of a commitment."""
        clause, title = self.clause(commitment), self.title(commitment)
        return self.vocabulary.text("commitment.name", clause=clause, title=title) if clause else title

    @_kept
    def mechanism(self, mechanism: str | None) -> str:
        """Return the name of a mechanism, ready for a sentence."""
        if mechanism is None:
            return self.vocabulary.text("mechanism.none")
        known = self.mechanisms.get(mechanism)
        return self._called(known, mechanism)

    def standing(self, agreement: str, party: str) -> tuple[Standing, ...]:
        """Return how a party stands to an agreement, in file order; empty when it is not stated."""
        known = self.agreements.get(agreement)
        return tuple(s for s in known.standing if s.party == party) if known else ()

    def place_of(self, party: str) -> tuple[int, str]:
        """Return the place of a party in the order of the files: parties are never ranked otherwise."""
        several = list(self.parties)
        return (several.index(party) if party in self.parties else len(several), party)

    def belongs(self, party: str, group: str) -> bool:
        """Tell whether the agreements ever make a party a member of a group, if only through others."""
        seen, waiting = {party}, [party]
        while waiting:
            known = self.parties.get(waiting.pop())
            for term in known.member_of if known else ():
                if term.group == group:
                    return True
                if term.group not in seen:
                    seen.add(term.group)
                    waiting.append(term.group)
        return False

    @_kept
    def _one(self, party: str) -> str:
        if party in NO_PARTY:
            return self.vocabulary.text(f"party.{party}")
        short = self.short.get(("party", party))
        return self._shown(short) if short else self.full_party(party)

    def summary(self, of: Agreement | Commitment) -> str:
        """Return the paraphrase of an agreement or a commitment, in the report's language if it has one."""
        return of.in_language(self.vocabulary.language, "summary") or of.summary

    def source(self, source: Source) -> str:
        """Return the title of a source."""
        given = source.in_language(self.vocabulary.language, "title")
        return self._shown(given or source.title or source.symbol or source.id)

    def _called(self, known: Any, id_: str) -> str:
        """Return the whole name or title, in the report's language if the files have it, else as written."""
        if known is None:
            return self._shown(id_)
        given = known.in_language(self.vocabulary.language, "title", "name")
        written = known.title if hasattr(known, "title") else known.name
        return self._shown(given or written or id_)

    def _shown(self, name: str) -> str:
        """Return a name that can be seen, and that orders nothing beside it."""
        return isolated(visible(name), self.vocabulary.direction)


def names_of(
    agreements: Iterable[Agreement], full_name: Callable[[str], str | None], vocabulary: Vocabulary
) -> Names:
    """Return the names that these agreements define."""
    several = tuple(agreements)
    known: dict[str, dict[str, Any]] = {
        "agreement": _first((a.id, a) for a in several),
        "commitment": _first((c.name, c) for a in several for c in a.commitments),
        "party": _first((p.id, p) for a in several for p in a.parties),
        "zone": _first((z.id, z) for a in several for z in a.zones),
    }
    return Names(
        agreements=known["agreement"],
        commitments=known["commitment"],
        parties=known["party"],
        zones=known["zone"],
        acts=_first((x.id, x) for a in several for x in a.acts),
        mechanisms=_first((m.id, m) for a in several for m in a.mechanisms),
        sources=_first((s.id, s) for a in several for s in a.source_list),
        full_name=full_name,
        vocabulary=vocabulary,
        short=dict(_short(known, vocabulary.language)),
    )


def _first(defined: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in defined:
        found.setdefault(name, value)
    return found


def _short(known: Mapping[str, Mapping[str, Any]], language: str) -> Iterable[tuple[tuple[str, str], str]]:
    """Yield the short names that tell apart what they name from all else of its sort.

    Commitments are told with their agreement or their clause, so that theirs may be alike.
    """
    for sort, things in known.items():
        brief = {name: _brief(thing, language) for name, thing in things.items()}
        called = {
            name: visible(brief[name] or getattr(thing, "name", "") or name) for name, thing in things.items()
        }
        if sort == "commitment":
            called = {name: visible(short) for name, short in brief.items()}
        number = Counter(called.values())
        for name in things:
            if brief[name] and (sort == "commitment" or number[called[name]] == 1):
                yield (sort, name), called[name]


def _brief(thing: Any, language: str) -> str:
    """Return the short name in a language, else the whole one in it, else the short one as written."""
    return str(thing.in_language(language, "short", "title", "name") or thing.short)
