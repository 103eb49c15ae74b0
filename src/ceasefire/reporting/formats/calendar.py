"""What falls due as an iCalendar (RFC 5545), an entry each, to be taken into any calendar.

What is due by the end of a local day is an entry of that day; anything else one of its
instant. An entry keeps its UID as long as it is the same thing, so that a calendar that
takes a later report moves it and does not double it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from ceasefire.assessment.codes import ENDINGS
from ceasefire.clock import SECOND, to_local
from ceasefire.reporting.document import plain
from ceasefire.reporting.telling import due
from ceasefire.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.assessment.result.entries import DueEntry
    from ceasefire.reporting.material.material import Material

#: Octets of a line, without its end (RFC 5545, 3.1).
_OCTETS: Final = 75


def to_ical(material: Material, title: str, band: str) -> str:
    """Return what falls due after the day of the report as an iCalendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ceasefire//status report//EN",
             "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_text(title)}", f"X-WR-CALDESC:{_text(band)}"]  # fmt: skip
    for one in material.coming:
        lines += _entry(one, material, band)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + "\r\n" for line in lines)


def _entry(one: DueEntry, material: Material, band: str) -> Iterator[str]:
    what = plain(due.what(one, material))
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(one)}"
    yield f"DTSTAMP:{_instant(material.as_of)}"
    yield _when(one, material)
    yield f"SUMMARY:{_text(what)}"
    agreement = material.names.agreement(one.agreement) if one.agreement else ""
    said = (due.owing(one, material), agreement, due.until(one, material).text, band)
    yield f"DESCRIPTION:{_text(chr(10).join(part for part in said if part))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _uid(one: DueEntry) -> str:
    """Return what names a thing that is due, whenever it is due."""
    of = "\n".join((one.kind, one.agreement or "", one.commitment or "", one.record or "", *one.owed_by))
    return f"{sha256(of.encode()).hexdigest()[:32]}@ceasefire"


def _when(one: DueEntry, material: Material) -> str:
    at = material.us(one.due)
    over = at if one.kind in ENDINGS else at + 1  # the instant at which it is no longer in time
    local = to_local(over, material.timezone)
    if (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0):
        last = to_local(over - 1, material.timezone)
        return f"DTSTART;VALUE=DATE:{last.year:04d}{last.month:02d}{last.day:02d}"
    return f"DTSTART:{_instant(over)}"


def _instant(us: int) -> str:
    at = to_local(us - us % SECOND, "UTC")
    return f"{at.year:04d}{at.month:02d}{at.day:02d}T{at.hour:02d}{at.minute:02d}{at.second:02d}Z"


def _text(text: str) -> str:
    """Return a text as a value: nothing in it ends a line or a value (RFC 5545, 3.3.11)."""
    shown = "\n".join(visible(line) for line in text.split("\n"))
    return shown.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, none of which breaks a character."""
    pieces, piece, octets = [], "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > _OCTETS:
            pieces.append(piece)
            piece, octets = " ", 1
        piece, octets = piece + character, octets + size
    return "\r\n".join([*pieces, piece])
