"""What several commands are given alike: agreements, records from a file or a journal, times."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click
from attrs import frozen

from ceasefire.assessment import Assessment, assess
from ceasefire.clock import Instant, last_instant, moment, now
from ceasefire.commands.terminal import progress
from ceasefire.errors import InvalidTime, InvalidValue, RecordError, UnreadableFile
from ceasefire.exchange.shipped import records_of
from ceasefire.instruments import agreement
from ceasefire.journal import Journal
from ceasefire.journal.stores.address import is_address, shown
from ceasefire.record.fields import identifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ceasefire.errors import Mistake

Command = TypeVar("Command", bound="Callable[..., Any]")


@frozen(kw_only=True)
class Question:
    """What an assessment is asked, as the command line gives it."""

    agreements: tuple[str, ...]
    records: tuple[str, ...]
    journal: str | None
    as_of: str
    known_at: str | None
    since: str | None
    relays: bool

    def answer(self) -> tuple[Assessment, tuple[Mistake, ...]]:
        """Return the assessment, and the mistakes in lines of the file that hold no record."""
        if bool(self.records) == (self.journal is not None):
            raise click.UsageError("say where the records are: either --journal DB or --records FILE")
        texts = [agreement(name) for name in self.agreements]
        asked: dict[str, Any] = {
            "as_of": self.as_of,
            "known_at": self.known_at,
            "since": self.since,
            "relays": self.relays,
        }
        if self.records:
            progress(f"reading {', '.join(self.records)}")
            several = [records_of(one) for one in self.records]
            records = [record for one in several for record in one]
            progress(f"assessing {len(records)} records")
            return assess(texts, records, **asked), tuple(m for one in several for m in one.mistakes)
        with journal_at(str(self.journal)) as journal:
            progress(f"assessing {len(journal)} records of {shown(str(self.journal))}")
            return assess(texts, journal, **asked), ()


def time_given(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Check a time where it is given, before any long work."""
    if value is None:
        return None
    try:
        moment(value)
    except InvalidValue as error:
        raise click.BadParameter(str(error), context, parameter) from error
    return value


def name_given(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Check the name of an author where it is given, before any long work."""
    try:
        return identifier(value)
    except RecordError as error:
        raise click.BadParameter(str(error), context, parameter) from error


def clock_at(time: str) -> Callable[[], Instant]:
    """Return a clock that stands at a time, which may not lie in the future."""
    stands = Instant(last_instant(time, "UTC"))
    if stands > (read := now()):
        raise InvalidTime(f"--at {time} lies in the future: it is {read}")
    return lambda: stands


def question(command: Command) -> Command:
    """Add the arguments of an assessment to a command, which gets them as one `Question`."""
    agreements = click.argument("agreements", nargs=-1, required=True, metavar="AGREEMENT…")
    return agreements(asked(command))


def asked(command: Command) -> Command:
    """Add the options of an assessment to a command: where the records are, as of when, and its period."""
    since = click.option(
        "--since",
        metavar="T",
        callback=time_given,
        help="Where the period begins; the one of equal length before it is shown beside it.",
    )
    return _with(command, (*_WHERE, *_WHEN, since, _RELAYS))


def asked_of_a_day(command: Command) -> Command:
    """Add the options of an assessment without a period to a command."""
    return _with(command, (*_WHERE, *_WHEN, _RELAYS))


def _with(command: Command, options: Sequence[Callable[[Command], Command]]) -> Command:
    for add in reversed(options):
        command = add(command)
    return command


_WHERE: Final[tuple[Any, ...]] = (
    click.option("--journal", metavar="DB", help="The journal that holds the records."),
    click.option(
        "--records",
        multiple=True,
        metavar="FILE",
        help="A file of records instead, one JSON object a line, or the name of records that ship. "
        "Several may be given.",
    ),
)
_WHEN: Final[tuple[Any, ...]] = (
    click.option(
        "--as-of",
        required=True,
        metavar="T",
        callback=time_given,
        help="The day or instant it is for; a date means its end, in the agreements' time zone.",
    ),
    click.option(
        "--known-at",
        metavar="T",
        callback=time_given,
        help="Only with what had been received by then.",
    ),
)
_RELAYS: Final[Any] = click.option(
    "--relays", is_flag=True, help="Count relayed statements as their speakers' positions."
)


@contextmanager
def journal_at(path: str, *, read_only: bool = True, **settings: Any) -> Iterator[Journal]:
    """Open a journal that exists; raises `UnreadableFile` where there is none, and makes none.

    `settings` are those of `Journal.open`. In a database a journal that is only read is
    not made either.
    """
    if is_address(path):
        with Journal.open(path, read_only=read_only, **settings) as journal:
            yield journal
        return
    try:
        size = Path(path).stat().st_size if Path(path).is_file() else None
    except (OSError, ValueError):  # a name longer than the system allows, or with a null character
        size = None
    if size is None:
        raise UnreadableFile(
            f"there is no journal {path}: make one with ceasefire record, ceasefire import or ceasefire "
            "merge, or give its path"
        )
    if not size:  # opening it would make a journal of it, and say that all is well
        raise UnreadableFile(f"{path} is empty, and no journal: if it was one, its records are lost")
    with Journal.open(path, read_only=read_only, **settings) as journal:
        yield journal
