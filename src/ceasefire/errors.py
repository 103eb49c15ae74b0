"""Everything that can go wrong in a call, one class per situation.

A mistake in people's files is a `Mistake` (told all at once by `AgreementError`
or kept beside the good lines by `read_records`); an oddity in records is a
problem value in the assessment, never an exception. What is left, a wrong call,
is one of the classes below: each also derives from the builtin a caller expects.
"""

from __future__ import annotations

import errno
import os
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from ceasefire.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What to do about a file that the system does not open, by what it says.
_REMEDIES: Final = {
    errno.ENOENT: "look at how its path is written, and whether its folder is there",
    errno.ENOTDIR: "look at how its path is written: what it goes through is no folder",
    errno.EISDIR: "name a file in it",
    errno.EACCES: "ask its owner for the right to it",
    errno.EPERM: "ask its owner for the right to it",
    errno.EROFS: "name a file on another disk",
    errno.ENOSPC: "make room, or name a file on another disk",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.ELOOP: "name the file itself: these links lead to each other",
}
#: A date as people write it elsewhere, the day first or the month, or the year.
_DATE_MEANT: Final = regex(
    r"(?P<year>\d{4})[./-](?P<month>\d{1,2})[./-](?P<day>\d{1,2})"
    r"|(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})[./-](?P<last>\d{4})",
    re.ASCII,
)
_A_DATE: Final = "2018-12-20"


class CeasefireError(Exception):
    """The base of every error this library raises on purpose.

    It can be pickled, as between processes, and comes back with all that it says.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what makes it again: not by `__init__`, which may take other things than it says."""
        return _made_again, (type(self), self.args, self.__dict__)


@frozen(kw_only=True)
class Mistake:
    """One thing wrong in a file: where, what, and what to write instead."""

    file: str
    #: 1-based; 0 when the mistake concerns the file as a whole.
    line: int
    what: str
    instead: str = ""

    def __str__(self) -> str:
        """Return `file:line: what is wrong (what to write instead)`."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}" + (f" ({self.instead})" if self.instead else "")


class AgreementError(CeasefireError, ValueError):
    """An agreement or register file has mistakes; all of them are in `mistakes`."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(m) for m in self.mistakes))


class MappingError(CeasefireError, ValueError):
    """A mapping of a table has mistakes; all of them are in `mistakes`."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(m) for m in self.mistakes))


class UnknownAgreement(CeasefireError, LookupError):
    """No agreement of that id is in the catalogue, and no file of that name exists."""


class MissingAgreement(CeasefireError, LookupError):
    """The call lacks an agreement to which one of those given refers."""


class ConflictingDefinitions(CeasefireError, ValueError):
    """Agreements used together define one id in two ways, or have two mechanisms over one agreement."""


class DifferentTimeZones(ConflictingDefinitions):
    """Agreements used together read dates in two time zones: each is right, and the call is not."""


class InvalidValue(CeasefireError, ValueError):
    """A value that a field does not take; a class below for each situation."""

    #: What is wrong with each field of a record, as pairs of its name, such as `killed.best`, and a sentence.
    by_field: tuple[tuple[str, str], ...] = ()


class NaiveTime(InvalidValue):
    """A time of day without a UTC offset, where no time zone says how to read it."""


class InvalidTime(InvalidValue):
    """A text that is no instant, date, month or duration."""


class RecordError(InvalidValue):
    """A record whose fields do not make a record of its kind, or a table whose columns make none."""


class KeyHeld(CeasefireError, ValueError):
    """A record whose key its author has given to another one, which says something else."""

    def __init__(self, key: str, held: str, why: str) -> None:
        self.key, self.held = key, held
        super().__init__(f"the key {key!r} is that of {held}, {why}")


class UnreadableFile(CeasefireError, OSError):
    """A file that cannot be read at all: missing, a folder, binary, too large."""


class UnwritableFile(CeasefireError, OSError):
    """A file that cannot be written: no such folder, no right to, no room."""


class UnknownId(CeasefireError, LookupError):
    """A record names a party, zone, act, agreement or commitment nobody has defined."""

    def __init__(self, kind: str, unknown: str, known: Iterable[str], meant: str | None = None) -> None:
        self.kind, self.unknown = kind, unknown
        #: What is meant by it, where that is known, else what is most like it.
        self.nearest = meant or nearest(unknown, known)
        super().__init__(f"unknown {kind} {unknown!r}" + did_you_mean(self.nearest))


class UnknownRow(CeasefireError, KeyError):
    """The assessment has no row, claim or table of that name."""

    def __str__(self) -> str:
        """Return the sentence itself: a KeyError would print its repr."""
        return str(self.args[0])


class Incomparable(CeasefireError, ValueError):
    """Two assessments that were not asked alike: what differs between them is no change."""


class JournalError(CeasefireError):
    """A journal that cannot be opened, read or written as asked; a class below for each situation."""


class NotAJournal(JournalError):
    """A file that is something else: text, another database, a folder."""


class NewerJournal(JournalError):
    """A journal written by a later version of this library, whose tables this one does not know."""


class JournalBusy(JournalError):
    """Another process held the journal for longer than this one was told to wait."""


class ReadOnlyJournal(JournalError):
    """A journal that can be read and not written: opened so, or on a medium that takes nothing."""


class DiskFull(JournalError):
    """There was no room for what was to be written; nothing of it was."""


class JournalGone(JournalError):
    """The file of an open journal was deleted, moved or replaced: what is written now would be lost."""


class DamagedJournal(JournalError):
    """A journal whose file does not hold together; `verify` reads what can still be read."""


class ClosedJournal(JournalError):
    """A journal that was used after it was closed."""


class InheritedJournal(JournalError):
    """A journal that another process opened, from which this one was made by `fork`."""


class LinkedJournal(JournalError):
    """A file with several names (hard links): what is written under one name is lost under another."""


class OtherThread(JournalError):
    """A journal that is used in another thread than the one it was opened in."""


class NotAdopted(JournalError):
    """A seal over records that did not begin in this journal, and that nobody has adopted."""

    def __init__(self, what: str, records: tuple[str, ...] = ()) -> None:
        #: The ids of these records.
        self.records = records
        super().__init__(what)


class BadSeal(CeasefireError, ValueError):
    """A seal that its key did not make, or whose key does not sign for its author at its time."""


class InvalidKey(CeasefireError, ValueError):
    """A text or a file that holds no key of the kind wanted."""


class LockedKey(CeasefireError, ValueError):
    """A key file that its passphrase does not open: none was given, another one, or one too many."""


class ReportError(CeasefireError, ValueError):
    """A report that cannot be made as asked: an unknown audience, or a file name that names no format."""


class MissingExtra(CeasefireError, ImportError):
    """A feature needs packages that are installed by an extra, which the message names."""

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{what} needs the extra {extra!r}: pip install 'ceasefire[{extra}]'")


def _made_again(cls: type[CeasefireError], args: tuple[Any, ...], known: dict[str, Any]) -> CeasefireError:
    """Return an error that was pickled."""
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(known)
    return error


def nearest(word: object, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or the only one that begins with it, or None."""
    if not isinstance(word, str) or len(word) > 200:  # noqa: PLR2004 - no id is that long: comparing takes for ever
        return None
    words = sorted(set(known))
    from difflib import get_close_matches

    found = get_close_matches(word, words, n=1, cutoff=0.6)
    if not found and len(word) >= 3:  # noqa: PLR2004 - one letter begins anything: `ahrar`, not `a`
        begun = [other for other in words if other.startswith(word)]
        found = begun if len(begun) == 1 else []
    return found[0] if found else None


def did_you_mean(word: str | None) -> str:
    """Return a remark for the end of a message, empty when there is no suggestion."""
    return f" – did you mean {word!r}?" if word else ""


def date_meant(text: str) -> str:
    """Return the date in ISO 8601 that a text means which writes it in another way; else an example of one.

    Of `5/6/2017` nobody knows which number is the month: both readings are given.
    """
    found = _DATE_MEANT.fullmatch(text.strip())
    if found is None:
        return _A_DATE
    year = int(found["year"] or found["last"])
    one, other = (int(found[name]) for name in (("month", "day") if found["year"] else ("second", "first")))
    point = bool(found["year"]) or found["mark"] == "."
    pairs = dict.fromkeys([(one, other)] if point else [(one, other), (other, one)])
    read = [day_that_exists(year, month, day) for month, day in pairs]
    return " or ".join(day for day in read if day) or _A_DATE


def day_that_exists(year: int, month: int, day: int) -> str | None:
    """Return a day in ISO 8601, None where the calendar has none: advice names no other."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def quoted(value: object, most: int = 80) -> str:
    """Return a value as a message quotes it: plain data as it is written, anything else by what it is.

    No message holds the picture that a program has of an object.
    """
    try:
        text = _as_written(value)
    except (ValueError, TypeError, NotImplementedError):
        # A number of more digits than Python writes, the class of dates, a time in a zone without rules.
        text = with_article(type(value).__name__)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _as_written(value: object) -> str:
    if isinstance(value, str):
        return repr(str.__str__(value))
    if callable(getattr(value, "isoformat", None)):  # a date or a time, of whatever library
        return str(value.isoformat())  # type: ignore[attr-defined]
    return repr(value) if _is_plain(value) else with_article(type(value).__name__)


def _is_plain(value: object, depth: int = 3) -> bool:
    """Tell whether a value is what a file of JSON could hold, and no deeper than a reader follows."""
    if value is None or type(value) in (str, int, float, bool):
        return True
    if depth and type(value) in (list, tuple):
        return all(_is_plain(one, depth - 1) for one in value)  # type: ignore[attr-defined]
    if depth and type(value) is dict:
        return all(_is_plain(one, depth - 1) for pair in value.items() for one in pair)
    return False


def with_article(word: str) -> str:
    """Return a word after "a" or "an": no word of ours begins with a letter that is not spoken as written."""
    return f"{'an' if word[:1].lower() in 'aeiou' else 'a'} {word}"


def reason(error: OSError | ValueError) -> str:
    """Return why the system does not open a file, and what to do about it."""
    if not isinstance(error, OSError):
        return "its path holds a character that no path has: take it out"
    return f"{error.strerror or error}: {_REMEDIES.get(error.errno or 0, 'try again, or another file')}"


def path_named(path: object, what: str) -> str:
    """Return the path of a file as a text; raises for what is none.

    `what` is to be done with it, "read" or "written": the error is `UnreadableFile` or
    `UnwritableFile`.
    """
    error = UnreadableFile if what == "read" else UnwritableFile
    name = os.fspath(path) if isinstance(path, str | os.PathLike) else None
    if not isinstance(name, str):
        raise error(f"{quoted(path)} cannot be {what}: give the path of a file as a text")
    if "\0" in name or not _encodable(name):
        raise error(f"{name!r:.80} cannot be {what}: it holds a character that no path has: take it out")
    return name


def _encodable(name: str) -> bool:
    """Tell whether the system can be asked for a file of that name: half a character has no bytes."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return True
