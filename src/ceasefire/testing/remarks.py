"""Records about other records: corrections, withdrawals, responses; and counts and opinions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.testing import universe

if TYPE_CHECKING:
    from collections.abc import Callable

    from ceasefire.testing.pen import Pen

_PERIODS: Final = (
    "2017-03-30", "2017-03-31", {"from": "2017-03-30", "to": "2017-04-01"}, "2017-03",
    {"from": "2017-03-28T00:00:00Z", "to": "2017-03-29T00:00:00Z"},
)  # fmt: skip
_STEPS: Final = ("inquiry", "reply", "note", "recommendation", "measure")
_GRADES: Final = ("none", "minimal", "intermediate", "full", "unknown")


def correction(pen: Pen) -> None:
    """Write a correction: mostly of an own record, of what it says or only of its text."""
    target = pen.one_of("incident", "performance", "decision", "event", "finding", "tally", "correction")
    record = next((r for r in pen.records if r["id"] == target), {"kind": "incident", "by": pen.author()})
    by = record["by"] if not pen.seldom(8) else pen.author()
    changes: list[dict[str, Any]] = [
        {"text": "said more clearly"},
        {"occurred": pen.occurred()},
        {"zone": "town"},
        {"accused": ["north"]},
        {"outcome": "refuted"},
        {"count": 3},
        {"same_as": pen.one_of("incident")},
    ]
    fitting = [c for c in changes if record["kind"] in _FITTING[next(iter(c))]] or changes
    change = pen.choose(fitting if not pen.seldom(10) else changes)
    pen.write(by, "correction", of=target, set=change)


_CLAIMS: Final = ("incident", "performance", "decision", "event")
_FITTING: Final[dict[str, tuple[str, ...]]] = {
    "text": (*_CLAIMS, "finding", "tally", "correction"),
    "occurred": _CLAIMS,
    "zone": ("incident",),
    "accused": ("incident",),
    "outcome": ("finding",),
    "count": ("tally",),
    "same_as": ("incident",),
}


def withdrawal(pen: Pen) -> None:
    """Write a withdrawal: mostly of an own record, sometimes of a correction."""
    target = pen.one_of() if pen.seldom(3) else pen.one_of(*_CLAIMS, "finding", "correction")
    record = next((r for r in pen.records if r["id"] == target), None)
    by = record["by"] if record is not None and not pen.seldom(8) else pen.author()
    pen.write(by, "withdrawal", of=target)


def circle(pen: Pen) -> None:
    """Let two or three incidents (or performances) report the same act as each other, in a circle."""
    kind = pen.choose(("incident", "incident", "performance"))
    found = [r for r in pen.records if r["kind"] == kind][: pen.choose((2, 3))]
    for record, other in zip(found, [*found[1:], *found[:1]], strict=True):
        if record is not other:
            record["same_as"] = other["id"]


def response(pen: Pen) -> None:
    """Write what was done about a claim, and perhaps that its case is closed."""
    fields: dict[str, Any] = {"to": pen.one_of("incident", "performance", "response")}
    if pen.seldom(4) and (named := pen.commitment()) is not None:
        fields = {"to": named.name, "owed_by": named.owed_by[0]}
    if pen.seldom(2):
        fields |= {"addressee": pen.choose(universe.PARTIES), "due": pen.moment()}
    if pen.seldom(3):
        fields["closes"] = True
    if pen.seldom(2):
        fields["occurred"] = pen.moment()
    pen.write(pen.author(), "response", step=pen.choose(_STEPS), **fields)


def tally(pen: Pen) -> None:
    """Write a published count, or the answer to one."""
    if pen.ids("tally") and pen.seldom(2):
        pen.write(pen.author(), "tally", answers=pen.one_of("tally"), confirmed=1, not_confirmed=2)
        return
    fields: dict[str, Any] = {"count": pen.choose((3, 0, 1))}
    if draw_parts := pen.choose(({}, {"town": 1}, {"town": 1, "river": 2}, {"nowhere": 3})):
        fields["by_zone"] = draw_parts
    fields["zone"] = pen.choose((None, "plain", "hills", "nowhere"))
    if pen.seldom(8):
        fields |= {"answers": pen.one_of("incident", "tally"), "confirmed": 1}
    act = pen.choose(("attack", "attack.shelling", None))
    pen.write(pen.author(), "tally", period=pen.choose(_PERIODS), act=act, unit="cases", **fields)


def appraisal(pen: Pen) -> None:
    """Write an opinion on how far a duty was carried out."""
    named = pen.commitment()
    if named is not None:
        pen.write(
            pen.author(),
            "appraisal",
            commitment=named.name,
            owed_by=pen.choose((*named.owed_by, None)),
            period=pen.choose(_PERIODS),
            grade=pen.choose(_GRADES),
        )


def housekeeping(pen: Pen) -> None:
    """Write an erasure, or the settlement of a fork: what only journals write."""
    if pen.seldom(2):
        pen.write(pen.author(), "erasure", of=pen.one_of(), reason="private")
    else:
        pen.write(pen.author(), "branch", keep="0" * 64)


#: What may follow claims, the common ones several times.
REMARKS: Final[tuple[Callable[[Pen], None], ...]] = (
    correction, correction, withdrawal, withdrawal, response, tally, tally, circle, appraisal, housekeeping,
)  # fmt: skip
