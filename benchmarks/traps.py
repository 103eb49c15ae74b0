"""Five histories that are easy for a person and ruin an assessment that is not careful (design: traps).

Each is a function of its size that returns the agreement and the records.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from ceasefire.record import from_json
from ceasefire.testing import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ceasefire.instruments import Agreement
    from ceasefire.record import Record

MEMBERS = ("iran", "russia", "turkey")
FIRST = datetime(2017, 5, 6, tzinfo=UTC)
AS_OF = "2060-01-01"

History = tuple["Agreement", list["Record"]]


def findings(size: int) -> History:
    """Return so many findings on one claim, by three members in turn."""
    written = [_incident("russia/1", 0)]
    for n in range(size):
        outcome = ("confirmed", "refuted")[n % 2]
        by = MEMBERS[n % 3]
        written.append(_envelope("finding", by, n + 2, n) | {"on": "russia/1", "outcome": outcome})
    return _agreement(), _read(written)


def corrections(size: int) -> History:
    """Return so many corrections of one record."""
    written = [_incident("russia/1", 0)]
    for n in range(size):
        changed = {"zone": ("town", "hills")[n % 2]}
        written.append(_envelope("correction", "russia", n + 2, n) | {"of": "russia/1", "set": changed})
    return _agreement(), _read(written)


def same_acts(size: int) -> History:
    """Return so many reports, each of which says it is the same as the one before."""
    written = [_incident("russia/1", 0)]
    written += [_incident(f"russia/{n}", n) | {"same_as": f"russia/{n - 1}"} for n in range(2, size + 1)]
    return _agreement(), _read(written)


def suspensions(size: int) -> History:
    """Return so many suspensions and resumptions, as many incidents, and a duty for every day."""
    written = []
    for n in range(size):
        at = (FIRST + timedelta(days=n + 1)).isoformat()
        noon = (FIRST + timedelta(days=n + 1, hours=12)).isoformat()
        for number, does, when in ((2 * n + 1, "suspend", at), (2 * n + 2, "resume", noon)):
            record = _envelope("decision", "turkey", number, n)
            written.append(record | {"does": does, "agreement": "accord", "occurred": when})
        written.append(_incident(f"russia/{n + 1}", 36 * 60 * n))
    daily = _owed("report", duty="recur", every="P1D", until=(FIRST + timedelta(days=size)).date())
    return _agreement(daily, rule="as-reported"), _read(written)


def nested(size: int, incidents: int = 1_000) -> History:
    """Return groups nested so deep, and a thousand incidents attributed to the innermost."""
    names = [f"group-{n}" for n in range(size)]
    parties = [
        {"id": name, "member_of": [names[n - 1] if n else "opposition"]} for n, name in enumerate(names)
    ]
    written = []
    for n in range(1, incidents + 1):
        written.append(_incident(f"russia/{n}", n) | {"accused": [names[-1]]})
        finding = {"on": f"russia/{n}", "outcome": "confirmed", "attributed_to": names[-1]}
        written += [_envelope("finding", by, n, n) | finding for by in ("iran", "turkey")]
    return _agreement(parties=parties), _read(written)


#: Each with the size that the design names.
TRAPS: Final[dict[str, tuple[Callable[[int], History], int]]] = {
    "findings on one claim": (findings, 100_000),
    "corrections of one record": (corrections, 100_000),
    "reports in a chain of same_as": (same_acts, 100_000),
    "suspensions": (suspensions, 10_000),
    "groups nested in each other": (nested, 1_000),
}


def _agreement(
    *commitments: dict[str, Any], rule: str = "consensus", parties: Iterable[dict[str, Any]] = ()
) -> Agreement:
    return read(
        {
            "ceasefire": 1,
            "id": "accord",
            "title": "Accord",
            "adopted": date(2017, 5, 4),
            "timezone": "UTC",
            "party": [*({"id": party} for party in (*MEMBERS, "government", "opposition")), *parties],
            "zone": [{"id": "town"}, {"id": "hills"}],
            "mechanism": [{"id": "trilateral", "members": list(MEMBERS), "rule": rule}],
            "commitment": [
                _owed("cease", duty="refrain", acts=["attack"], zones=["town"]),
                _owed("withdraw", duty="achieve", due=date(2059, 6, 4)),
                *commitments,
            ],
        }
    )


def _owed(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "title": name, "summary": "…", "owed_by": ["government", "opposition"], **fields}


def _envelope(kind: str, by: str, number: int, minutes: int) -> dict[str, Any]:
    recorded = FIRST + timedelta(days=1, minutes=minutes)
    return {"kind": kind, "by": by, "id": f"{by}/{number}", "recorded": recorded.isoformat()}


def _incident(name: str, minutes: int) -> dict[str, Any]:
    by, _, number = name.partition("/")
    occurred = (FIRST + timedelta(minutes=minutes)).isoformat()
    return _envelope("incident", by, int(number), minutes) | {
        "occurred": occurred,
        "act": "attack.shelling",
        "zone": "town",
        "accused": ["opposition"],
    }


def _read(written: Iterable[dict[str, Any]]) -> list[Record]:
    return [from_json(record) for record in written]
