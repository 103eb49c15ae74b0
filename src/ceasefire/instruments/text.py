"""An agreement as readable text, for whoever checks a file against the instrument.

What a file says is data: a control character or a sign that turns the direction
of writing is shown as its code, so that a terminal shows what the file holds.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from ceasefire.instruments.public_keys import fingerprint
from ceasefire.instruments.terms import Commitment
from ceasefire.instruments.together import references, some_agreement
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.clock import Moment
    from ceasefire.instruments.terms import (
        Act,
        Agreement,
        Key,
        Mechanism,
        MemberTerm,
        Noted,
        Party,
        RoleTerm,
        Termination,
        Zone,
    )

_WIDTH: Final = 96
_INDENT: Final = "    "
_DUTIES: Final = {
    "achieve": "to achieve",
    "maintain": "to maintain",
    "refrain": "to refrain",
    "recur": "to do in every period",
    "permit": "may do",
    "declare": "declared",
}
_ANCHORS: Final = {
    "adopted": "the text was adopted",
    "in_force": "the agreement entered into force",
    "active": "this became active",
}


def as_text(agreement: Agreement) -> str:
    """Return all that an agreement file says, in the order of a treaty, without TOML.

    Of its registers stand there the parties, places and sources that it names. Raises
    `UnknownAgreement` for what is no agreement that was read.
    """
    some_agreement(agreement)
    parts = [
        _head(agreement),
        _section("Dates given for entry into force", _effective(agreement)),
        _section("Who stands how to it", _standing(agreement)),
        _section(
            "Who determines",
            (
                _mechanism(m)
                for m in agreement.mechanisms
                if agreement.id in m.oversees or ("mechanism", m.id) in agreement.own
            ),
        ),
        _section("Commitments", (_commitment(c, agreement) for c in agreement.commitments)),
        _section("Parties named", (_party(p) for p in _named_parties(agreement))),
        _section("Places named", (_zone(z) for z in _named_zones(agreement))),
        _section("Acts added", (_act(a) for a in agreement.acts if ("act", a.id) in agreement.own)),
        _section("Keys that sign", (_key(key) for key in agreement.keys)),
        _section("Sources", _sources(agreement)),
        _section("Read from", ([f"{name}: sha256 {digest}"] for name, digest in agreement.digests)),
        _section("Worth a second look", ([warning] for warning in agreement.warnings)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(title: str, items: Iterable[list[str]]) -> str:
    """Return a titled list of items: a first line each, the others further in."""
    blocks = []
    for first, *others in items:
        lines = wrap(
            visible(first), _WIDTH, initial_indent="  ", subsequent_indent=_INDENT, break_on_hyphens=False
        )
        for other in others:
            lines += wrap(
                visible(other),
                _WIDTH,
                initial_indent=_INDENT,
                subsequent_indent=_INDENT,
                break_on_hyphens=False,
            )
        blocks.append("\n".join(lines))
    separator = "\n\n" if any("\n" in block for block in blocks) else "\n"
    return f"{title}\n{'-' * len(title)}\n" + separator.join(blocks) if blocks else ""


def _head(agreement: Agreement) -> str:
    title = wrap(visible(agreement.title), _WIDTH)
    force = "by decision" if agreement.by_decision else str(agreement.in_force)
    facts = {
        "id": agreement.id,
        "short": agreement.short,
        "adopted": str(agreement.adopted or ""),
        "in force": force,
        "time zone": agreement.timezone,
        "duration": f"{agreement.duration}, renewal {agreement.renewal}"
        if agreement.duration
        else "open-ended",
        "suspended": "deadlines wait" if agreement.suspension == "tolls" else "deadlines run",
        "terminated": _termination(agreement.termination),
        "supplements": ", ".join(agreement.supplements),
        "amends": ", ".join(agreement.amends),
        "replaces": ", ".join(agreement.replaces),
        "excluded": ", ".join(agreement.excluded),
        "uses": ", ".join(agreement.uses),
        "codes": _pairs(agreement.codes),
        "sources": ", ".join(agreement.sources),
        "unverified": "yes" if agreement.unverified else "",
    }
    lines = [*title, "=" * min(max(map(len, title), default=1), _WIDTH)]
    lines += [f"{name + ':':<13}{visible(value)}" for name, value in facts.items() if value]
    for text in (agreement.summary, *_notes(agreement)):
        if text:
            lines += ["", *wrap(visible(text), _WIDTH)]
    return "\n".join(lines)


def _termination(termination: Termination | None) -> str:
    if termination is None:
        return ""
    notice = f"on notice of {termination.notice}" if termination.notice else "without notice"
    return f"by {' or '.join(termination.by)} alone, {notice}"


def _notes(table: Noted) -> list[str]:
    """Return what is noted, with from when it was known where that is later than the text."""
    return [f"{n.text} (known from {n.known_from})" if n.known_from else n.text for n in table.notes]


def _effective(agreement: Agreement) -> Iterator[list[str]]:
    for one in agreement.effective:
        by = f", by {one.by}" if one.by else ""
        yield [f"{one.at} ({one.basis}{by})", *_remarks(one)]


def _standing(agreement: Agreement) -> Iterator[list[str]]:
    names = {party.id: party.name for party in agreement.parties}
    for one in agreement.standing:
        line = f"{names.get(one.party, one.party)}: {one.as_}{_span(one.from_, one.until)}"
        yield [line, *_remarks(one)]


def _mechanism(mechanism: Mechanism) -> list[str]:
    lines = [f"{mechanism.name} [{mechanism.id}]{_span(mechanism.from_, mechanism.until)}"]
    lines.append(f"Members: {', '.join(mechanism.members) or 'none'}. Rule: {mechanism.rule}.")
    if mechanism.rules:
        lines.append(f"Rules for single kinds of claim: {_pairs(mechanism.rules)}.")
    if mechanism.observers:
        lines.append(f"Observers: {', '.join(mechanism.observers)}.")
    if mechanism.offices:
        held = (f"{o.party} {o.office}{_span(o.from_, o.until)}" for o in mechanism.offices)
        lines.append(f"Offices: {'; '.join(held)}.")
    if mechanism.silence:
        lines.append(f"Silence of {mechanism.silence} is consent to a decision.")
    lines.append(f"Oversees: {', '.join(mechanism.oversees)}.")
    return lines + _remarks(mechanism)


def _commitment(commitment: Commitment, agreement: Agreement) -> list[str]:
    clause = f"{commitment.clause} " if commitment.clause else ""
    lines = [f"{clause}{commitment.title} [{commitment.id}]", *_short(commitment.short), commitment.summary]
    owed = (" and " if commitment.jointly else ", ").join(_bearers(commitment, agreement))
    duty = f"{commitment.force}, {_DUTIES[commitment.duty]}"
    if owed:
        debt = ", one debt of all" if commitment.jointly else ""
        duty += f"; owed by {owed}{debt}; bearer {commitment.bearer}"
    lines.append(f"{duty[0].upper()}{duty[1:]}.")
    labels = {
        "Owed to": commitment.owed_to,
        "Calls on": commitment.addressed_to,
        "Breached by": commitment.acts,
        "Where": commitment.zones,
        "Not in": commitment.except_zones,
        "Not against": commitment.except_against,
        "Not when": (commitment.except_when,) if commitment.except_when else (),
        "Survives": commitment.survives,
        "Standard": (commitment.standard,) if commitment.standard else (),
    }
    lines += [f"{label}: {', '.join(values)}." for label, values in labels.items() if values]
    lines += [f"{sentence.rstrip('.')}." for sentence in (*_times(commitment), *_condition(commitment))]
    for field, name in references(commitment):
        if not field.startswith("when"):
            lines.append(f"{field.capitalize()}: {name.removeprefix(agreement.id + '/')}.")
    return lines + _remarks(commitment)


def _bearers(commitment: Commitment, agreement: Agreement) -> Iterator[str]:
    """Yield who owes it, each with how it stands to the agreement: who signed is not always who owes."""
    for party in commitment.owed_by:
        stands = [f"{s.as_}{_span(s.from_, s.until)}" for s in agreement.standing if s.party == party]
        yield f"{party} ({', '.join(stands)})" if stands else party


def _times(commitment: Commitment) -> Iterator[str]:
    for verb, moment, note in (
        ("Starts", commitment.starts, ""),
        ("Due", commitment.due, commitment.due_note),
        ("Until", commitment.until, commitment.until_note),
    ):
        if moment:
            yield f"{verb} {moment}" + (f" ({note.rstrip('.')})" if note else "")
    if commitment.within:
        verb = "Due" if commitment.duty == "achieve" else "Until"
        yield f"{verb} {commitment.within} after {_ANCHORS[commitment.after]}"
    if commitment.every:
        times = "once" if commitment.count == 1 else f"{commitment.count} times"
        yield f"Every {commitment.every.duration or commitment.every.event}, {times}"
    if commitment.preemptive:
        yield "Done before it begins, it counts too"
    if commitment.once:
        yield "Exercised once, it ends"


def _condition(commitment: Commitment) -> Iterator[str]:
    when = commitment.when
    if when is None:
        return
    if when.event:
        condition = f"the event {when.event}"
    elif when.fulfilled:
        condition = f"{when.fulfilled} being fulfilled"
    else:
        condition = f"a breach of {when.breach_of}"
    repairs = ", which it repairs" if when.repairs else ""
    yield f"On {condition}{repairs}" + (f", until {when.until}" if when.until else "")
    if when.note:
        yield when.note


def _party(party: Party) -> list[str]:
    lines = [f"{party.name} [{party.id}]", *_short(party.short)]
    if party.aliases:
        lines.append(f"Also: {'; '.join(party.aliases)}.")
    terms: list[tuple[str, tuple[RoleTerm | MemberTerm, ...]]] = [
        ("Roles", party.roles),
        ("Member of", party.member_of),
    ]
    for label, several in terms:
        if several:
            lines.append(f"{label}: {', '.join(map(_term, several))}.")
    if party.guarantees:
        lines.append(f"Guarantees: {', '.join(party.guarantees)}.")
    return lines + _remarks(party)


def _zone(zone: Zone) -> list[str]:
    lines = [f"{zone.name} [{zone.id}]", *_short(zone.short)]
    labels = {
        "Also": "; ".join(zone.aliases),
        "Within": zone.within or "",
        "Covers": ", ".join(zone.covers),
        "Covers in part": ", ".join(zone.covers_part),
        "Outline": ", ".join(zone.outline),
    }
    lines += [f"{label}: {value}." for label, value in labels.items() if value]
    return lines + _remarks(zone)


def _act(act: Act) -> list[str]:
    lines = [f"{act.name} [{act.id}]", *([act.description] if act.description else [])]
    return [*lines, *([f"Also: {'; '.join(act.aliases)}."] if act.aliases else []), *_remarks(act)]


def _short(name: str) -> list[str]:
    return [f"In short: {name}."] if name else []


def _key(key: Key) -> list[str]:
    said = f"Said on the telephone: {fingerprint(key.key)}."
    return [f"{key.party}: {key.key}{_span(key.from_, key.until)}", said, *_remarks(key)]


def _sources(agreement: Agreement) -> Iterator[list[str]]:
    tables = (agreement, *agreement.effective, *agreement.standing, *agreement.commitments)
    used = {name for table in tables for name in table.sources}
    for source in agreement.source_list:
        if source.id in used or ("source", source.id) in agreement.own:
            facts = (source.symbol, source.language, str(source.date or ""), source.licence, source.url)
            yield [
                f"[{source.id}] {source.title}",
                *([", ".join(f for f in facts if f)] if any(facts) else []),
                *_remarks(source),
            ]


def _named_parties(agreement: Agreement) -> list[Party]:
    """Return the parties of the file, those it names, and the members of these."""
    named = {one.party for one in agreement.standing} | set(agreement.excluded)
    named.update(agreement.termination.by if agreement.termination else ())
    for commitment in agreement.commitments:
        named.update(commitment.owed_by, commitment.addressed_to, commitment.except_against)
    for mechanism in agreement.mechanisms:
        if agreement.id in mechanism.oversees:
            named.update(mechanism.members, mechanism.observers, (o.party for o in mechanism.offices))
    groups: dict[str, list[str]] = {}
    for party in agreement.parties:
        for term in party.member_of:
            groups.setdefault(term.group, []).append(party.id)
    waiting = sorted(named)
    while waiting:
        for member in groups.pop(waiting.pop(), ()):
            named.add(member)
            waiting.append(member)
    roles = {name.removeprefix("role:") for name in named if name.startswith("role:")}
    named.update(name for kind, name in agreement.own if kind == "party")
    return [p for p in agreement.parties if p.id in named or any(term.role in roles for term in p.roles)]


def _named_zones(agreement: Agreement) -> list[Zone]:
    named = {zone for c in agreement.commitments for zone in (*c.zones, *c.except_zones)}
    return [zone for zone in agreement.zones if zone.id in named or ("zone", zone.id) in agreement.own]


def _term(term: RoleTerm | MemberTerm) -> str:
    by = f" by {term.by}" if term.by else ""
    return f"{getattr(term, 'role', None) or getattr(term, 'group', '')}{_span(term.from_, term.until)}{by}"


def _span(start: Moment | None, end: Moment | None) -> str:
    return (f" from {start}" if start else "") + (f" until {end}" if end else "")


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {value}" for name, value in pairs)


def _remarks(table: Noted) -> list[str]:
    """Return what every table may carry, as sentences."""
    # A commitment's summary is its text, and stands before its terms.
    summary = "" if isinstance(table, Commitment) else table.summary
    lines = [text for text in (summary, *(f"Note: {note}" for note in _notes(table))) if text]
    if table.codes:
        lines.append(f"Codes: {_pairs(table.codes)}.")
    if table.sources:
        lines.append(f"Sources: {', '.join(table.sources)}{' (unverified)' if table.unverified else ''}.")
    elif table.unverified:
        lines.append("Unverified.")
    return lines
