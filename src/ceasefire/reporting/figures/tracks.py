"""The line of obligations: a track under the words of each row, all over the same time.

A grey bar is owed, hatched while suspended; where there is none, it is pending or over. The
rows are a list whose words wrap, so each track is a drawing of its own.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ceasefire.reporting.figures.marks import MarkKind, shapes
from ceasefire.reporting.figures.markup import element
from ceasefire.reporting.figures.medium import ALL, LINE, SCREEN, lanes, width_of, wrapped
from ceasefire.reporting.figures.words import ENGLISH
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.reporting.figures.markup import Element, Markup
    from ceasefire.reporting.figures.medium import Anchor, Medium
    from ceasefire.reporting.figures.words import Words

_BEFORE: Final = timedelta(days=9)
_SOON: Final = timedelta(days=14)
_LATER: Final = timedelta(days=30)
#: Room at both ends, for marks that stand there.
_END: Final = 200
_ROW: Final = 18
_SECOND: Final = timedelta(seconds=1)


class Mark(Value, kw_only=True):
    """Something at an instant: a breach, a performance, a deadline."""

    at: datetime
    kind: MarkKind
    #: The id of the record's or the commitment's place in the page.
    anchor: str = ""
    label: str


class Stretch(Value, kw_only=True):
    """A time in which the commitment is owed; without an end, until after what is shown."""

    start: datetime
    end: datetime | None = None
    suspended: bool = False


class Track(Value, kw_only=True):
    """One row: what is owed when, and what happened."""

    label: str
    marks: tuple[Mark, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    #: The day on which a term ends that ends after what is shown, in words.
    ends: str = ""


class Line(Value, kw_only=True):
    """The time that all rows show. Instants bear the time zone in which their days are printed."""

    start: datetime
    as_of: datetime

    @property
    def end(self) -> datetime:
        """Thirty days after the report's instant."""
        return self.as_of + _LATER

    def place(self, at: datetime) -> int:
        """Return where an instant stands; what lies outside, at the end it lies beyond."""
        gone, whole = (at - self.start) // _SECOND, (self.end - self.start) // _SECOND
        return _END + min(max(gone, 0), whole) * (ALL - 2 * _END) // whole


def line_of(since: datetime, as_of: datetime, tracks: Iterable[Track]) -> Line:
    """Return the time shown: from nine days before the period, or the first mark if that is earlier."""
    marks = [mark.at for track in tracks for mark in track.marks]
    return Line(start=min((since - _BEFORE, *marks)), as_of=as_of)


def windows(line: Line, *, on: Medium = SCREEN, words: Words = ENGLISH) -> Markup:
    """Return the head of the rows: the next 14 days, and those from 15 to 30."""
    now, soon, end = _windows(line)
    parts = [*_ground(line, _ROW, on)]
    for start, stop, text in ((now, soon, words.soon), (soon, end, words.later)):
        if on.share(width_of(text)) <= stop - start:
            parts.append(on.text((start + stop) // 2, 13, text, "muted"))
    return on.svg(_ROW, "", *parts)


def track(line: Line, row: Track, *, on: Medium = SCREEN) -> Markup:
    """Return a row's track, named for those who cannot see it."""
    marks = [mark for mark in row.marks if line.start <= mark.at <= line.end]
    half = on.share(7)
    rows = lanes([(line.place(mark.at) - half, line.place(mark.at) + half) for mark in marks])
    height = _ROW * (max(rows, default=0) + 1)
    parts = [*_ground(line, height, on), on.level(_END, ALL - _END, _ROW // 2, "grid")]
    parts += _owed(line, row, on)
    for mark, lane in zip(marks, rows, strict=True):
        drawn = on.glyph(line.place(mark.at), _ROW // 2 + lane * _ROW, *shapes(mark.kind, on))
        parts.append(on.linked(mark.anchor, mark.label, drawn, tip=True))
    if row.ends:
        ends = wrapped(row.ends, on.pixels)
        parts += _arrow(ends, height, on)
        height += LINE * len(ends)
    return on.svg(height, row.label, *parts)


def dates(line: Line, *, on: Medium = SCREEN, words: Words = ENGLISH) -> Markup:
    """Return the days below the rows; of two without room, that of the report and the last come first.

    Where the last three have no room beside each other, they stand in the order of time.
    """
    now, soon, end = _windows(line)
    instants = [(line.as_of, now), (line.end, end), (line.start, _END), (line.as_of + _SOON, soon)]
    labels = _dated(line, instants, on, words)
    if max(lanes([(left, right) for left, right, _ in labels])) > 1:
        labels = _dated(line, sorted(instants), on, words)
    rows = lanes([(left, right) for left, right, _ in labels])
    parts = []
    for (left, right, text), lane in zip(labels, rows, strict=True):
        anchor: Anchor = "start" if left == 0 else "end" if right == ALL else "middle"
        at = {"start": left, "middle": (left + right) // 2, "end": right}[anchor]
        parts.append(on.text(at, 12 + lane * LINE, text, "muted", anchor=anchor))
    return on.svg((max(rows) + 1) * LINE + 2, "", *parts)


def _dated(
    line: Line, instants: Iterable[tuple[datetime, int]], on: Medium, words: Words
) -> list[tuple[int, int, str]]:
    """Return for each day where it begins and ends below its place, and how it is written."""
    labels = []
    for instant, place in instants:
        text = words.day(instant)
        if instant.year != line.as_of.year:
            text = f"{text} {instant.year}"
        wide = on.share(width_of(text) + 6)
        left = min(max(place - wide // 2, 0), ALL - wide)
        labels.append((left, left + wide, text))
    return labels


def _windows(line: Line) -> tuple[int, int, int]:
    return line.place(line.as_of), line.place(line.as_of + _SOON), line.place(line.end)


def _ground(line: Line, height: int, on: Medium) -> Iterator[Element]:
    """Yield the two windows, and the report's instant."""
    now, soon, end = _windows(line)
    yield on.rect(now, soon - 15, 0, height, "soft")
    yield on.rect(soon + 15, end, 0, height, "soft")
    yield on.upright(now, 0, height, "instant")


def _owed(line: Line, row: Track, on: Medium) -> Iterator[Element]:
    for stretch in row.stretches:
        last = line.end if stretch.end is None else stretch.end
        if last <= line.start or stretch.start >= line.end:
            continue
        start, end = line.place(stretch.start), line.place(last)
        if stretch.suspended:
            yield on.level(start, end, _ROW // 2, "ticks", thick=7)
        else:
            yield on.rect(start, end, _ROW // 2 - 3, 7, "owed")


def _arrow(ends: tuple[str, ...], top: int, on: Medium) -> Iterator[Element]:
    """Yield an arrow at the end of the bar, and below it when the term ends."""
    tip = "M0-6-8 0 0 6Z" if on.rtl else "M0-6 8 0 0 6Z"
    path = element("path", d=tip, **on.role("owed"))
    yield on.glyph(ALL - _END, _ROW // 2, path)
    yield from on.lines(ALL, top + LINE - 4, ends, "muted", anchor="end")
