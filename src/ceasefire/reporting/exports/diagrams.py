"""Diagrams in Mermaid: a mechanism, the life of an agreement or a commitment, a case.

Their words are those of the report. All text stands in quotation marks, with every sign that
Mermaid or HTML could take for more than a text as its code, such as #60;.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ceasefire.errors import ReportError, did_you_mean, nearest, quoted
from ceasefire.reporting.annexes.agreements import rule_in_words
from ceasefire.reporting.annexes.claims import reason_sentence
from ceasefire.reporting.document import plain
from ceasefire.reporting.sections.card import card
from ceasefire.reporting.telling.naming import determinations
from ceasefire.reporting.telling.standing import standing
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.assessment.result.entries import RowEntry
    from ceasefire.instruments.terms import Agreement, Mechanism
    from ceasefire.reporting.material.material import Material

#: What a diagram of every mechanism is asked for by.
MECHANISM: Final = "mechanism"
#: Beside letters and digits, the signs that mean nothing to Mermaid or HTML within quotation marks.
_PLAIN: Final = frozenset(" .,:()/-–…’“”")
#: Of the life of a row, the newest reasons that are told.
_MOST: Final = 60


#: What there is a diagram of.
_WHAT: Final = "mechanism, the id of an agreement, a commitment or the record of a claim"
#: The lines of a box.
_Lines = tuple[str, ...]


def to_mermaid(of: str, material: Material) -> str:
    """Return a diagram of `mechanism`, of the life of an agreement or a commitment, or of a case.

    An agreement is given by its id, a commitment by its full name or an id that only one bears, a case
    by the id of its record. Raises `ReportError` for what is none of these.
    """
    if not isinstance(of, str):
        raise ReportError(f"there is no diagram of {quoted(of)}: write {_WHAT}")
    if of == MECHANISM:
        return _diagram("LR", _mechanisms(material))
    if of in material.names.agreements:
        return _diagram("TB", _path("a", _life(material.names.agreements[of], material)))
    name = material.names.full_name(of) or of
    if name in material.names.commitments:
        return _diagram("TB", _commitment(name, material))
    if of in material.claims:
        return _diagram("TB", _case(of, material))
    known = (MECHANISM, *material.names.agreements, *material.names.commitments, *material.claims)
    guess = did_you_mean(nearest(of, known))
    raise ReportError(f"there is no diagram of {quoted(of)}{guess}: write {_WHAT}")


def _diagram(way: str, lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in (f"flowchart {way}", *(f"    {line}" for line in lines)))


def _mechanisms(material: Material) -> Iterator[str]:
    """Yield each mechanism with its rule, its members, observers, and the agreements it judges under."""
    for number, mechanism in enumerate(material.names.mechanisms.values()):
        yield from _mechanism(f"m{number}", mechanism, material)


def _mechanism(name: str, mechanism: Mechanism, material: Material) -> Iterator[str]:
    names, said = material.names, rule_in_words(mechanism.rule, material)
    more = tuple(
        f"{material.vocabulary.code('claims_of', kind)}: {rule_in_words(rule, material)}"
        for kind, rule in mechanism.rules
    )
    yield f"{name}{{{{{_label((names.mechanism(mechanism.id), said, *more))}}}}}"
    for number, party in enumerate(mechanism.members):
        yield f"{name}member{number}[{_label((names.party(party),))}]"
        yield f"{name}member{number} --- {name}"
    for number, party in enumerate(mechanism.observers):
        observer = material.text("mechanism.observers", who=names.party(party))
        yield f"{name}observer{number}[{_label((observer,))}]"
        yield f"{name}observer{number} -.- {name}"
    under = [a for a in material.agreements if mechanism.id in (one.id for one in a.mechanisms)]
    for number, agreement in enumerate(under):
        node = f"{name}agreement{number}"
        yield f"{node}[/{_label((names.agreement(agreement.id),))}/]"
        yield f"{name} --> {node}"


def _life(agreement: Agreement, material: Material) -> Iterator[_Lines]:
    """Yield the states of an agreement up to the day of the report, each with its instant and record."""
    yield (material.names.agreement(agreement.id),)
    for move in material.lives[agreement.id].moves:
        by = (move.record,) if move.record in material.records else ()
        when = material.days.of_instant(move.at)
        yield (material.vocabulary.code("state", move.to), when, *map(str, by))


def _commitment(name: str, material: Material) -> Iterator[str]:
    """Yield the lives of the rows of a commitment: its reasons in order of time, and where the row stands."""
    for number, row in enumerate(r for r in material.data.commitments if r.commitment == name):
        yield from _path(f"r{number}", _row(row, material))


def _row(row: RowEntry, material: Material) -> Iterator[_Lines]:
    commitment = material.names.commitments[row.commitment]
    why = material.reasons_of.get((row.commitment, row.owed_by), ())
    yield material.names.commitment(row.commitment), material.names.party(row.owed_by)
    if (left := len(why) - _MOST) > 0:
        yield (material.text("reason.more", n=left, table="reasons"),)
    for reason in why[-_MOST:]:
        when = material.days.of_instant(reason.at)
        record = () if reason.record is None else (reason.record,)
        yield when, reason_sentence(reason, material), *record
    phase = material.vocabulary.code("phase", row.phase)
    yield phase, plain(standing(commitment, row, why, material))


def _case(record: str, material: Material) -> Iterator[str]:
    """Yield a case as its card has it: the claim, what is said and found on it, what was done about it."""
    several = material.claims[record]
    made = card(record, several, material)
    yield f"c[{_label((plain(made.title), record))}]"
    for number, (name, said) in enumerate(made.facts):
        yield f"f{number}([{_label((name, plain(said)))}])"
        yield f"c --- f{number}"
    yield f"d{{{{{_label((plain(determinations(several, material)),))}}}}}"
    yield "c --> d"
    steps = ["d", *(f"s{number}" for number, _ in enumerate(made.steps))]
    for node, said in zip(steps[1:], made.steps, strict=True):
        yield f"{node}[{_label((plain(said),))}]"
    for one, other in pairwise(steps):
        yield f"{one} --> {other}"


def _path(name: str, boxes: Iterable[_Lines]) -> Iterator[str]:
    """Yield boxes, and an arrow from each to the next."""
    for number, lines in enumerate(boxes):
        yield f"{name}x{number}[{_label(lines)}]"
        if number:
            yield f"{name}x{number - 1} --> {name}x{number}"


def _label(lines: Iterable[str]) -> str:
    """Return lines of text as a label in quotation marks."""
    return f'"{"<br/>".join(map(_escaped, lines))}"'


def _escaped(text: str) -> str:
    """Return a text on one line, all but letters, digits and plain signs as codes of Mermaid."""
    return "".join(c if c.isalnum() or c in _PLAIN else f"#{ord(c)};" for c in visible(text)) or "–"
