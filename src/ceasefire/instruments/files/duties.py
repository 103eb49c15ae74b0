"""Which fields go with which duty, and whether a commitment's times can be met.

A field that its duty has no use for is refused: ignoring it silently would be a
wrong answer about a promise (docs/rules/commitments.md, "Duties").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from attrs import fields

from ceasefire.instruments.oversight import closing
from ceasefire.instruments.terms import ID, Commitment
from ceasefire.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.clock import Moment
    from ceasefire.errors import Mistake
    from ceasefire.instruments.files.definitions import Definitions
    from ceasefire.instruments.files.document import Document, Entry
    from ceasefire.instruments.terms import Agreement

_WINDOWED: Final = ("maintain", "refrain", "recur", "permit")
_ROWED: Final = ("achieve", *_WINDOWED)
#: For each field that not every duty has: the duties that have it, and what to do about it.
_FIELDS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "due": (("achieve",), "write until for the end of a window"),
    "until": (_WINDOWED, "write due for the deadline of an achieve"),
    "within": (_ROWED, "take it out"),
    "after": (_ROWED, "take it out"),
    "every": (("recur",), 'write duty = "recur"'),
    "count": (("recur",), 'write duty = "recur"'),
    "once": (("permit",), "take it out"),
    "preemptive": (("achieve", "recur", "permit"), "take it out"),
    "acts": (
        _ROWED,
        "take it out: a declare is kept and printed, never breached",
    ),
    "ensures": (("maintain", "refrain"), 'write duty = "maintain" for a duty of influence'),
    "when": (_ROWED, "take it out"),
    "survives": (_ROWED, "take it out"),
    "except_zones": (_ROWED, "take it out"),
    "except_against": (_ROWED, "take it out"),
    "except_when": (_ROWED, "take it out"),
}


def check_duties(known: Definitions, agreement: Agreement) -> Iterator[Mistake]:
    """Yield what is wrong with single commitments of the file."""
    for entry in known.main.tables["commitment"]:
        rules = _Commitment(known.main, entry, agreement)
        yield from rules.fields()
        yield from rules.bearer()
        yield from rules.condition()
        yield from rules.times()


class _Commitment(Value):
    """The rules for one commitment, with what they need to look at."""

    document: Document
    entry: Entry
    agreement: Agreement

    def fields(self) -> Iterator[Mistake]:
        """Yield fields that do not go with the duty, or with each other."""
        value, raw = self._value, self.entry.raw
        if "summary" not in self.entry.flawed and not value.summary.strip():
            yield self._wrong("summary", "summary is missing", "write what is promised, in your own words")
        if "duty" in self.entry.flawed:
            return
        for name, (duties, instead) in _FIELDS.items():
            if name in raw and value.duty not in duties and not self._goes_without_saying(name):
                yield self._wrong(name, f"{name} does not go with the duty {value.duty!r}", instead)
        if value.duty == "recur" and "every" not in raw:
            yield self._wrong(
                "duty", "a recur needs every", 'write every = "P1M", or every = { event = "…" }'
            )
        deadline = next((name for name in ("due", "until") if name in raw), None)
        if "within" in raw and deadline:
            yield self._wrong("within", f"within and {deadline} both say when", "write one of the two")
        if "after" in raw and "within" not in raw and not self._goes_without_saying("after"):
            yield self._wrong(
                "after", "after says from when a duration is counted, and there is none", "write within"
            )

    def bearer(self) -> Iterator[Mistake]:
        """Yield what is wrong with who owes it."""
        raw, value = self.entry.raw, self._value
        called = value.hortatory and value.addressed_to
        if (
            not raw.get("owed_by")
            and "duty" not in self.entry.flawed
            and value.duty != "declare"
            and not called
        ):
            instead = "write owed_by and ids of parties"
            if value.hortatory:
                instead += ", or addressed_to for those called on"
            yield self._wrong("owed_by", "owed_by is missing", instead)

    def condition(self) -> Iterator[Mistake]:
        """Yield what is wrong with `when` and with the name of an event."""
        value = self._value
        if value.every is not None and value.every.event is not None:
            yield from self._event(("every", "event"), value.every.event)
        when = value.when
        if when is None:
            return
        named = [name for name in ("event", "fulfilled", "breach_of") if getattr(when, name) is not None]
        if len(named) != 1:
            what = f"when has {' and '.join(named) or 'no condition'}"
            yield self._wrong("when", what, "write one of event, fulfilled and breach_of")
        if when.repairs and when.breach_of is None:
            yield self._wrong(
                "when", "repairs is for a breach, and when names none", "write breach_of, or take it out"
            )
        elif when.repairs and value.duty != "achieve" and "duty" not in self.entry.flawed:
            what = f"a breach is repaired by something achieved, and the duty is {value.duty!r}"
            yield self._wrong("when", what, 'write duty = "achieve", or take repairs out')
        if when.event is not None:
            yield from self._event(("when", "event"), when.event)

    def times(self) -> Iterator[Mistake]:
        """Yield deadlines and windows that lie before the start."""
        value, zone = self._value, self.document.timezone
        if value.within is not None and value.after == "adopted" and self.agreement.adopted is None:
            yield self._wrong(
                "after", "after counts from adopted, which the agreement does not give", "write adopted"
            )
        field, end = self._end()
        if end is None or value.starts is None:
            return
        # A deadline may fall on the day or at the instant of the start; a window has to be open for a while.
        closes = end.bounds(zone)[1] if field == "due" else closing(end, zone) - 1
        if closes < value.starts.bounds(zone)[0]:
            yield self._wrong(
                field, f"{field} is {end}, before it starts ({value.starts})", "write a later moment"
            )

    def _end(self) -> tuple[str, Moment | None]:
        value = self._value
        if value.due is not None:
            return "due", value.due
        if value.until is not None:
            return "until", value.until
        anchors = {"adopted": self.agreement.adopted, "in_force": self.agreement.in_force, "active": None}
        anchor = anchors[value.after]
        if value.within is None or anchor is None:
            return "within", None
        return "within", value.within.after(anchor, self.document.timezone)

    def _event(self, where: tuple[str, ...], name: str) -> Iterator[Mistake]:
        if not ID.fullmatch(name):
            what = f"{name!r:.60} is no name of an event"
            yield self.document.mistake((*self.entry.place, *where), what, "use a to z, 0 to 9 and hyphens")

    def _goes_without_saying(self, name: str) -> bool:
        """Tell whether a field says only what holds without it, such as `once = false`."""
        default = getattr(fields(Commitment), name).default
        return name not in self.entry.flawed and getattr(self._value, name) == default

    @property
    def _value(self) -> Any:
        return self.entry.value

    def _wrong(self, field: str, what: str, instead: str) -> Mistake:
        return self.document.mistake((*self.entry.place, field), what, instead)
