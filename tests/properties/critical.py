"""The critical instants of a history: those at which something may change."""

import json
import re

from attrs import asdict

from ceasefire.clock import PartialDate, instant
from ceasefire.record import to_json


def of_dates(found, zone):
    """The first and last microseconds of dates and months, each (year, month, day or nothing)."""
    for year, month, day in found:
        yield from PartialDate(int(year), int(month), int(day) if day else None).bounds(zone)


def stated_in(agreement):
    """The instants and the bounds of the dates that an agreement states."""
    shown = repr(asdict(agreement, recurse=False))
    dates = re.findall(r"PartialDate\(year=(\d+), month=(\d+), day=(\d+)\)", shown)
    yield from of_dates(dates, agreement.timezone)
    yield from (int(us) for us in re.findall(r"Instant\(us=(\d+)", shown))


def stated_by(record, zone):
    """The instants and the bounds of the dates that a record states, when it was written among them."""
    shown = json.dumps(to_json(record))
    yield from of_dates(re.findall(r'"(\d{4})-(\d\d)(?:-(\d\d))?"', shown), zone)
    yield from (instant(stated).us for stated in re.findall(r'"(\d{4}-\d\d-\d\dT[^"]*)"', shown))


def computed_in(row):
    """The instants that a row rests on: its moves, its deadline, its periods."""
    yield from (move.at for move in row.moves)
    yield from row.missed
    if row.due is not None:
        yield row.due
    for period in row.performances.periods if row.performances is not None else ():
        yield from (period.start, period.end)


def computed_for(life):
    """The instants that a commitment rests on: its end, its window, its suspensions, its deadline."""
    yield from (life.closes, life.end)
    for pause in life.pauses:
        yield from (pause.start, pause.end)
    if life.deadline is not None:
        yield life.deadline.passes


def computed(status):
    """The instants that an answer rests on."""
    for row in status.outcome.rows:
        yield from computed_in(row)
    for one in status.outcome.obligations.values():
        yield from computed_for(one.life)
    for life in status.outcome.lives.values():
        yield from (move.at for move in life.moves)
        yield life.until or 0
    for heard in status.outcome.heard:
        yield from (effect.at for effect in status.outcome.effects[heard.agreement.id])
        yield from (claim.ruling.silence_ended or 0 for claim in heard.claims)


def terms(history, status):
    """The ends of the terms of agreements, counted from entry into force and from every extension."""
    zone = history.agreements[0].timezone
    extended = [r.until for r in history.records if r.kind == "decision" and r.does == "extend"]
    for agreement in history.agreements:
        life = status.outcome.lives[agreement.id]
        if agreement.duration is None or life.entry is None:
            continue
        anchors = {
            life.entry,
            *(edge for until in extended for edge in (until.bounds(zone)[0], until.bounds(zone)[1] + 1)),
        }
        for anchor in anchors:
            yield from (agreement.duration.after_us(anchor, zone, times) for times in range(1, 8))


def instants_of(history, *statuses):
    """Every instant at which something may change, and the microsecond after each."""
    zone = history.agreements[0].timezone
    found = {at for agreement in history.agreements for at in stated_in(agreement)}
    found |= {at for record in history.records for at in stated_by(record, zone)}
    found |= {at for status in statuses for at in (*computed(status), *terms(history, status))}
    return {moved for at in found for moved in (at, at + 1)}
