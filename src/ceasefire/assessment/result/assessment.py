"""The assessment: what was asked, what was found, and every way to read it, imported when it is asked for."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen
from msgspec.structs import replace

from ceasefire.assessment.codes import no_audience, present
from ceasefire.assessment.evaluate import anew, assessed
from ceasefire.assessment.incremental.reassess import another_day, caught_up, more_records
from ceasefire.assessment.knowledge.release import released
from ceasefire.assessment.result import lists
from ceasefire.assessment.result.entries import Lists, as_dict, dicts
from ceasefire.assessment.result.view import Facts, View, view_of
from ceasefire.clock import iso
from ceasefire.collecting import uncollected
from ceasefire.columnar import parquet
from ceasefire.errors import Incomparable, UnknownRow, did_you_mean, nearest, quoted
from ceasefire.instruments.terms import Agreement, Commitment, Party
from ceasefire.record import Record
from ceasefire.record.choices import ALLOWED, leaves_no_trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import pandas as pd  # type: ignore[import-untyped]  # it has no types
    import polars as pl
    from arro3.core import Table

    from ceasefire.assessment.obligations.rows import Row
    from ceasefire.assessment.result.changes import Change
    from ceasefire.assessment.result.due import Due
    from ceasefire.assessment.result.entries import ClaimEntry, DueEntry, RowEntry
    from ceasefire.assessment.result.html import Entry
    from ceasefire.assessment.result.key_figures import KeyFigure
    from ceasefire.assessment.result.reasons import Reason
    from ceasefire.clock import Moment

    When = str | date | Moment


def assess(  # noqa: PLR0913 – the arguments of a call are these
    agreement: Agreement | Iterable[Agreement],
    records: Iterable[Record],
    *,
    as_of: When,
    known_at: When | None = None,
    since: When | None = None,
    relays: bool = False,
) -> Assessment:
    """Return what the records add up to as of a day or an instant.

    `as_of` and `known_at` given as a date mean its last microsecond, `since` its
    first, in the agreements' time zone. `known_at` leaves out what had not been
    received by then; `relays` counts relayed statements as their speakers'.

    Raises `MissingAgreement` where an agreement refers to one not given,
    `ConflictingDefinitions` where they do not fit together, `NaiveTime` or
    `InvalidTime` for a time that is none. Oddities in records are problems in the
    result, never exceptions.
    """
    found = assessed(agreement, records, as_of=as_of, known_at=known_at, since=since, relays=relays)
    return Assessment(View(found))


@frozen(slots=False, eq=False, repr=False)
class Assessment(Facts):
    """What the records add up to on a day: rows, claims, reasons and problems.

    `status["cease-hostilities", "armed-opposition"]` is a row, `status.claim(id)`
    a claim, `status.why(…)` the reasons in sentences, `status.table(name)` a list
    made for `pandas.DataFrame`, `status.to_dict()` everything.
    """

    #: The lists that were asked for so far: a cache, which changes no answer.
    _made: dict[str, tuple[Any, ...]] = field(init=False, factory=dict)

    @property
    def coming(self) -> list[dict[str, Any]]:
        """What is due after the day asked about, the nearest first, each with all who owe it."""
        return dicts(self.falling_due)

    @cached_property
    def falling_due(self) -> tuple[DueEntry, ...]:
        """What `coming` tells, as typed rows."""
        from ceasefire.assessment.result.falling_due import falling_due

        return falling_due(self._view, self._list("responses"))

    @property
    def lists(self) -> Lists:
        """The lists as typed rows, each made when it is first asked for: what `to_dict` lays out."""
        make = {name: partial(self._list, name) for name in lists.LISTS}
        asked, made_from = lists.asked(self._view), lists.made_from(self._view)
        return Lists(audience=self.audience, asked=asked, made_from=made_from, make=make)

    @cached_property
    def reasons(self) -> Mapping[tuple[str, str | None], tuple[Reason, ...]]:
        """The reasons of each row, by its commitment and who owes it: of what the list `reasons` is made."""
        with uncollected():
            rows = self._view.outcome.rows
            return {(r.commitment, r.owed_by): tuple(lists.row_reasons(self._view, r)) for r in rows}

    def due(self, days: int = 30) -> tuple[Due, ...]:
        """Return what has passed undone, and what is due within so many days, by time.

        Raises `UnknownRow` for what is no number of days.
        """
        from ceasefire.assessment.result.due import due

        return due(self._view, self._list("responses"), days)

    def changes(self, since: Assessment) -> tuple[Change, ...]:
        """Return what stands otherwise than in an earlier assessment of the same agreements, and why.

        Raises `Incomparable` where they are not of the same agreements, audience and relays,
        or where the earlier one is as of a later day.
        """
        from ceasefire.assessment.result.changes import changes

        _an_assessment(since)
        with uncollected():
            return changes(self._view, view_of(since), self.open_cases, since.open_cases)

    def key_figures(self, since: Assessment | None = None) -> tuple[KeyFigure, ...]:
        """Return the key figures, each with what it was in an earlier assessment of the same agreements.

        Raises `Incomparable` as `changes` does.
        """
        from ceasefire.assessment.result.changes import refuse_incomparable
        from ceasefire.assessment.result.key_figures import key_figures

        if since is None:
            return key_figures(self._view, self.due(), None, ())
        refuse_incomparable(self._view, view_of(_an_assessment(since)))
        return key_figures(self._view, self.due(), view_of(since), since.due())

    @cached_property
    def open_cases(self) -> dict[str, bool]:
        """Whether the case of each claim is open, by its record."""
        from ceasefire.assessment.result.cases import open_cases

        outcome, relays = self._view.outcome, self._view.asked.relays
        return open_cases((c for h in outcome.heard for c in h.claims), outcome.responses, relays=relays)

    def _list(self, name: str) -> tuple[Any, ...]:
        """Return the list of a name, made when it is first asked for."""
        if name not in self._made:
            with uncollected():
                self._made[name] = tuple(lists.LISTS[name](self._view))
        return self._made[name]

    @cached_property
    def _claims(self) -> dict[tuple[str, str | None], ClaimEntry]:
        """Every claim by its record and agreement, and by its record alone the one judged first."""
        claims: tuple[ClaimEntry, ...] = self._list("claims")
        found: dict[tuple[str, str | None], ClaimEntry] = {}
        for claim in claims:
            found[claim.record, claim.agreement] = claim
            found.setdefault((claim.record, None), claim)
        return found

    @cached_property
    def _rows(self) -> dict[tuple[str, str | None], RowEntry]:
        return {(row.commitment, row.owed_by): row for row in self._list("commitments")}

    def to_dict(self) -> dict[str, Any]:
        """Return everything as one JSON object (docs/rules/result.md); a copy, to do with as you like."""
        return self.lists.to_dict()

    def table(
        self, name: str, *, days: int | None = None, since: Assessment | None = None
    ) -> list[dict[str, Any]]:
        """Return the list of that name as flat dicts, list cells joined by `;`.

        That of claims tells beside the list what was said: `act`, `place`, `accused`, `text`, and
        `from_date` and `until_date`, local days in the agreements' time zone. Beside the lists there are
        `due` (within so many `days`, else 30), `changes` (`since` an earlier one) and `key_figures`.
        """
        with uncollected():
            return self._rows_of(name, days, since, flat=True)

    def _rows_of(
        self, name: str, days: int | None, since: Assessment | None, *, flat: bool
    ) -> list[dict[str, Any]]:
        """Return the rows of a table, flat or with their lists in their cells."""
        if not isinstance(name, str) or name not in lists.LISTS or (days, since) != (None, None):
            return self._rows_beside(name, days, since, flat=flat)
        rows = dicts(self._list(name))
        if name == "claims":
            from ceasefire.assessment.result.claims_table import with_sayings

            rows = with_sayings(self._view, self._list(name))
        return lists.joined(rows) if flat else list(lists.columns(rows))

    def _rows_beside(
        self, name: str, days: int | None, since: Assessment | None, *, flat: bool
    ) -> list[dict[str, Any]]:
        """Return the rows of a table beside the lists; raises `UnknownRow` where there is none."""
        from ceasefire.assessment.result import changes, due, frames, key_figures

        frames.refuse_table(name, days, since)
        if name == "due":
            return list(map(due.as_row if flat else due.as_entry, self.due(30 if days is None else days)))
        if name == "changes":
            told = changes.as_row if flat else changes.as_columns
            return list(map(told, self.changes(_an_assessment(since))))
        return list(map(key_figures.as_row if flat else key_figures.as_columns, self.key_figures(since)))

    def to_pandas(
        self, name: str, *, days: int | None = None, since: Assessment | None = None
    ) -> pd.DataFrame:
        """Return `table` as a frame of pandas: missing cells stay missing, in columns of integers too.

        Raises `MissingExtra` where the package of the extra `pandas` is not installed.
        """
        from ceasefire.assessment.result.frames import as_pandas

        return as_pandas(name, self.table(name, days=days, since=since))

    def to_polars(
        self, name: str, *, days: int | None = None, since: Assessment | None = None
    ) -> pl.DataFrame:
        """Return `table` as a frame of polars: missing cells stay missing.

        Raises `MissingExtra` where the package of the extra `polars` is not installed.
        """
        from ceasefire.assessment.result.frames import as_polars

        return as_polars(name, self.table(name, days=days, since=since))

    def to_arrow(self, name: str, *, days: int | None = None, since: Assessment | None = None) -> Table:
        """Return `table` as one of Arrow: instants, days and lists are such, and other programs read it.

        Raises `MissingExtra` where the package of the extra `arrow` is not installed.
        """
        from ceasefire.assessment.result.frames import as_arrow

        return as_arrow(name, self._rows_of(name, days, since, flat=False))

    def to_parquet(self, name: str, *, days: int | None = None, since: Assessment | None = None) -> bytes:
        """Return `to_arrow` as a file of Parquet; raises `MissingExtra` without the extra `parquet`."""
        return parquet(self.to_arrow(name, days=days, since=since))

    def __getitem__(self, key: tuple[str | Commitment, str | Party | None]) -> Entry:
        """Return the row of a commitment and one who owes it; None for nobody in particular."""
        if not isinstance(key, tuple) or len(key) != 2:  # noqa: PLR2004 - a commitment and a party
            raise UnknownRow(
                f"{quoted(key)} is no row: write status[commitment, owed_by], or None for nobody"
            )
        from ceasefire.assessment.result.html import Entry

        return Entry(as_dict(self._rows[self._find(*key)]))

    def row(self, commitment: str | Commitment, owed_by: str | Party | None) -> Row:
        """Return the row with everything it rests on."""
        return self._view.whole.rows[self._find(commitment, owed_by)]

    def claim(self, record: str | Record, agreement: str | Agreement | None = None) -> Entry:
        """Return a claim as determined, in the first agreement that judges it unless one is named."""
        name = _id(record)
        court = agreement.id if isinstance(agreement, Agreement) else agreement
        if court is not None:
            _text(court, "agreement")
        found = self._claims.get((name, court))
        if found is not None:
            from ceasefire.assessment.result.html import Entry

            return Entry(as_dict(found))
        under = [claim.agreement for claim in self._list("claims") if claim.record == name]
        if under:
            guess = did_you_mean(nearest(court, under)) or f": it is judged under {', '.join(under)}"
            raise UnknownRow(f"no claim {name!r} under {court!r}{guess}")
        known = {claim.record for claim in self._list("claims")}
        raise UnknownRow(f"no claim {name!r} in this assessment{did_you_mean(nearest(name, known))}")

    def why(
        self,
        commitment: str | Commitment,
        owed_by: str | Party | None,
        record: str | Record | None = None,
    ) -> str:
        """Return why a row stands as it does, a sentence each; of one record, why it counts or not."""
        from ceasefire.assessment.result.sentences import sentences

        place = self._find(commitment, owed_by)
        row, entry = self._view.whole.rows[place], self._rows[place]
        name = None if record is None else _id(record)
        return "\n".join(sentences(self._view, row, entry, name))

    def at(self, as_of: When, *, since: When | None = None) -> Assessment:
        """Return what the same records add up to as of another day.

        The same as assessing them anew with that day, and much sooner: what no day
        changes is not found again. Raises `NaiveTime` or `InvalidTime` as `assess` does.
        """
        found = another_day(self._view.whole, as_of, since)
        return Assessment(View(found, shown_to=self._view.shown_to))

    def plus(self, *records: Record) -> Assessment:
        """Return what the same records and some more add up to as of the same day.

        The same as assessing all of them anew, and sooner: what the new ones do not bear
        on is not found again. After acts, findings on acts and counts the rows are there at
        once; the rest is found when it is asked for. A journal's heads are left out: it does
        not hold the new ones.
        """
        return Assessment(View(*more_records(self._view.newest, records, self._view.told)))

    def caught_up(self, journal: Iterable[Record]) -> Assessment:
        """Return what a journal adds up to as it is now, as of the same day.

        The same as assessing the journal anew, and sooner where this is an assessment of
        it, still open, and a few records have come since, from whatever program: only
        those are read, and of most of them the rows are there at once, as with `plus`. Where
        bodies are absent or chains are forked, all is read again.
        """
        return Assessment(View(*caught_up(self._view.newest, self._view.told, journal)))

    def for_audience(self, audience: str) -> Assessment:
        """Return the same assessment made from only the records that an audience may see.

        `author` sees all, `mechanism` all but what is for its author alone, `public`
        what was released, a party (by its id) what the mechanism sees and all of its own
        (docs/rules/records.md, "Fields that every record has"). The public and a party see no
        line that could not be read, and of chains no head but the party's own: nobody knows for
        whom the rest was. What they are told not to be there, is told as not released to
        them, whether or not there is more. Raises `UnknownRow` for any other audience.
        """
        self._refuse_unknown(audience)
        view, call = self._view, self._view.asked
        seen = released(call.records, audience, call.known_at, call.chains.without_effect)
        asked = replace(call, records=seen)
        if leaves_no_trace(audience):
            own = tuple(head for head in asked.told.heads if head[0] == audience)
            asked = replace(asked, told=replace(asked.told, heads=own), mistakes=())
        shown_to = audience if present(audience) != present(None) else None
        if asked == call:
            return self if shown_to == view.shown_to else Assessment(evolve(view, shown_to=shown_to))
        unmarked = replace(asked, told=replace(asked.told, mark=None))
        return Assessment(View(anew(unmarked, view.world), shown_to=shown_to))

    def _refuse_unknown(self, audience: object) -> None:
        """Refuse what is no audience; raises `UnknownRow`."""
        if not isinstance(audience, str) or audience not in (*ALLOWED, *self._view.world.parties):
            raise UnknownRow(no_audience(audience, self._view.world.parties))

    def _find(self, commitment: str | Commitment, owed_by: str | Party | None) -> tuple[str, str | None]:
        name = commitment.name if isinstance(commitment, Commitment) else _text(commitment, "commitment")
        if owed_by is None:
            party = None
        else:
            party = owed_by.id if isinstance(owed_by, Party) else _text(owed_by, "party")
        full = self.full_name(name)
        if full is None:
            full_names = self._view.world.commitments
            known = {*full_names, *(one.id for one in full_names.values())}
            if several := self._view.world.short_for(name):
                raise UnknownRow(
                    f"{name!r} is a commitment of several agreements: write {' or '.join(several)}"
                )
            raise UnknownRow(f"no commitment {quoted(name)}{did_you_mean(nearest(name, known))}")
        if (full, party) not in self._rows:
            owing = [str(key[1] or "nobody in particular (None)") for key in self._rows if key[0] == full]
            raise UnknownRow(
                f"no row of {party!r} under {full}: it has those of {', '.join(owing) or 'nobody'}"
            )
        return full, party

    def _repr_html_(self) -> str:
        """Return the rows as an HTML table, for notebooks."""
        from ceasefire.assessment.result.html import rows_as_html

        return rows_as_html(self._view)

    def __repr__(self) -> str:
        """Return a line that says what was assessed, as of when."""
        named = ", ".join(agreement.id for agreement in self.agreements)
        return f"<Assessment of {named} as of {iso(self.as_of)}: {len(self._rows)} rows>"


def _an_assessment(given: object) -> Assessment:
    if not isinstance(given, Assessment):
        raise Incomparable(f"{quoted(given)} is no assessment: give one, such as status.at(day)")
    return given


def _id(record: str | Record) -> str:
    """Return the id of a record, given as such or by its id."""
    return record.own_id if isinstance(record, Record) else _text(record, "record")


def _text(name: object, what: str) -> str:
    if not isinstance(name, str):
        raise UnknownRow(f"{quoted(name)} is no {what}, and no id of one")
    return name
