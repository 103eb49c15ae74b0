"""The line of obligations: rows that moved, are open or fall due within thirty days, on one line of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from ceasefire.reporting import figures
from ceasefire.reporting.document import Drawing, Note, Place, Section, Timeline, plain, words
from ceasefire.reporting.reading import anchor, place
from ceasefire.reporting.sections.commitments import SERIOUS, all_told, place_of, stands, who_owes
from ceasefire.reporting.telling import due
from ceasefire.reporting.telling.room import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ceasefire.assessment import Reason
    from ceasefire.assessment.result.entries import DueEntry, RowEntry
    from ceasefire.reporting.document import Words
    from ceasefire.reporting.material.material import Material
    from ceasefire.reporting.sections.commitments import Told

#: Rows that are shown at most.
MOST: Final = 8
#: What a row is not shown for: published counts stand in the strips.
_ELSEWHERE: Final = ("counted", "nothing", "no_status")
#: The mark of what a record did to a row.
_MARKS: Final[dict[str, figures.MarkKind]] = {
    "breach": "established",
    "disputed": "disputed",
    "alleged": "alleged",
    "performed": "done",
    "remedied": "made-good",
}
_OVER: Final = ("fulfilled", "concluded", "lapsed", "released")
_BEGAN: Final = ("started", "in_force")


class Alike(NamedTuple):
    """Rows of one commitment that stand alike, as one row of the line."""

    one: Told
    state: str
    #: When they are due.
    due: int
    told: Words
    rows: list[tuple[RowEntry, Sequence[Reason]]]


class Lined(NamedTuple):
    """What is to be shown on the line, and of the first of it the words and the tracks."""

    found: list[Alike]
    tracks: list[tuple[Words, figures.Track]]


def lined(material: Material) -> Lined:
    """Return what is to be shown on the line, first what moved in the period, then the most serious.

    A duty that has been overdue for years is no news. Of one standing, by when it is due.
    """
    found = sorted(
        _alike(material), key=lambda one: (not _moved(one, material), SERIOUS.index(one.state), one.due)
    )
    return Lined(found, [_shown(one, material) for one in found[:MOST]])


def line(lined: Lined, most: int, material: Material) -> Section:
    """Return the line with at most so many of its rows, and how many more there are."""
    found, tracks = lined.found, lined.tracks[:most]
    only_due = all(one.state == "due" for one in found)
    title = material.text("title.due" if only_due else "title.line")
    if not tracks:
        return Section(id="due", title=title)
    since = material.since if material.since is not None else material.as_of
    over = figures.line_of(
        _at(since, material), _at(material.as_of, material), (track for _, track in tracks)
    )
    blocks = [Timeline(line=over, rows=tuple(tracks), key=_key((t for _, t in tracks), material))]
    if len(found) > len(tracks):
        link = Place("commitments", material.text("line.below"))
        blocks.append(Note(material.say("line.more", n=len(found) - len(tracks), link=link)))  # type: ignore[arg-type]
    return Section(id="due", title=title, blocks=tuple(blocks))


def _moved(one: Alike, material: Material) -> bool:
    """Tell whether a record or a deadline moved a row in the period."""
    moves = [r.at for _, why in one.rows for r in why if r.effect in _MARKS]
    moves += [material.us(row.due) for row, _ in one.rows if row.due is not None]
    return any(map(material.in_period, moves))


def _at(us: int, material: Material) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)).astimezone(
        ZoneInfo(material.timezone)
    )


def _alike(material: Material) -> Iterator[Alike]:
    """Yield what is to be shown; rows alike share one."""
    for several_told in all_told(material).values():
        for one in several_told:
            alike: dict[tuple[str, Words], list[tuple[RowEntry, Sequence[Reason]]]] = {}
            for row, state, why in one.rows:
                if state not in _ELSEWHERE and (state != "moved" or _recent(row, material)):
                    told = stands(one.commitment, row, state, why, material)
                    alike.setdefault((state, told), []).append((row, why))
            for (state, told), several in alike.items():
                yield Alike(one, state, _due(several[0][0], material), told, several)


def _recent(row: RowEntry, material: Material) -> bool:
    """Tell whether a row was done or suspended in the period, or since the one before it."""
    start = material.since if material.previous is None else material.previous.first
    return start is None or row.phase_from is None or material.us(row.phase_from) >= start


def _due(row: RowEntry, material: Material) -> int:
    ahead = [material.us(one.due) for one in _coming(row, material)]
    return min(ahead, default=material.us(row.due) if row.due else material.as_of)


def _coming(row: RowEntry, material: Material) -> list[DueEntry]:
    return [
        one
        for one in due.within(material, 0, 30)
        if one.commitment == row.commitment and row.owed_by in one.owed_by
    ]


def _shown(alike: Alike, material: Material) -> tuple[Words, figures.Track]:
    """Return the words and the track of a row."""
    commitment, several = alike.one.commitment.name, alike.rows
    clause = material.names.clause(commitment)
    link = Place(place_of(commitment), material.names.title(commitment))
    who = who_owes([row.owed_by for row, _ in several], material)
    key = "line.row_of_clause" if clause else "line.row"
    said = material.say(key, clause=clause, link=link, who=who, stands=alike.told)
    row, why_ = several[0]
    marks = {mark: None for row, why in several for mark in _marks(row, why, material)}
    track = figures.Track(
        label=plain(said), marks=tuple(marks), stretches=tuple(_stretches(row, why_, material))
    )
    return words(*said), track


def _marks(row: RowEntry, why: Sequence[Reason], material: Material) -> Iterator[figures.Mark]:
    """Yield what happened on a row, and the dates of what is to be done."""
    marked = [r for r in why if r.effect in _MARKS and r.record in material.claims]
    for reason in marked[-NAMED:]:
        at_ = anchor(reason.record or "")
        yield _mark(_MARKS[reason.effect], reason.at, at_, material)
    at = place(place_of(row.commitment))
    if row.due is not None and row.phase not in _OVER:
        instant = material.us(row.due)
        yield _mark("ahead" if instant > material.as_of else "passed", instant, at, material)
    for one in _coming(row, material):
        if one.due != row.due:
            yield _mark("ahead", material.us(one.due), at, material)


def _mark(kind: figures.MarkKind, us: int, leads: str, material: Material) -> figures.Mark:
    day = material.days.due(us) if kind in ("ahead", "passed") else material.days.of_instant(us)
    label = material.text("line.mark", mark=material.vocabulary.code("mark", kind), day=day)
    return figures.Mark(at=_at(us, material), kind=kind, anchor=leads, label=label)


def _stretches(row: RowEntry, why: Sequence[Reason], material: Material) -> Iterator[figures.Stretch]:
    """Yield when something was owed on a row: since it began, until it was done, is due or goes on."""
    began = [r.at for r in why if r.record is None and r.effect in _BEGAN]
    changed = material.us(row.phase_from) if row.phase_from is not None else None
    start = min(began, default=changed if changed is not None else material.as_of)
    if row.phase == "pending":
        return
    end = changed if row.phase in (*_OVER, "suspended") else None
    if end is None and row.due is not None and material.us(row.due) > material.as_of:
        end = material.us(row.due)
    yield figures.Stretch(
        start=_at(start, material), end=None if end is None else _at(max(end, start), material)
    )
    if row.phase == "suspended" and changed is not None:
        yield figures.Stretch(start=_at(changed, material), suspended=True)


def _key(tracks: Iterable[figures.Track], material: Material) -> tuple[tuple[Drawing, str], ...]:
    """Return what the marks that are there mean, in one order."""
    used = {mark.kind for track in tracks for mark in track.marks}
    kinds: tuple[figures.MarkKind, ...] = (
        "established", "disputed", "alleged", "made-good", "done", "ahead", "passed", "moved",
    )  # fmt: skip
    return tuple((Drawing("mark", k), material.vocabulary.code("mark", k)) for k in kinds if k in used)
