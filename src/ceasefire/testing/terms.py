"""Small agreements: every duty, force, condition, deadline and mechanism that a file can have."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - Hypothesis resolves the annotations
from typing import Any, Final

from ceasefire.instruments import Agreement  # noqa: TC001 - Hypothesis resolves the annotations
from ceasefire.testing import toml, universe
from ceasefire.testing.extra import choose, seldom
from ceasefire.testing.extra import strategies as st

DUTIES: Final = ("refrain", "achieve", "maintain", "recur", "permit")
_DAYS: Final = universe.DAYS
_FORCES: Final = (*("binding",) * 5, "political", "hortatory")


@st.composite
def agreement_tables(draw: st.DrawFn, name: str = "accord", commitments: int = 4) -> dict[str, Any]:
    """Return a strategy of the tables of a small agreement, as `tomllib` would read its file.

    `name` is its id, `commitments` how many it has at most. They may be changed
    before `ceasefire.testing.read` makes an agreement of them.
    """
    return _tables(draw, name, commitments, _shared(draw))


def agreements(name: str = "accord", commitments: int = 4) -> st.SearchStrategy[Agreement]:
    """Return a strategy of small agreements; `name` is their id, `commitments` how many at most."""
    return agreement_tables(name, commitments).map(toml.read)


def agreement_sets(commitments: int = 3) -> st.SearchStrategy[tuple[Agreement, ...]]:
    """Return a strategy of one or two agreements that can be assessed together.

    The second may be overseen by the mechanism of the first, wait for one of its
    commitments, or replace it.
    """
    return agreement_table_sets(commitments).map(lambda several: tuple(map(toml.read, several)))


@st.composite
def agreement_table_sets(draw: st.DrawFn, commitments: int = 3) -> tuple[dict[str, Any], ...]:
    """Return a strategy of the tables of such agreements, as `tomllib` would read their files."""
    shared = _shared(draw)
    first = _tables(draw, "accord", commitments, shared)
    if not seldom(draw, 3):
        return (first,)
    second = _tables(draw, "annex", 2, shared)
    own = second.pop("mechanism", [])
    if seldom(draw, 2):
        for mechanism in first.get("mechanism", ()):
            mechanism["oversees"] = ["accord", "annex"]
    elif own:
        second["mechanism"] = [mechanism | {"id": f"{mechanism['id']}-annex"} for mechanism in own]
    if seldom(draw, 3):
        second |= {"replaces": ["accord"], "in_force": choose(draw, (_DAYS[3], _DAYS[1], "by-decision"))}
    if seldom(draw, 2):
        others = [f"accord/{row['id']}" for row in first["commitment"] if row["duty"] != "declare"]
        sort = choose(draw, (("fulfilled", "breach_of")))
        row = second["commitment"][0]
        if others and row["duty"] != "declare":
            row["when"] = {sort: choose(draw, (others))}
    return first, second


def _shared(draw: st.DrawFn) -> dict[str, Any]:
    """Return what several agreements must have in common: the time zone, the parties and the zones."""
    joined = choose(draw, ((None, None, _DAYS[3])))
    designated = choose(draw, ((None, None, _DAYS[4])))
    return {
        "timezone": choose(draw, (universe.TIME_ZONES)),
        "party": universe.parties(joined, designated),
        "zone": universe.zones(),
    }


def _tables(draw: st.DrawFn, name: str, commitments: int, shared: dict[str, Any]) -> dict[str, Any]:
    tables = _head(draw, name) | shared | _mechanisms(draw)
    rows: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, commitments))):
        rows.append(_commitment(draw, f"c{number}", rows))
    tables["commitment"] = rows
    return tables


def _head(draw: st.DrawFn, name: str) -> dict[str, Any]:
    head: dict[str, Any] = {"ceasefire": 1, "id": name, "title": name.title(), "adopted": _DAYS[0]}
    entry = choose(draw, ((_DAYS[1], _DAYS[1], _DAYS[1], "noon", None, "by-decision")))
    if entry == "noon":
        head["in_force"] = toml.noon(_DAYS[1])
    elif entry is not None:
        head["in_force"] = entry
    duration = choose(draw, ((None, None, "P3D", "P1M")))
    if duration is not None:
        head["duration"] = duration
        head["renewal"] = choose(draw, (("none", "automatic", "tacit", "by-decision")))
    head["suspension"] = choose(draw, (("tolls", "runs")))
    if seldom(draw, 4):
        head["termination"] = {"by": choose(draw, (["north"], ["south", "ant"], ["owl"]))}
        head["termination"] |= choose(draw, ({"notice": "P1D"}, {"notice": "PT36H"}, {}))
    if seldom(draw, 3):
        head["excluded"] = ["role:designated"]
    return head


def _mechanisms(draw: st.DrawFn) -> dict[str, Any]:
    """Return one mechanism, none, or one after another, with or without a gap of a day."""
    first: dict[str, Any] = {"id": "panel", "members": list(universe.MEMBERS)}
    first["rule"] = choose(draw, (universe.RULES))
    if seldom(draw, 2):
        first["observers"] = [universe.ONLOOKER]
    if seldom(draw, 4):
        first["silence"] = choose(draw, (("P1D", "PT12H")))
    if seldom(draw, 4):
        first["rules"] = {choose(draw, (("performance", "incident", "decision"))): "any"}
    how_many = choose(draw, ((1, 1, 1, 1, 1, 2, 2, 0)))
    if how_many == 0:
        return {}
    if how_many == 1:
        return {"mechanism": [first]}
    first["until"] = toml.midnight(_DAYS[3])
    begins: date = choose(draw, ((_DAYS[3], _DAYS[4])))
    second = {"id": "second", "members": ["bee", "cat"], "rule": choose(draw, (universe.RULES))}
    return {"mechanism": [first, second | {"from": begins}]}


def _commitment(draw: st.DrawFn, name: str, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    duty = choose(draw, (DUTIES)) if not seldom(draw, 12) else "declare"
    row: dict[str, Any] = {"id": name, "title": name, "clause": name, "summary": f"What {name} promises."}
    row["duty"] = duty
    if duty == "declare":
        return row
    owing = choose(draw, ((["south"], ["north"], ["north", "south"], ["ant"], ["south", "ant"])))
    row["owed_by"] = owing
    row["force"] = choose(
        draw, (("binding", "binding", "binding", "binding", "binding", "political", "hortatory"))
    )
    if len(owing) > 1 and seldom(draw, 2):
        row["jointly"] = True
    row |= _acts(draw, duty)
    row |= _deadline(draw, duty)
    row |= _condition(draw, duty, earlier)
    if row.get("after", "active") == "active" and seldom(draw, 5):
        row["starts"] = _DAYS[2]
    if duty in ("achieve", "recur", "permit") and seldom(draw, 3):
        row["preemptive"] = True
    if duty == "permit" and seldom(draw, 2):
        row["once"] = True
    if duty == "recur":
        row["every"] = choose(draw, (("P1D", "P2D", {"event": universe.EVENT})))
        row["count"] = choose(draw, ((1, 1, 2)))
    survives = choose(draw, (([], [], [], ["suspension"], ["end"], ["suspension", "end"])))
    if survives:
        row["survives"] = survives
    others = [other["id"] for other in earlier if other["duty"] in ("refrain", "maintain")]
    if duty == "maintain" and others and seldom(draw, 3):
        row["ensures"] = [others[0]]
    return row


def _acts(draw: st.DrawFn, duty: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    usual: tuple[list[str], ...] = (["attack"], ["attack"], ["attack.shelling"], ["attack", "access"], [])
    if duty == "maintain":
        usual = (*usual, ["omission"])
    acts = choose(draw, (usual if duty in ("refrain", "maintain") else ([], [], ["attack"])))
    if not acts:
        return found
    found["acts"] = acts
    zones = choose(draw, (([], ["plain"], ["town"], ["plain", "hills"])))
    if zones:
        found["zones"] = zones
    if seldom(draw, 5):
        found["except_zones"] = ["town"]
    if seldom(draw, 4):
        found["except_against"] = choose(draw, ((["role:designated"], [universe.GROUP])))
    if seldom(draw, 4):
        found["except_when"] = "self-defence"
    return found


_ENDS: Final = ("date", "date", "instant", "within", "within", None)
_WINDOWS: Final = (None, None, "date", "instant", "within")


def _deadline(draw: st.DrawFn, duty: str) -> dict[str, Any]:
    end = "due" if duty == "achieve" else "until"
    choice = choose(draw, (_ENDS if duty == "achieve" else _WINDOWS))
    if choice == "date":
        return {end: choose(draw, (_DAYS[3:6]))}
    if choice == "instant":
        return {end: toml.noon(choose(draw, (_DAYS[2:6])))}
    if choice == "within":
        found = {"within": choose(draw, (("P1D", "P3D", "PT36H")))}
        after = choose(draw, ((None, "adopted", "in_force", "active")))
        return found | ({} if after is None else {"after": after})
    return {}


def _condition(draw: st.DrawFn, duty: str, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    sort = choose(draw, ((*(None,) * 6, "event", "fulfilled", "breach_of")))
    named = [other["id"] for other in earlier if other["duty"] != "declare"]
    if sort is None or (sort != "event" and not named):
        return {}
    when: dict[str, Any] = {sort: universe.EVENT if sort == "event" else choose(draw, (named))}
    if seldom(draw, 3):
        when["until"] = choose(draw, ((_DAYS[3], toml.noon(_DAYS[4]))))
    if sort == "breach_of" and duty == "achieve" and seldom(draw, 2):
        when["repairs"] = True
    return {"when": when}
