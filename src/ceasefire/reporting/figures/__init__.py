"""Charts and the map, drawn as SVG from plain frozen values; nothing here knows an assessment.

Each builder takes its value, `on` (a `Medium`: a screen unless it has a width in points,
then paper; `rtl=True` mirrors) and `words` (a `Words`: labels in another language), and
returns `Markup`, a text that templates leave as it is. On a screen colours come from
figures.css by class; on paper they are literal, and nothing is a link. There are no ids, so
several figures stand on one page. An `anchor` is the id of a record's place in that page;
every `label` is a sentence for those who cannot see the figure. Heights are pixels.

- `daily_counts(Counts(label, first, last, since, strips, events))`: a `Strip(name, counts,
  spans)` a side, of `Count(day, value, anchor, label)` and `SpanCount(first, last, text,
  anchor, label)`; `Event(day, text, anchor)`. More than 31 days are a calendar of weeks.
- `since_beginning(Counts(…))`: the same value from the first agreement on, as points on stems.
- `line_of(since, as_of, tracks)`: a `Line` from the earliest of nine days before `since` and the
  first mark, to thirty days after `as_of`; instants bear the time zone in which days are printed.
  With it, under the words of each row of a list: `windows(line)` above all, `track(line,
  Track(label, marks, stretches, ends))`, `dates(line)` below all. `Mark(at, kind, anchor,
  label)` with a kind of established, disputed, alleged, done, made-good, ahead, passed, moved
  (where a deadline was before); `Stretch(start, end, suspended)` is owed; `ends` is the day of a
  term that ends later, in words. `mark(kind)` is a mark by itself, for a key.
- `squares(label, (Square(filling, anchor, label), …))`: fillings nothing, counted, due, alleged,
  disputed, breached, made-good, no-status; on a screen a `<ul>` of links. `square(filling)` is
  one by itself, for a key.
- `map_of_days(SideMap(label, side, days, places, parts), outlines)`, with outlines such as those
  of `instruments.outlines.outlines().values()` and the side's place in the file from 0:
  `Place(name, outlines, named, figures, anchor, label)` with the ids that a zone has as `outline`
  (none for a place that covers an outline only in part). Returns `Mapped(figure, not_drawn)`:
  the places to be printed below it. No outlines, no map: the caller says so.
"""

from ceasefire.reporting.figures.counts import Count, Counts, Event, SpanCount, Strip
from ceasefire.reporting.figures.daily import daily_counts
from ceasefire.reporting.figures.marks import MarkKind, mark
from ceasefire.reporting.figures.markup import Markup
from ceasefire.reporting.figures.medium import SCREEN, Medium
from ceasefire.reporting.figures.place_words import Place
from ceasefire.reporting.figures.side_map import Mapped, SideMap, map_of_days
from ceasefire.reporting.figures.squares import Filling, Square, square, squares
from ceasefire.reporting.figures.stems import since_beginning
from ceasefire.reporting.figures.tracks import Line, Mark, Stretch, Track, dates, line_of, track, windows
from ceasefire.reporting.figures.words import ENGLISH, Words

__all__ = [
    "ENGLISH",
    "SCREEN",
    "Count",
    "Counts",
    "Event",
    "Filling",
    "Line",
    "Mapped",
    "Mark",
    "MarkKind",
    "Markup",
    "Medium",
    "Place",
    "SideMap",
    "SpanCount",
    "Square",
    "Stretch",
    "Strip",
    "Track",
    "Words",
    "daily_counts",
    "dates",
    "line_of",
    "map_of_days",
    "mark",
    "since_beginning",
    "square",
    "squares",
    "track",
    "windows",
]
