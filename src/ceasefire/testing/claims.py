"""Claims of every kind, and the answers of members that settle them, or do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ceasefire.testing import universe

if TYPE_CHECKING:
    from collections.abc import Callable

    from ceasefire.testing.pen import Pen

_ACTS: Final = (universe.ACTS[0], *universe.ACTS)
_ACCUSED: Final[tuple[list[str], ...]] = (
    ["south"], ["south"], ["north"], ["reds"], [], ["reds-cell"], ["north", "south"], ["ant"], ["nobody"],
)  # fmt: skip
#: Whose acts a count is of.
COUNTED_OF: Final[tuple[list[str], ...]] = (
    [],
    [],
    ["south"],
    ["south"],
    ["reds"],
    ["north", "south"],
    ["ant"],
)
_AGAINST: Final[tuple[list[str], ...]] = ([], [], [], ["north"], ["reds"], ["reds", "north"])
_ZONES: Final = ("plain", "plain", "town", "river", "hills", None, "nowhere")
_PLACES: Final = ({"name": "town"}, {"name": "far away"}, {"name": "plain", "precision": 2})
_TOLLS: Final = ({"best": 2}, {"low": 0, "high": 3})
_DOES: Final = (
    "suspend", "resume", "release", "release", "postpone", "postpone", "terminate", "enter_into_force",
    "renew", "extend", "object", "object",
)  # fmt: skip
_OUTCOMES: Final = ("confirmed", "confirmed", "confirmed", "refuted", "inconclusive", None)
_GROUNDS: Final = ("self_defence", "accident", "exempt_act", "outside_area")
_SEVERITY: Final = ("technical", "minor", "serious")
_ANSWERED: Final = ("agreed", "agreed", "agreed", "bare", "split", "half")
_SELDOM_AGREED: Final = ("bare", "half", "agreed")


def claim(pen: Pen) -> None:
    """Write a claim, and what members say on it: all agree, none has answered, or they differ."""
    kind = pen.choose(_KINDS)
    if kind == "ruling":
        _ruling(pen)
        return
    by = pen.author()
    name = WRITERS[kind](pen, by)
    if name is not None:
        how = pen.choose(_ANSWERED if kind != "membership" else _SELDOM_AGREED)
        _answered(pen, name, by, how)


def _answered(pen: Pen, name: str, by: str, how: str) -> None:
    """Write what the members say on a claim: they agree, some do, they differ, or nobody answers."""
    others = [member for member in universe.MEMBERS if member != by] if how != "bare" else []
    shared = _agreeing(pen, name)
    if how == "agreed" and pen.seldom(4) and name in pen.ids("incident"):
        shared |= _more(pen)
    for member in others[:1] if how == "half" else others:
        answers = dict(shared) if how != "split" else _answers(pen)
        if answers:
            pen.write(member, "finding", on=name, **answers)


def _ruling(pen: Pen) -> None:
    """Write decisions all agree on: suspension and mostly resumption, a release, an end, a beginning."""
    by = pen.author()
    agreement = pen.choose(pen.agreements)
    waiting = agreement.by_decision and "enter_into_force" not in [r.get("does") for r in pen.records]
    days = {"enter_into_force": 1} if waiting else pen.choose(_RULINGS)
    named = pen.commitment()
    target = {"agreement": agreement.id}
    on_agreement = bool({"terminate", "enter_into_force"} & days.keys())
    if named is not None and ("release" in days or (not on_agreement and pen.seldom(2))):
        target = {"commitment": named.name}
    elif "release" in days:
        return
    noons = universe.instants(pen.zone)[3::4]
    for does, day in days.items():
        _answered(pen, pen.write(by, "decision", does=does, occurred=noons[day], **target), by, "agreed")


#: What is decided on which day.
_RULINGS: Final[tuple[dict[str, int], ...]] = (
    {"suspend": 2, "resume": 4},
    {"suspend": 2},
    {"suspend": 1, "resume": 3},
    {"suspend": 0, "resume": 2},
    {"suspend": 3, "resume": 5},
    {"suspend": 0},
    {"suspend": 1},
    {"suspend": 2, "terminate": 4},
    {"suspend": 1, "release": 2},
    {"suspend": 2, "release": 4},
    {"release": 3},
    {"release": 2},
    {"release": 0},
    {"terminate": 4},
    {"terminate": 0},
)


def incident(pen: Pen, by: str) -> str:
    """Write an incident: mostly one that may breach a commitment; an omission names what was not done."""
    fields: dict[str, Any] = _fitting(pen) if not pen.seldom(3) else {}
    if not fields:
        act = pen.choose(_ACTS)
        fields = {"act": act, "accused": pen.choose(_ACCUSED), "zone": pen.choose(_ZONES)}
        if act == "omission" or pen.seldom(3):
            named = pen.commitment(*(("achieve", "recur", "maintain") if act == "omission" else ()))
            fields["commitments"] = None if named is None else [named.name]
            if act == "omission" and named is not None:
                fields["accused"] = [pen.choose(named.owed_by)]
    if "against" not in fields and pen.seldom(3):
        fields["against"] = pen.choose(_AGAINST)
    if pen.seldom(10):
        fields |= {"zone": None, "place": pen.choose(_PLACES)}
    if pen.seldom(8):
        fields["killed"] = pen.choose(_TOLLS)
    excepted = fields.pop("except_when", "")
    name = pen.write(by, "incident", occurred=pen.occurred(), same_as=_same(pen, "incident"), **fields)
    if excepted and pen.seldom(2):
        pen.write(universe.ONLOOKER, "finding", on=name, ground="self_defence")
    return name


#: For what a commitment lists first, an act that it covers.
_COVERED: Final = {"attack": "attack.shelling", "attack.shelling": "attack.shelling", "omission": "omission"}


def _fitting(pen: Pen) -> dict[str, Any]:
    """Return the fields of an act that a commitment covers, by one who owes it or a member; maybe none."""
    covering = [c for c in pen.commitments if c.acts or c.duty in ("achieve", "recur", "maintain")]
    if not covering:
        return {}
    named = pen.choose(covering)
    accused = [["reds"], ["reds-cell"]] if "south" in named.owed_by else []
    accused = [*([one] for one in named.owed_by), *accused, []]
    fields: dict[str, Any] = {"accused": pen.choose(accused), "except_when": named.except_when}
    if not named.acts or (named.duty in ("achieve", "recur") and pen.seldom(2)):
        return fields | {"act": "omission", "commitments": [named.name]}
    fields["act"] = _COVERED.get(named.acts[0], "access.aid-blocked")
    if pen.seldom(6):
        fields["act"] = fields["act"].partition(".")[0]
    fields["zone"] = named.zones[0] if named.zones else "hills"
    if named.except_against and pen.seldom(2):
        fields["against"] = ["reds"]
    return fields | ({"commitments": [named.name]} if named.ensures else {})


def aggregate(pen: Pen, by: str) -> str:
    """Write that so many acts were found to be breaches: a count that is a ruling."""
    fields: dict[str, Any] = _fitting(pen) if not pen.seldom(3) else {}
    if fields.get("act", "omission") == "omission" or fields.pop("commitments", None):
        fields = {"act": pen.choose(("attack", "attack.shelling", None))}
    fields.pop("except_when", None)
    fields.setdefault("accused", pen.choose(COUNTED_OF))
    fields["count"] = pen.choose((3, 3, 3, 1, 0))
    period = pen.choose(universe.PERIODS)
    if isinstance(period, dict) and pen.seldom(2):
        fields |= {"cumulative": True, "at_least": True}
    return pen.write(by, "tally", period=period, ruled=True, **fields)


def performance(pen: Pen, by: str) -> str | None:
    """Write that a duty was done, mostly by one who owes it."""
    named = pen.commitment("achieve", "recur", "permit")
    if named is None:
        return None
    performer = pen.choose(named.owed_by)
    if pen.seldom(8):
        performer = pen.choose(universe.PARTIES)
    return pen.write(
        by,
        "performance",
        commitment=named.name,
        performer=performer,
        occurred=pen.occurred(),
        same_as=_same(pen, "performance"),
    )


def event(pen: Pen, by: str) -> str:
    """Write that an event took place: mostly the one that commitments wait for."""
    name = universe.EVENT if not pen.seldom(8) else "other-round"
    return pen.write(by, "event", name=name, occurred=pen.occurred())


def decision(pen: Pen, by: str) -> str | None:
    """Write a decision about an agreement or a commitment."""
    does = pen.choose(_DOES)
    fields: dict[str, Any] = {}
    on_commitment = does in ("release", "postpone") or (does in ("suspend", "resume") and pen.seldom(3))
    if on_commitment:
        named = pen.commitment()
        if named is None:
            return None
        fields["commitment"] = named.name
    else:
        fields["agreement"] = pen.choose([a.id for a in pen.agreements])
    if does in ("extend", "postpone") or (does == "suspend" and pen.seldom(4)):
        fields["until"] = pen.moment()
    if pen.seldom(3):
        fields["effective"] = pen.moment()
    if does == "resume" and pen.seldom(3):
        fields["of"] = pen.one_of("decision")
    return pen.write(by, "decision", does=does, occurred=pen.occurred(), **fields)


def notice(pen: Pen, _: str) -> str | None:
    """Write that one who may end an agreement alone does so."""
    several = [a for a in pen.agreements if a.termination is not None]
    if not several:
        return None
    agreement = pen.choose(several)
    by = pen.choose(agreement.termination.by if agreement.termination else ())
    fields = {"effective": pen.moment()} if pen.seldom(4) else {}
    occurred = pen.occurred()
    return pen.write(by, "decision", does="terminate", agreement=agreement.id, occurred=occurred, **fields)


def membership(pen: Pen, by: str) -> str:
    """Write that somebody joined or left a group, acceded, or was designated."""
    fields: dict[str, Any] = {"actor": pen.choose(("reds", "reds", "reds-cell", "north"))}
    sort = pen.choose(("group", "role", "agreement"))
    fields[sort] = {"group": "south", "role": "designated", "agreement": pen.agreements[0].id}[sort]
    if sort == "group" and pen.seldom(4):
        fields["group"] = "ant"
    if pen.seldom(3):
        fields |= {"basis": "external", "evidence": pen.choose(([{"title": "list"}], []))}
    occurred = pen.occurred() if pen.seldom(2) else universe.DAYS[2].isoformat()
    return pen.write(by, "membership", joins=pen.seldom(2), occurred=occurred, **fields)


def remedy(pen: Pen, by: str) -> str | None:
    """Write that something was made good: a breach, or a missed period."""
    breached = pen.ids("incident")
    if not breached and not pen.commitments:
        return None
    fields: dict[str, Any] = {"to": pen.one_of("incident")}
    recurring = [c for c in pen.commitments if c.duty == "recur"]
    if recurring and pen.seldom(2):
        named = pen.choose(recurring)
        fields = {"to": named.name, "owed_by": pen.choose((*named.owed_by, None))}
        span = {"from": "2017-03-30T00:00:00Z", "to": "2017-03-31T00:00:00Z"}
        fields["period"] = pen.choose(("2017-03", "2017-04", "2017-03-31", span, None))
    return pen.write(by, "response", step="remedy", occurred=pen.occurred(), **fields)


#: What writes a claim of each kind; None is returned where the agreements leave nothing to claim.
WRITERS: Final[dict[str, Callable[[Pen, str], str | None]]] = {
    "incident": incident,
    "performance": performance,
    "decision": decision,
    "notice": notice,
    "event": event,
    "membership": membership,
    "remedy": remedy,
    "aggregate": aggregate,
}
_KINDS: Final = (
    "incident", "incident", "incident", "incident", "performance", "performance", "performance", "ruling",
    "ruling", "ruling", "decision", "notice", "event", "membership", "membership", "remedy", "aggregate",
)  # fmt: skip


def finding(pen: Pen) -> None:
    """Write a finding on any record: mostly a claim, or a correction's wording."""
    kinds = ("incident", "performance", "decision", "event", "membership", "response", "correction", "tally")
    on = pen.one_of(*kinds) if not pen.seldom(12) else pen.one_of()
    answers = _answers(pen) or {"outcome": "confirmed"}
    pen.write(pen.author(), "finding", on=on, **answers)


def _same(pen: Pen, kind: str) -> str | None:
    return pen.one_of(kind) if pen.seldom(6) and pen.ids(kind) else None


def _agreeing(pen: Pen, name: str) -> dict[str, Any]:
    """Return answers that repeat what a claim says."""
    record = next(r for r in pen.records if r["id"] == name)
    whom = {"attributed_to": record["accused"]} if record.get("accused") else {}
    if record["kind"] == "tally" and not pen.seldom(4):
        whom = {}  # who confirms a ruling in aggregate confirms by whom
    return {"outcome": "confirmed"} | whom


def _answers(pen: Pen) -> dict[str, Any]:
    """Return answers of any kind to any questions; maybe to none."""
    answers: dict[str, Any] = {"outcome": pen.choose(_OUTCOMES)}
    if pen.seldom(2):
        answers["attributed_to"] = pen.choose(_ATTRIBUTED)
    if pen.seldom(2):
        answers |= _more(pen)
    return {field: value for field, value in answers.items() if value is not None}


_ATTRIBUTED: Final = (["south"], ["north"], ["reds"], ["unidentified"])


def _more(pen: Pen) -> dict[str, Any]:
    """Return an answer to one of the questions that are seldom asked."""
    question = pen.choose(("attributed_to", "ground", "commitments", "severity", "ended", "same_as"))
    if question == "attributed_to":
        return {question: pen.choose(_ATTRIBUTED)}
    if question == "ground":
        return {question: pen.choose(_GROUNDS)}
    if question == "commitments":
        return {question: [pen.choose(pen.commitments).name]} if pen.commitments else {}
    if question == "severity":
        return {question: pen.choose(_SEVERITY)}
    if question == "ended":
        return {question: pen.some_time()}
    return {question: pen.one_of("incident", "performance")}
