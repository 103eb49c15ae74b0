"""The commitments: those on which something is recorded or due as a table, the others in one sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from ceasefire.reporting.document import (
    Block,
    Column,
    Drawing,
    Figure,
    Note,
    Place,
    Row,
    Section,
    Table,
    plain,
    words,
)
from ceasefire.reporting.figures import Square
from ceasefire.reporting.reading import place
from ceasefire.reporting.telling import due
from ceasefire.reporting.telling.naming import mark
from ceasefire.reporting.telling.references import refs
from ceasefire.reporting.telling.room import ROWS, roomed
from ceasefire.reporting.telling.standing import hidden, standing, why_no_status
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ceasefire.assessment import Reason
    from ceasefire.assessment.result.entries import DueEntry, RowEntry
    from ceasefire.instruments.terms import Agreement, Commitment
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.figures import Filling
    from ceasefire.reporting.material.ledgers import Ledgers
    from ceasefire.reporting.material.material import Material

#: So many days ahead a commitment that falls due has a line of its own.
AHEAD: Final = 30
#: What a commitment is told by, the most serious first, as the keys of the vocabulary have it.
SERIOUS: Final = (
    "breached", "overdue", "disputed", "alleged", "counted", "remedied", "moved", "open", "due", "nothing",
    "no_status",
)  # fmt: skip
#: How a commitment's square is filled; who it is stands only in the table.
_FILLINGS: Final[dict[str, Filling]] = {
    "breached": "breached",
    "overdue": "breached",
    "disputed": "disputed",
    "alleged": "alleged",
    "counted": "counted",
    "remedied": "made-good",
    "moved": "made-good",
    "open": "due",
    "due": "due",
    "nothing": "nothing",
    "no_status": "no-status",
}
_QUIET: Final = ("nothing", "no_status")


class Told(Value, kw_only=True):
    """A commitment with its rows, each with what it is told by and its reasons."""

    commitment: Commitment
    rows: tuple[tuple[RowEntry, str, Sequence[Reason]], ...]
    #: The most serious of its rows.
    state: str


#: Which rows are told first where there is not room for all: whether one falls due later, how serious it is.
_Rank = tuple[bool, int]


def all_told(material: Material) -> dict[str, list[Told]]:
    """Return the commitments of each agreement that anybody owes, in the order of the text."""
    rows: dict[str, list[RowEntry]] = {}
    for row in material.data.commitments:
        rows.setdefault(row.commitment, []).append(row)
    return {
        agreement.id: [
            _told(commitment, rows.get(commitment.name, []), material)
            for commitment in agreement.commitments
            if commitment.duty != "declare"
        ]
        for agreement in material.agreements
    }


def _told(commitment: Commitment, rows: list[RowEntry], material: Material) -> Told:
    told = tuple(
        (row, _state(commitment, row, why, material), why)
        for row in rows
        for why in (material.grounds_of.get((row.commitment, row.owed_by), ()),)
    )
    states = {state for _, state, _ in told}
    return Told(
        commitment=commitment,
        rows=told,
        state=next((state for state in SERIOUS if state in states), "nothing"),
    )


def _state(commitment: Commitment, row: RowEntry, why: Sequence[Reason], material: Material) -> str:
    """Return what a row is told by."""
    code = row.compliance
    if code == "alleged" and row.owed_by is None:
        return (
            "counted"
            if all(not r.record or r.record not in material.claims for r in why if r.effect == "alleged")
            else "alleged"
        )
    if code not in (None, "none_recorded"):
        return str(code)
    if row.phase in ("fulfilled", "suspended", "concluded"):
        return "moved"
    if hidden(row, material) and row.breaches:
        return "remedied"
    return _ahead(commitment, row, material)


def _ahead(commitment: Commitment, row: RowEntry, material: Material) -> str:
    """Return what a row is told by that has neither moved nor been kept or broken, as far as is recorded."""
    if row.open:
        return "open"  # a performance is reported and not determined: that is not nothing
    if _coming(row, material):
        return "due"
    none = why_no_status(commitment, row) is not None and not hidden(row, material)
    return "no_status" if none else "nothing"


def _coming(row: RowEntry, material: Material) -> list[DueEntry]:
    """Return what falls due of a row within thirty days."""
    return [
        one
        for one in due.within(material, 0, AHEAD)
        if one.commitment == row.commitment and row.owed_by in one.owed_by
    ]


def commitments(material: Material, _: Ledgers) -> Section:
    """Return the commitments: one table over all agreements, then one sentence for the rest."""
    told = all_told(material)
    every = [one for several in told.values() for one in several]
    blocks: list[Block] = [*_squares(told, material)]
    rows = _chosen(
        [row for agreement in material.agreements for row in _rows(agreement, told[agreement.id], material)]
    )
    blocks += roomed(rows, ROWS, lambda some: (_table(some, material),), material, table="commitments")
    blocks += _rest(every, material)
    number = Counter(one.state for one in every)
    aside = (material.say(f"commitments.n_{state}", n=number[state]) for state in SERIOUS if number[state])
    return Section(
        id="commitments",
        title=material.text("title.commitments", n=len(every)),
        aside=material.text("as_is", what=material.vocabulary.joined(aside, "list.dot")),
        blocks=tuple(blocks),
    )


def _chosen(rows: list[tuple[_Rank, Row]]) -> list[Row]:
    """Return rows in the order of the text; where there is not room for all, first those that have it.

    That is those that fall due within thirty days, then the most serious.
    """
    ranked = sorted(range(len(rows)), key=lambda n: (rows[n][0], n))
    return [rows[n][1] for some in (ranked[: ROWS.printed], ranked[ROWS.printed :]) for n in sorted(some)]


def _table(rows: Sequence[Row], material: Material) -> Table:
    return Table(
        caption=material.text("commitments.caption"),
        columns=tuple(
            Column(material.text(f"commitments.column_{name}"))
            for name in ("what", "who", "stands", "records")
        ),
        rows=tuple(rows),
    )


def _squares(told: dict[str, list[Told]], material: Material) -> Iterator[Figure]:
    """Yield a strip of squares an agreement, and what the fillings mean once below the last."""
    several = [(agreement, told[agreement.id]) for agreement in material.agreements if told[agreement.id]]
    for n, (agreement, ones) in enumerate(several):
        name = material.names.agreement(agreement.id)
        squares = tuple(
            Square(
                filling=_FILLINGS[one.state],
                anchor=place(place_of(one.commitment.name)),
                label=_label(one, material),
            )
            for one in ones
        )
        used = dict.fromkeys(one.state for _, rest in several for one in rest)
        meant: dict[Filling, dict[str, None]] = {}
        for state in SERIOUS:
            if state in used:
                meant.setdefault(_FILLINGS[state], {})[_meaning(state, material)] = None
        key = tuple(
            (Drawing("square", filling), plain(material.vocabulary.joined(meanings, "list.semicolon")))
            for filling, meanings in meant.items()
        )
        yield Figure(
            caption=name,
            aside=material.text("commitments.number", n=len(ones)),
            drawings=(Drawing("squares", squares, name),),
            key=key if n == len(several) - 1 else (),
        )


def _label(one: Told, material: Material) -> str:
    state = _meaning(one.state, material)
    return material.text("square.label", name=material.names.commitment(one.commitment.name), state=state)


def _meaning(state: str, material: Material) -> str:
    """Return what a square says of a commitment that is told by a state."""
    return material.text(f"square.{'open' if state == 'open' else _FILLINGS[state]}")


def _rest(every: list[Told], material: Material) -> Iterator[Note]:
    """Yield what is said of the commitments without a line: nothing is recorded on them, no more."""
    quiet = [one for one in every if one.state == "nothing"]
    if quiet:
        key = "commitments.all_quiet" if len(quiet) == len(every) else "commitments.quiet"
        annex = Place("annex-texts", material.text("commitments.annex"))
        yield Note(material.say(material.with_annex(key, "B"), n=len(quiet), annex=annex))
    if material.audience == "public":
        yield Note(material.say("commitments.public"))


def _rows(agreement: Agreement, several: list[Told], material: Material) -> Iterator[tuple[_Rank, Row]]:
    """Yield the rows of an agreement with their ranks: bearers, then commitments, that are alike are one."""
    lines: dict[tuple[Words, Words, Words], tuple[_Rank, list[Words]]] = {}
    for one in several:
        alike: dict[tuple[Words, Words], tuple[_Rank, list[str | None]]] = {}
        for row, state, why in one.rows:
            if state not in _QUIET:
                where = stands(one.commitment, row, state, why, material)
                records = (r.record for r in why if r.record and r.effect != "not_counted")
                shown = refs(records, material, _where(why, material))
                rank = (not _coming(row, material), SERIOUS.index(state))
                alike.setdefault((where, shown), (rank, []))[1].append(row.owed_by)
        for (where, shown), (rank, bearers) in alike.items():
            name = _name(one.commitment, material)
            lines.setdefault((who_owes(bearers, material), where, shown), (rank, []))[1].append(name)
    for (who, where, shown), (rank, names) in lines.items():
        yield rank, Row(cells=(_names(agreement, names, material), who, where, shown or ("–",)))


def _with_statements(where: Words, row: RowEntry, material: Material) -> Words:
    """Return where a row stands, with how many statements on it stand below (`appraisals.statements`)."""
    said = [
        one
        for one in material.responses_to.get(row.commitment, ())
        if getattr(material.record(one.record), "owed_by", None) in (None, row.owed_by)
    ]
    if not said:
        return where
    return material.vocabulary.joined(
        [where, material.say("standing.statements", n=len(said))], "list.semicolon"
    )


def _names(agreement: Agreement, names: list[Words], material: Material) -> Words:
    told = material.vocabulary.joined(names, "list.semicolon")
    if len(material.agreements) == 1:
        return told
    return material.say("commitments.of", names=told, agreement=material.names.agreement(agreement.id))


def _where(why: Sequence[Reason], material: Material) -> str:
    """Return the annex in which all records of a row stand: the counts, else the reasons."""
    records = [r.record for r in why if r.record and r.effect != "not_counted"]
    return "annex-reasons" if any(r in material.claims for r in records) else "annex-counts"


def _name(commitment: Commitment, material: Material) -> Words:
    """Return the clause of a commitment, and its title as a link to its text."""
    link = Place(place_of(commitment.name), material.names.title(commitment.name))
    clause = material.names.clause(commitment.name)
    return material.say("commitments.clause", clause=clause, link=link) if clause else words(link)


def place_of(commitment: str) -> str:
    """Return the id of a commitment in the document, by its full name."""
    return f"c-{commitment}"


def who_owes(bearers: list[str | None], material: Material) -> Words:
    """Return who owes a commitment, or that nobody is named."""
    if bearers == [None]:
        return material.say("party.nobody_named")
    return words(due.owed_by(bearers, material))


def stands(
    commitment: Commitment, row: RowEntry, state: str, why: Sequence[Reason], material: Material
) -> Words:
    """Return where a row stands: in words, with its phase or its deadline where that says something."""
    key = row.commitment, row.owed_by
    if key not in material.stands:
        material.stands[key] = _stands(commitment, row, state, why, material)
    return material.stands[key]


def _stands(
    commitment: Commitment, row: RowEntry, state: str, why: Sequence[Reason], material: Material
) -> Words:
    if state == "moved":
        word = mark(row.phase, material.vocabulary.code("phase", row.phase))
        since = material.days.due(material.us(row.phase_from)) if row.phase_from else "–"
        return material.say("standing.moved", mark=word, since=since)
    if state == "open":
        claims = material.say("standing.open", n=row.open or 0)
        near = _coming(row, material)
        told = (material.text(_ends(near[0]), until=due.until(near[0], material)),) if near else ()
        return material.vocabulary.joined((*told, claims), "list.semicolon")
    if state == "due":
        [*_, first] = reversed(_coming(row, material))
        word = mark("", material.text(_ends(first), until=due.until(first, material)))
        return material.say("standing.nothing_yet", mark=word)
    return _with_statements(standing(commitment, row, why, material), row, material)


def _ends(one: DueEntry) -> str:
    """Return what is said of the end of what is due, as the key of the vocabulary has it."""
    return "standing.period_ends" if one.kind == "period" else "standing.due"
