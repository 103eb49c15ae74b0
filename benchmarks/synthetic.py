"""A synthetic history of any length: the same records every time, without a clock and without chance.

Two agreements with 40 commitments between two sides, eight groups of one of them, and
three guarantors who determine by consensus. Of a hundred records about 46 are
incidents, 32 findings, 8 tallies, 5 performances, and the rest responses, events,
decisions, memberships, corrections and withdrawals. An incident is covered, by its
act, by four to eight commitments.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ceasefire.record import from_json
from ceasefire.testing import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ceasefire.instruments import Agreement
    from ceasefire.record import Record

MEMBERS = ("iran", "russia", "turkey")
GROUPS = tuple(f"group-{n}" for n in range(8))
#: Four areas, each with the towns in it.
AREAS = {f"area-{a}": tuple(f"town-{a}-{n}" for n in range(6)) for a in range(4)}
TOWNS = tuple(town for towns in AREAS.values() for town in towns)
#: Families of acts, with the acts that are reported; one of them coarsely now and then.
ACTS = {
    "attack": ("attack.shelling", "attack.sniper", "attack.air-strike", "attack.drone", "attack"),
    "movement": ("movement.reinforcement", "movement.heavy-weapons"),
    "civilians": ("civilians.arrest", "civilians.abduction"),
    "provocation": ("provocation.incitement",),
    "territory": ("territory.advance",),
    "access": ("access.aid-blocked", "access.monitor-denied"),
}
REPORTED = tuple(act for acts in ACTS.values() for act in acts)
FIRST = datetime(2017, 5, 6, tzinfo=UTC)
#: All records are written within these days, however many they are.
DAYS = 700
#: The day to assess: after the last record.
AS_OF = "2019-05-01"
#: Another: thirty days before the last record.
EARLIER = "2019-03-08"


def agreements() -> list[Agreement]:
    """Return the two agreements: 28 commitments, and 12."""
    return [read(_accord()), read(_aid())]


def records(count: int) -> list[Record]:
    """Return the first so many records."""
    return [from_json(record) for record in _Pen(count).written()]


def _world(name: str) -> dict[str, Any]:
    return {
        "ceasefire": 1,
        "id": name,
        "title": name,
        "adopted": date(2017, 5, 4),
        "in_force": date(2017, 5, 6),
        "timezone": "Asia/Damascus",
        "party": [
            *({"id": member} for member in MEMBERS),
            {"id": "government"},
            {"id": "opposition"},
            *({"id": group, "member_of": ["opposition"]} for group in GROUPS),
        ],
        "zone": [
            *({"id": area, "covers": list(towns)} for area, towns in AREAS.items()),
            *({"id": town} for town in TOWNS),
        ],
        "mechanism": [
            {"id": "trilateral", "members": list(MEMBERS), "rule": "consensus", "oversees": ["accord", "aid"]}
        ],
    }


def _accord() -> dict[str, Any]:
    """Return 20 commitments not to do something in an area, and eight to do something."""
    refrained = [
        {"id": f"no-{family}-{area}", "duty": "refrain", "acts": [family], "zones": [area]}
        for family in ("attack", "movement", "civilians", "provocation", "territory")
        for area in AREAS
    ]
    done = [
        {"id": f"withdraw-{n}", "duty": "achieve", "due": date(2017, 6 + 2 * (n // 2), 4)} for n in range(4)
    ]
    done += [{"id": f"report-{n}", "duty": "recur", "every": "P1M"} for n in range(4)]
    return _world("accord") | {"commitment": [_owed(c) for c in (*refrained, *done)]}


def _aid() -> dict[str, Any]:
    """Return 12 commitments: open access and no attacks on aid, some of them conditional."""
    kept = [
        {"id": f"access-{area}", "duty": "maintain", "acts": ["access", "attack.air-strike"], "zones": [area]}
        for area in AREAS
    ]
    kept += [
        {"id": f"spare-{n}", "duty": "refrain", "acts": ["attack.sniper"], "except_against": [GROUPS[n]]}
        for n in range(2)
    ]
    done = [
        {"id": f"convoy-{n}", "duty": "achieve", "within": "P2W", "when": {"event": f"round-{n}"}}
        for n in range(4)
    ]
    done.append({"id": "inspect", "duty": "permit"})
    done.append({"id": "call", "duty": "achieve", "due": date(2017, 12, 31), "force": "hortatory"})
    return _world("aid") | {"commitment": [_owed(c) for c in (*kept, *done)]}


def _owed(commitment: dict[str, Any]) -> dict[str, Any]:
    return {"title": commitment["id"], "summary": "…", "owed_by": ["government", "opposition"]} | commitment


class _Pen:
    """Who writes what, in turn: every choice is a remainder of the record's place."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.numbers = dict.fromkeys(MEMBERS, 0)
        self.incidents: list[tuple[str, str]] = []

    def written(self) -> Iterator[dict[str, Any]]:
        """Yield the records, each later than the one before."""
        step = timedelta(days=DAYS) / max(self.count, 1)
        for place in range(self.count):
            at = FIRST + timedelta(days=2) + step * place
            yield self._record(place, at.replace(microsecond=place % 1_000_000))

    def _record(self, place: int, at: datetime) -> dict[str, Any]:
        turn = place % 100
        if turn % 2 == 0 and turn < 92:
            return self._incident(place, at)
        if turn % 2 and turn < 65:
            return self._finding(place, at)
        if turn < 81:
            return self._tally(place, at)
        if turn < 91:
            return self._performance(place, at)
        return self._rare(place, turn, at)

    def _envelope(self, kind: str, by: str, at: datetime) -> dict[str, Any]:
        self.numbers[by] += 1
        return {"kind": kind, "by": by, "id": f"{by}/{self.numbers[by]}", "recorded": at.isoformat()}

    def _incident(self, place: int, at: datetime) -> dict[str, Any]:
        turn = place // 2
        record = self._envelope("incident", MEMBERS[turn % 3], at)
        occurred = at - timedelta(hours=5 + turn % 40)
        record["occurred"] = occurred.date().isoformat() if turn % 3 == 0 else occurred.isoformat()
        record["act"] = REPORTED[turn * 7 % len(REPORTED)]
        record["zone"] = TOWNS[turn * 5 % len(TOWNS)] if turn % 9 else f"area-{turn % 4}"
        if turn % 5:
            record["accused"] = [("government", *GROUPS)[turn * 11 % 9]]
        if turn % 7 == 0:
            record["against"] = [GROUPS[turn * 3 % 8]]
        if turn % 41 == 0 and self.incidents:
            record["same_as"] = self.incidents[-1][0]
        self.incidents.append((record["id"], record["by"]))
        return record

    def _finding(self, place: int, at: datetime) -> dict[str, Any]:
        """Judge an incident of a while ago: of three in turn, two are judged, one of these by all."""
        turn = place // 2
        on, author = self.incidents[-1 - turn % 3 * 7 % max(len(self.incidents), 1)]
        others = [member for member in MEMBERS if member != author]
        record = self._envelope("finding", others[turn % 2], at) | {"on": on}
        record["outcome"] = ("confirmed", "confirmed", "confirmed", "refuted", "inconclusive")[turn % 5]
        if turn % 5 < 3:
            record["attributed_to"] = [("government", *GROUPS)[turn * 11 % 9]]
        return record

    def _tally(self, place: int, at: datetime) -> dict[str, Any]:
        record = self._envelope("tally", MEMBERS[place % 3], at)
        day = (at - timedelta(days=1)).date().isoformat()
        return record | {"period": day, "count": place % 7, "act": "attack.opening-fire"}

    def _performance(self, place: int, at: datetime) -> dict[str, Any]:
        turn = place // 2
        record = self._envelope("performance", MEMBERS[turn % 3], at)
        record["commitment"] = f"accord/report-{turn % 4}" if turn % 8 else f"accord/withdraw-{turn % 4}"
        record["performer"] = ("government", "opposition")[turn % 2]
        return record | {"occurred": (at - timedelta(hours=turn % 30)).isoformat()}

    def _rare(self, place: int, turn: int, at: datetime) -> dict[str, Any]:
        by = MEMBERS[place // 100 % 3]
        occurred = (at - timedelta(hours=7)).isoformat()
        on, author = self.incidents[-3]
        if turn == 92:
            return self._envelope("correction", author, at) | {"of": on, "set": {"zone": TOWNS[place % 24]}}
        if turn == 93:
            return self._envelope("withdrawal", author, at) | {"of": on}
        if turn == 94:
            name = f"round-{place // 100 % 4}"
            return self._envelope("event", by, at) | {"name": name, "occurred": occurred}
        if turn == 95 and place % 1000 < 100:
            does = "suspend" if place // 1000 % 2 == 0 else "resume"
            decision = {"does": does, "commitment": "accord/report-3", "occurred": occurred}
            return self._envelope("decision", by, at) | decision
        if turn == 96 and place % 1000 < 100:
            joined = {"actor": GROUPS[place // 1000 % 8], "group": "opposition", "occurred": occurred}
            return self._envelope("membership", by, at) | joined
        return self._envelope("response", by, at) | {"to": on, "step": "inquiry"}
