"""Figures as tests read them: small values to draw, and a drawing as XML."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

from ceasefire.instruments.outlines import outlines
from ceasefire.reporting.figures import (
    SCREEN,
    Count,
    Counts,
    Event,
    Line,
    Mark,
    Place,
    SideMap,
    SpanCount,
    Square,
    Stretch,
    Strip,
    Track,
    daily_counts,
    dates,
    line_of,
    map_of_days,
    since_beginning,
    squares,
    track,
    windows,
)

MAY = date(2017, 5, 1)
OUTLINES = tuple(outlines().values())
NASTY = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)" x=\'',
    "</text></svg><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "]]> <!-- &lt;b&gt; &amp;amp; &#60;",
    "url(#x) {day} {{ 7*7 }}",
    "\u202egnirts\u2066\u200b\u2028\x00\x1b[31m\ud800\ufffe",
    "قال\u200f “لا”",
    "w" * 200,
    "",
)


def read(markup):
    """Return a drawing as XML: what no reader of XML takes is no drawing."""
    plain = markup.replace(' xmlns="http://www.w3.org/2000/svg"', "")
    return ET.fromstring(f"<all>{plain}</all>")  # noqa: S314 - drawn a moment ago


def those(root, name, *classes):
    """Return the elements of a name that have these classes, in order."""
    return [one for one in root.iter(name) if set(classes) <= set(one.get("class", "").split())]


def texts(root, *classes):
    """Return the lines of text that have these classes, in order."""
    return ["".join(one.itertext()) for one in those(root, "text", *classes)]


def links(root):
    """Return where a drawing leads to, with the names of the links."""
    return {one.get("href"): one.get("aria-label") for one in root.iter("a")}


def place(element, key="x"):
    """Return a place across in per cent."""
    assert element.get(key).endswith("%")
    return float(element.get(key)[:-1])


def count(day, value, **more):
    """Return a count of a day of May, by its number from the first."""
    at = MAY + timedelta(day - 1)
    return Count(**({"day": at, "value": value, "anchor": f"r-{day}", "label": f"{value} on {at}"} | more))


def counts(*strips, days=18, since=10, events=(), label="who states what"):
    """Return the counts of several sides from the first of May on."""
    return Counts(
        label=label,
        first=MAY,
        last=MAY + timedelta(days - 1),
        since=MAY + timedelta(since - 1),
        strips=strips,
        events=events,
    )


def strip(name, *of, spans=()):
    """Return one side's strip."""
    return Strip(name=name, counts=of, spans=spans)


def span(first, last, text="24 in 7 days"):
    """Return a count of several days of May."""
    return SpanCount(
        first=MAY + timedelta(first - 1), last=MAY + timedelta(last - 1), text=text, anchor="r-s", label=text
    )


def event(day, text="6 May: in force"):
    """Return an event on a day of May."""
    return Event(day=MAY + timedelta(day - 1), text=text)


def at(day, hour=12):
    """Return an instant of May 2017."""
    return datetime(2017, 5, 1, hour, tzinfo=UTC) + timedelta(days=day - 1)


def line(*tracks, since=10, as_of=18):
    """Return the time that tracks show."""
    return line_of(at(since, 0), at(as_of, 23), tracks)


def mark(day, kind, **more):
    """Return a mark on a day of May."""
    return Mark(**({"at": at(day), "kind": kind, "anchor": f"r-{day}", "label": f"{kind} {day}"} | more))


def side_map(*places, days=4, parts=True, side=0):
    """Return what a side's counts say of places."""
    return SideMap(label="named by A", side=side, days=days, places=places, parts=parts)


def named(name, outlines, *figures, of=None, **more):
    """Return a place that was named on as many days as it has figures."""
    given = {"name": name, "outlines": tuple(outlines.split()), "named": len(figures) if of is None else of}
    return Place(**(given | {"figures": figures, "anchor": "p", "label": f"{name}: {figures}"} | more))


def every_figure(text="A", anchor="r-1", on=SCREEN):
    """Return every kind of figure, drawn with one text in every place for text, by its name."""
    said = {"label": text, "anchor": anchor}
    days = (count(1, 3, **said), count(1, 5, **said), count(2, 0, **said), count(12, 7, **said))
    several = SpanCount(first=MAY, last=MAY + timedelta(6), text=text, **said)
    happened = Event(day=MAY + timedelta(3), text=text, anchor=anchor)
    both = (Strip(name=text, counts=days, spans=(several,)), Strip(name=text))
    kinds = ("established", "disputed", "alleged", "done", "made-good", "ahead", "passed", "moved")
    row = Track(
        label=text,
        marks=tuple(Mark(at=at(10 + n), kind=kind, **said) for n, kind in enumerate(kinds)),
        stretches=(Stretch(start=at(2), end=at(12)), Stretch(start=at(12), suspended=True)),
        ends=text,
    )
    when: Line = line(row)
    fillings = ("nothing", "counted", "due", "alleged", "disputed", "breached", "made-good", "no-status")
    where = [Place(name=text, outlines=(one,), named=2, figures=(1, 2), **said) for one in ("SY-HI", "SY-TA")]
    return {
        "strips": daily_counts(counts(*both, events=(happened,), label=text), on=on),
        "weeks": daily_counts(counts(*both, days=60, events=(happened,), label=text), on=on),
        "stems": since_beginning(counts(*both, days=60, events=(happened,), label=text), on=on),
        "windows": windows(when, on=on),
        "track": track(when, row, on=on),
        "dates": dates(when, on=on),
        "squares": squares(text, tuple(Square(filling=one, **said) for one in fillings), on=on),
        "map": map_of_days(SideMap(label=text, side=1, days=4, places=tuple(where)), OUTLINES, on=on).figure,
    }
