"""The material of a report, made of an assessment for one audience, with that of what it is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ceasefire.clock import iso, to_local
from ceasefire.reporting.material.audience import released, seen_by
from ceasefire.reporting.material.material import Material
from ceasefire.reporting.material.names import names_of
from ceasefire.reporting.words.days import Days
from ceasefire.reporting.words.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ceasefire.assessment import Assessment, Effect
    from ceasefire.assessment.result.entries import DueEntry, ResponseEntry
    from ceasefire.instruments.terms import Agreement
    from ceasefire.reporting.material.material import Wanted


def material(assessment: Assessment, wanted: Wanted) -> Material:
    """Return what a report is written from, and what it is compared with."""
    seen = seen_by(assessment, wanted.audience)
    return _of(seen, wanted, _compared(seen, wanted))


def _compared(seen: Assessment, wanted: Wanted) -> Assessment | None:
    """Return what to compare with, over a span as long as the period where there is one."""
    if wanted.previous is None:
        if seen.previous is None:
            return None
        first, last = seen.previous
        return seen.at(iso(last), since=iso(first))
    earlier = seen_by(wanted.previous, wanted.audience)
    start = None if seen.since is None else iso(earlier.as_of - (seen.as_of - seen.since))
    return earlier.at(iso(earlier.as_of), since=start)


def _of(seen: Assessment, wanted: Wanted, earlier: Assessment | None) -> Material:
    shown = released(seen, wanted.audience)
    said = vocabulary(wanted.language)
    year = to_local(seen.as_of, seen.timezone).year
    return Material(
        wanted=wanted,
        audience=wanted.audience,
        agreements=tuple(seen.agreements),
        timezone=seen.timezone,
        as_of=seen.as_of,
        known_at=seen.known_at,
        since=seen.since,
        span_before=seen.previous,
        relays=seen.relays,
        issued=wanted.issued,
        data=shown.data,
        seen=shown,
        not_released=len(seen.missing),
        records=seen.records,
        nameless=shown.nameless,
        wordless=shown.wordless,
        names=names_of(seen.agreements, seen.full_name, said),
        lives=seen.lives,
        withdrawn=seen.withdrawn,
        superseded=seen.superseded,
        sealed=seen.sealed,
        running=_running(seen),
        coming=tuple(_coming(seen, shown.data.responses)),
        looked_at=seen.looked_at,
        began=seen.began,
        vocabulary=said,
        days=Days(vocabulary=said, zone=seen.timezone, year=year, months=_months(seen.agreements)),
        given_title=wanted.title,
        before=None if earlier is None else released(earlier, wanted.audience),
        key_figures=seen.key_figures(since=earlier),
        takings_back=seen.withdrawals,
        corrections=seen.corrections,
        changes=() if earlier is None else seen.changes(since=earlier),
    )


def _months(agreements: Iterable[Agreement]) -> str:
    """Return which names of the months the first agreement asks for that asks for others than the usual."""
    return next((one.months for one in agreements if one.months != "usual"), "")


def _running(seen: Assessment) -> dict[str, tuple[Effect, ...]]:
    """Return the notices that run, by agreement, of which this audience may see the record."""
    return {
        name: tuple(e for e in several if e.record in seen.records) for name, several in seen.notices.items()
    }


def _coming(seen: Assessment, responses: Iterable[ResponseEntry]) -> Iterator[DueEntry]:
    """Yield what is due, but what is asked of somebody whom this audience may not know to be asked.

    Nor what a text asks that was adopted only after the day of the report: nobody knew of it then.
    """
    told = {r.record for r in responses if r.state == "open"}
    later = {
        agreement.id
        for agreement in seen.agreements
        if agreement.adopted is not None and agreement.adopted.bounds(seen.timezone)[0] > seen.as_of
    }
    for one in seen.falling_due:
        if one.agreement not in later and (one.kind != "answer" or one.record in told):
            yield one
