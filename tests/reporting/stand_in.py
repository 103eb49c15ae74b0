"""An assessment made by hand: the output object of the format, with real agreements and records.

The report is tested against the format alone, so that a test says what is shown
for given lists, whatever the engine would have put in them.
"""

import csv
from importlib import resources
from types import SimpleNamespace

from attrs import evolve, frozen

from ceasefire.assessment.result import entries
from ceasefire.clock import instant, iso, last_instant
from ceasefire.instruments import agreement
from ceasefire.record import Incident, Tally

ZONE = "Asia/Damascus"
SHAPES = {
    "agreements": "agreement state from until",
    "commitments": ("commitment owed_by phase phase_from compliance breaches open ongoing due late_by ruled"),
    "spans": "commitment owed_by span from until breaches open overdue",
    "reasons": "commitment owed_by record at effect code why",
    "claims": (
        "record wording kind by said_by from until agreement mechanism determination counts_as attributed_to "
        "severity under awaiting"
    ),
    "positions": "record agreement mechanism member question answer finding counted",
    "tallies": (
        "record by said_by from until zone part_of act unit count answers confirmed not_confirmed not_covered "
        "accused against at_least cumulative ruled pending killed injured read through"
    ),
    "cases": "record open awaiting",
    "responses": "record to step by addressee due state",
    "appraisals": "record commitment owed_by from until by grade",
    "problems": "record code what",
}
CLASSES = {
    "agreements": entries.AgreementEntry,
    "commitments": entries.RowEntry,
    "spans": entries.SpanEntry,
    "reasons": entries.ReasonEntry,
    "claims": entries.ClaimEntry,
    "positions": entries.PositionEntry,
    "tallies": entries.TallyEntry,
    "cases": entries.CaseEntry,
    "responses": entries.ResponseEntry,
    "appraisals": entries.AppraisalEntry,
    "problems": entries.ProblemEntry,
}
MEMO = "syria-de-escalation-2017"
_DEFAULTS = {
    "attributed_to": [],
    "under": [],
    "awaiting": [],
    "ongoing": False,
    "breaches": 0,
    "open": 0,
    "counted": True,
    "accused": [],
    "against": [],
    "read": [],
    "at_least": False,
    "cumulative": False,
}


def row(table, **given):
    """Return a row of a list, with every key of the format."""
    unknown = set(given) - set(SHAPES[table].split()) - {"from_"}
    assert not unknown, f"{unknown} is not in the format"
    values = {key.rstrip("_"): value for key, value in given.items()}
    ruled = [] if table == "commitments" else False
    return {key: values.get(key, (_DEFAULTS | {"ruled": ruled}).get(key)) for key in SHAPES[table].split()}


def typed(table, given):
    """Return a row of a list as the class of its rows."""
    names = {"from": "from_", "count": "count_"}
    cells = {names.get(key, key): tuple(v) if isinstance(v, list) else v for key, v in given.items()}
    return CLASSES[table](**cells)


@frozen(kw_only=True)
class StandIn:
    """What `report` asks of an assessment."""

    agreements: tuple
    timezone: str = ZONE
    as_of: int
    known_at: int | None = None
    since: int | None = None
    relays: bool = False
    sealed: tuple = ()
    records: dict
    given: dict
    missing: frozenset = frozenset()
    falling_due: tuple = ()
    shown_to: str | None = None

    @property
    def looked_at(self):
        """Return how many records there are: all tell of what has occurred."""
        return len(self.records)

    @property
    def began(self):
        """Return when each act was over, by its record."""
        claims = self.given.get("claims", [])
        return {c["record"]: instant(c["until"] or c["from"]).us for c in claims if c["until"] or c["from"]}

    @property
    def lives(self):
        """Return that each agreement entered into force when its row says so, and goes on."""
        since = {r["agreement"]: instant(r["from"]).us for r in self.given.get("agreements", []) if r["from"]}
        return {
            a.id: SimpleNamespace(entry=since.get(a.id), moves=(), ended_by=None) for a in self.agreements
        }

    @property
    def outcome(self):
        """Return what was found beside the lists: nothing was taken back or corrected here."""
        known = SimpleNamespace(idle={}, wordings=SimpleNamespace(by_id={}))
        return SimpleNamespace(known=known, heard=(), running={}, full_name=lambda name: name)

    @property
    def lists(self):
        """Return the lists as typed rows."""
        asked = entries.Question(
            agreements=tuple(a.id for a in self.agreements),
            as_of=iso(self.as_of),
            known_at=None if self.known_at is None else iso(self.known_at),
            since=None if self.since is None else iso(self.since),
            relays=self.relays,
        )
        made = entries.MadeFrom(
            rules=2,
            tzdata="2026b",
            agreements={a.id: dict(a.digests).get(a.id, "0" * 64) for a in self.agreements},
            records=len(self.records),
            heads={"analyst": "f" * 64},
        )
        lists = {table: tuple(typed(table, r) for r in self.given.get(table, [])) for table in SHAPES}
        return entries.Lists(audience="mechanism", asked=asked, made_from=made, **lists)

    def for_audience(self, audience):
        """Return what this audience may see: records released to it, and the rows of no other."""
        if audience == "mechanism":
            return self._only({i for i, r in self.records.items() if r.release != "author"})
        return self._only({i for i, r in self.records.items() if r.release == "public"})

    def _only(self, seen):
        def shown(item):
            return item.get("record") is None or item["record"] in seen

        lists = {table: [r for r in rows if shown(r)] for table, rows in self.given.items()}
        return evolve(self, records={i: r for i, r in self.records.items() if i in seen}, given=lists)


def stand_in(*agreements, as_of="2017-05-14", since=None, records=(), **lists):
    """Return an assessment of agreements (catalogue ids, the memorandum by default) with these lists."""
    several = tuple(agreement(a) if isinstance(a, str) else a for a in agreements or (MEMO,))
    held = {r.id: r for r in records}
    lists.setdefault("agreements", [row("agreements", agreement=a.id, state="in_force") for a in several])
    first = None if since is None else last_instant(since, ZONE) - 86_400_000_000 + 1
    return StandIn(
        agreements=several, as_of=last_instant(as_of, ZONE), since=first, records=held, given=lists
    )


def rows_of(*agreements, **given):
    """Return a row for each bearer of each commitment, and of nobody where it has acts."""
    return [
        row(
            "commitments",
            commitment=commitment.name,
            owed_by=owed,
            **{
                "phase": "active",
                "phase_from": "2017-05-05T21:00:00Z",
                "compliance": None
                if commitment.duty == "permit" or commitment.hortatory
                else "none_recorded",
            }
            | given,
        )
        for text in agreements
        for commitment in text.commitments
        if commitment.duty != "declare"
        for owed in (
            *(("+".join(commitment.owed_by),) if commitment.jointly else commitment.owed_by),
            *((None,) if commitment.acts else ()),
        )
    ]


def tally(
    number,
    period,
    count,
    *,
    by="analyst",
    side="russia",
    zone=None,
    parts=None,
    unit="cases of firing",
    **more,
):
    """Return a published count: its record, and its rows of the list."""
    identifier = f"{by}/{number}"
    record = Tally(
        id=identifier,
        by=by,
        said_by=side,
        recorded=f"{period}T18:00:00Z",
        period=period,
        count=count,
        zone=zone,
        by_zone=parts or {},
        act="attack.opening-fire",
        unit=unit,
        evidence={"title": "Bulletin", "url": f"https://example.org/{number}"},
        **more,
    )
    start, end = (iso(us) for us in record.period.bounds(ZONE))
    common = {
        "by": by,
        "said_by": side,
        "from": start,
        "until": end,
        "act": "attack.opening-fire",
        "unit": unit,
    }
    rows = [row("tallies", record=identifier, zone=zone, count=count, **common)]
    rows += [
        row("tallies", record=identifier, zone=z, part_of=identifier, count=n, **common)
        for z, n in record.by_zone
    ]
    return record, rows


def answer(number, to, confirmed, *, by="analyst", side="russia", **more):
    """Return what a side says of another's count: its record and its row."""
    identifier = f"{by}/{number}"
    record = Tally(
        id=identifier,
        by=by,
        said_by=side,
        answers=to,
        confirmed=confirmed,
        evidence={"title": "Bulletin"},
        **more,
    )
    return record, [
        row(
            "tallies",
            record=identifier,
            by=by,
            said_by=side,
            answers=to,
            confirmed=confirmed,
            not_confirmed=more.get("not_confirmed"),
            not_covered=more.get("not_covered"),
        )
    ]


def counts(*pairs):
    """Return records and rows of several counts and answers."""
    return [record for record, _ in pairs], [r for _, rows in pairs for r in rows]


def incident(
    number, *, by="russia", accused=("ahrar-al-sham",), determination="alleged", release="mechanism", **more
):
    """Return an incident: its record and its row of the list of claims."""
    identifier = f"{by}/{number}"
    claim = {k: more.pop(k) for k in ("attributed_to", "counts_as", "awaiting", "severity") if k in more}
    given = {"occurred": "2017-05-13", "act": "attack.shelling", "zone": "idlib"} | more
    record = Incident(
        id=identifier, by=by, accused=accused, release=release, recorded="2017-05-14T06:00:00Z", **given
    )
    start, end = record.occurred.bounds(ZONE)
    return record, row(
        "claims",
        record=identifier,
        wording=identifier,
        kind="incident",
        by=by,
        said_by=by,
        from_=iso(start),
        until=iso(end),
        agreement=MEMO,
        mechanism="trilateral",
        determination=determination,
        counts_as=claim.pop("counts_as", identifier),
        **claim,
    )


def bulletins():
    """Return the shipped bulletins as records and rows, read plainly: the importer has tests of its own."""
    zones = {z.name: z.id for z in agreement(MEMO).zones}
    path = resources.files("ceasefire").joinpath("data", "bulletins", "syria_bulletins_2016_2018.csv")
    found, number = [], 0
    published = {}
    with path.open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            key = (line["date"], line["source_of_count"])
            entry = published.setdefault(key, {"parts": {}, "confirmed": None, "count": None, "days": 1})
            if line["province"]:
                entry["parts"][zones.get(line["province"], line["province"])] = int(line["count"])
            else:
                entry.update(
                    count=int(line["count"]),
                    confirmed=line["confirmed_by_russia"],
                    days=int(line["period_days"]),
                )
    for (day, side), entry in published.items():
        number += 1
        period = day if entry["days"] == 1 else {"from": "2017-03-10", "to": day}
        found.append(_published(number, period, side, entry))
        if entry["confirmed"]:
            number += 1
            found.append(answer(number, f"analyst/{number - 1}", int(entry["confirmed"])))
    return found


def _published(number, period, side, entry):
    if isinstance(period, str):
        return tally(number, period, entry["count"], side=side, parts=entry["parts"])
    record, rows = tally(number, period["to"], entry["count"], side=side, parts=entry["parts"])
    start = iso(last_instant(period["from"], ZONE) - 86_400_000_000 + 1)
    return evolve(record, period=period), [r | {"from": start} for r in rows]
