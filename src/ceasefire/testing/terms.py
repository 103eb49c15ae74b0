"""Small agreements: every duty, force, condition, deadline and mechanism that a file can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from ceasefire.testing import toml, universe

if TYPE_CHECKING:
    from collections.abc import Callable

    from ceasefire.agreement import Agreement

    Draw = Callable[[st.SearchStrategy[Any]], Any]

DUTIES: Final = ("achieve", "maintain", "refrain", "recur", "permit")
_DAYS: Final = universe.DAYS


@st.composite
def agreement_tables(draw: Draw, name: str = "accord", commitments: int = 4) -> dict[str, Any]:
    """Return the tables of a small agreement, as `tomllib` would read its file.

    `name` is its id, `commitments` how many it has at most.
    """
    tables = _head(draw, name)
    tables["party"] = universe.parties(
        draw(st.sampled_from((None, None, _DAYS[3]))), draw(st.sampled_from((None, None, _DAYS[4])))
    )
    tables["zone"] = universe.zones()
    tables |= _mechanisms(draw)
    rows: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, commitments))):
        rows.append(_commitment(draw, f"c{number}", rows))
    tables["commitment"] = rows
    return tables


def agreements(name: str = "accord", commitments: int = 4) -> st.SearchStrategy[Agreement]:
    """Return a strategy of small agreements; `name` is their id, `commitments` how many at most."""
    return agreement_tables(name, commitments).map(toml.read)


def _head(draw: Draw, name: str) -> dict[str, Any]:
    head: dict[str, Any] = {"ceasefire": 1, "id": name, "title": "Accord", "adopted": _DAYS[0]}
    head["timezone"] = draw(st.sampled_from(universe.TIME_ZONES))
    entry = draw(st.sampled_from((_DAYS[1], _DAYS[1], "noon", "by-decision", None)))
    if entry == "noon":
        entry = toml.noon(_DAYS[1])
    if entry is not None:
        head["in_force"] = entry
    duration = draw(st.sampled_from((None, None, "P3D", "P1M")))
    if duration is not None:
        head["duration"] = duration
        head["renewal"] = draw(st.sampled_from(("none", "automatic", "tacit", "by-decision")))
    head["suspension"] = draw(st.sampled_from(("tolls", "runs")))
    if draw(st.integers(0, 3)) == 3:  # noqa: PLR2004 - one in four
        head["excluded"] = ["role:designated"]
    return head


def _mechanisms(draw: Draw) -> dict[str, Any]:
    """Return one mechanism, none, or one after another."""
    first: dict[str, Any] = {"id": "panel", "members": list(universe.MEMBERS)}
    first["rule"] = draw(st.sampled_from(universe.RULES))
    if draw(st.booleans()):
        first["observers"] = [universe.ONLOOKER]
    if draw(st.integers(0, 4)) == 4:  # noqa: PLR2004 - one in five
        first["silence"] = draw(st.sampled_from(("P1D", "PT12H")))
    if draw(st.integers(0, 4)) == 4:  # noqa: PLR2004 - one in five
        first["rules"] = {draw(st.sampled_from(("performance", "incident", "decision"))): "any"}
    how_many = draw(st.sampled_from((1, 1, 1, 1, 2, 0)))
    if how_many == 0:
        return {}
    if how_many == 1:
        return {"mechanism": [first]}
    first["until"] = second_from = _DAYS[3]
    if draw(st.booleans()):
        second_from = _DAYS[4]  # else there is a gap of no day; now of one
    second = {"id": "second", "members": ["bee", "cat"], "rule": draw(st.sampled_from(universe.RULES))}
    return {"mechanism": [first | {"until": toml.midnight(first["until"])}, second | {"from": second_from}]}


def _commitment(draw: Draw, name: str, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    duty = draw(st.sampled_from(DUTIES))
    row: dict[str, Any] = {"id": name, "title": name, "clause": name, "summary": f"What {name} promises."}
    row["duty"] = duty
    owing = draw(st.sampled_from((["south"], ["north"], ["north", "south"], ["ant"], ["south", "ant"])))
    row["owed_by"] = owing
    row["force"] = draw(st.sampled_from(("binding", "binding", "political", "hortatory")))
    if len(owing) > 1 and draw(st.booleans()):
        row["jointly"] = True
    if duty != "permit":
        row |= _acts(draw, duty)
    row |= _deadline(draw, duty)
    row |= _condition(draw, duty, earlier)
    if row.get("after", "active") == "active" and draw(st.integers(0, 4)) == 4:  # noqa: PLR2004 - one in five
        row["starts"] = _DAYS[2]
    if duty in ("achieve", "recur", "permit") and draw(st.booleans()):
        row["preemptive"] = True
    if duty == "permit" and draw(st.booleans()):
        row["once"] = True
    if duty == "recur":
        row["every"] = draw(st.sampled_from(("P1D", "P2D", {"event": universe.EVENT})))
        row["count"] = draw(st.sampled_from((1, 1, 2)))
    survives = draw(st.sampled_from(([], [], [], ["suspension"], ["end"], ["suspension", "end"])))
    if survives:
        row["survives"] = survives
    others = [other["id"] for other in earlier if other["duty"] in ("refrain", "maintain")]
    if duty == "maintain" and others and draw(st.booleans()):
        row["ensures"] = [others[0]]
    return row


def _acts(draw: Draw, duty: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    chances: tuple[list[str], ...] = (["attack"], ["attack"], ["attack.shelling"], ["attack", "access"], [])
    acts = draw(st.sampled_from(chances if duty in ("refrain", "maintain") else ([], [], ["attack"])))
    if not acts:
        return found
    found["acts"] = acts
    zones = draw(st.sampled_from(([], ["plain"], ["town"], ["plain", "hills"])))
    if zones:
        found["zones"] = zones
    if draw(st.integers(0, 4)) == 4:  # noqa: PLR2004 - one in five
        found["except_zones"] = ["town"]
    if draw(st.integers(0, 3)) == 3:  # noqa: PLR2004 - one in four
        found["except_against"] = draw(st.sampled_from((["role:designated"], ["reds"])))
    if draw(st.integers(0, 3)) == 3:  # noqa: PLR2004 - one in four
        found["except_when"] = "self-defence"
    return found


def _deadline(draw: Draw, duty: str) -> dict[str, Any]:
    end = "due" if duty == "achieve" else "until"
    choice = draw(st.sampled_from(("date", "instant", "within", None) if duty != "achieve" else _ENDS))
    if choice == "date":
        return {end: draw(st.sampled_from(_DAYS[3:6]))}
    if choice == "instant":
        return {end: toml.noon(draw(st.sampled_from(_DAYS[2:6])))}
    if choice == "within":
        found = {"within": draw(st.sampled_from(("P1D", "P3D", "PT36H")))}
        after = draw(st.sampled_from(("adopted", "in_force", "active", None)))
        return found | ({} if after is None else {"after": after})
    return {}


_ENDS: Final = ("date", "date", "instant", "within", "within", None)


def _condition(draw: Draw, duty: str, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    sort = draw(st.sampled_from((None, None, None, "event", "fulfilled", "breach_of")))
    if sort is None or (sort != "event" and not earlier):
        return {}
    if sort == "event":
        when: dict[str, Any] = {"event": universe.EVENT}
    else:
        when = {sort: draw(st.sampled_from([other["id"] for other in earlier]))}
    if draw(st.booleans()):
        when["until"] = draw(st.sampled_from((_DAYS[3], toml.noon(_DAYS[4]))))
    if sort == "breach_of" and duty == "achieve" and draw(st.booleans()):
        when["repairs"] = True
    return {"when": when}
