"""Small scope: every history of a few records on a few instants, held against the plain model.

Whatever can go wrong in a table of rules goes wrong in a small case: all of them are tried.
"""

import json
from datetime import date
from itertools import combinations, permutations, product

import pytest
from changes import lists
from critical import instants_of
from hypothesis import settings
from stage import Lines, agreement, agreement_tables, commitment

import ceasefire as cf
from ceasefire.assessment import assess
from ceasefire.assessment.result.lists import elapsed
from ceasefire.clock import instant, iso
from ceasefire.record import from_json, to_json
from ceasefire.testing import History, read
from model import assess as model

THOROUGH = settings().max_examples >= 1_000
#: The entry into force; a day in between; the instant a date deadline passes; and after it.
INSTANTS = ("2017-03-29T00:00:00Z", "2017-03-30T12:00:00Z", "2017-04-01T00:00:00Z", "2017-04-02T12:00:00Z")
#: Between these everything happens.
FIRST, LAST = instant("2017-03-27T00:00:00Z").us, instant("2017-04-10T00:00:00Z").us
WRITTEN = "2017-04-20T00:00:00Z"
LATE = "2017-05-05"
DUE = date(2017, 3, 31)

ATTACK = {"kind": "incident", "act": "attack.shelling", "accused": ["south"]}
OMISSION = {"kind": "incident", "act": "omission", "accused": ["south"], "commitments": ["accord/c0"]}
DONE = {"kind": "performance", "commitment": "accord/c0", "performer": "south"}
ROUND = {"kind": "event", "name": "round"}
SUSPEND = {"kind": "decision", "does": "suspend", "agreement": "accord"}
RESUME = {"kind": "decision", "does": "resume", "agreement": "accord"}
PAUSE = {"kind": "decision", "does": "suspend", "commitment": "accord/c0"}
RELEASE = {"kind": "decision", "does": "release", "commitment": "accord/c0"}
POSTPONE = {"kind": "decision", "does": "postpone", "commitment": "accord/c0", "until": "2017-04-02"}
TERMINATE = {"kind": "decision", "does": "terminate", "agreement": "accord"}
REPAIRED = {"kind": "performance", "commitment": "accord/c1", "performer": "south"}
#: Of the first record beside it.
REMEDY = {"kind": "response", "step": "remedy", "to": "ant/1"}
LEFT = {"kind": "membership", "actor": "reds", "group": "south", "joins": False}

ACTS = {"acts": ["attack"]}
#: For each duty, and each way a commitment may live: the tables, and the records that may bear on it.
SCOPES = {
    "achieve": (
        agreement_tables(commitment("achieve", due=DUE)),
        (DONE, OMISSION, SUSPEND, RESUME, TERMINATE),
    ),
    "achieve-runs": (
        agreement_tables(commitment("achieve", due=DUE), suspension="runs"),
        (DONE, SUSPEND, RESUME, POSTPONE, RELEASE),
    ),
    "achieve-when": (
        agreement_tables(commitment("achieve", within="P1D", when={"event": "round", "until": DUE})),
        (ROUND, DONE, SUSPEND, RESUME, RELEASE),
    ),
    "refrain": (
        agreement_tables(commitment("refrain", until=DUE, **ACTS)),
        (ATTACK, SUSPEND, RESUME, RELEASE, POSTPONE),
    ),
    "maintain": (
        agreement_tables(commitment("maintain", **ACTS), duration="P3D", renewal="none"),
        (ATTACK, REMEDY, PAUSE, TERMINATE, LEFT),
    ),
    "recur": (
        agreement_tables(commitment("recur", every="P2D")),
        (DONE, OMISSION, SUSPEND, RESUME, RELEASE),
    ),
    "recur-event": (
        agreement_tables(commitment("recur", every={"event": "round"})),
        (ROUND, DONE, SUSPEND, RESUME, TERMINATE),
    ),
    "permit": (
        agreement_tables(commitment("permit", once=True, until=DUE)),
        (DONE, SUSPEND, RESUME, RELEASE, TERMINATE),
    ),
    "repair": (
        agreement_tables(
            commitment("refrain", **ACTS),
            commitment("achieve", "c1", within="P2D", when={"breach_of": "c0", "repairs": True}),
        ),
        (ATTACK, REPAIRED, SUSPEND, RESUME, RELEASE),
    ),
}
COLUMNS = ("phase", "phase_from", "compliance", "breaches", "open", "ongoing", "due", "late_by")


def numbered(records):
    """Records written by one member, one after another."""
    return [
        {"by": "ant", "id": f"ant/{n}", "recorded": WRITTEN}
        | record
        | ({"to": "ant/1" if n > 1 else "ant/2"} if "to" in record else {})
        for n, record in enumerate(records, 1)
    ]


def shown(row, state):
    """What the library and the model both tell of a row, of an agreement in a state."""
    found = {column: row[column] for column in COLUMNS}
    if isinstance(found["late_by"], float):
        found["late_by"] = elapsed(round(found["late_by"] * 1_000_000))
    if row["compliance"] is None or state in ("terminated", "expired"):
        found.pop("due")  # what never started, or ended while suspended, has a due date only on paper
    return found


def check_same(tables, accord, lines, as_of=LATE):
    """Hold the rows and states of the library against those of the model."""
    found = assess(accord, [from_json(line) for line in lines], as_of=as_of).to_dict()
    wanted = model([tables], lines, as_of)
    state = wanted["agreements"][0]["state"]
    assert found["agreements"][0]["state"] == state
    ours, theirs = (
        {(row["commitment"], row["owed_by"]): shown(row, state) for row in answer["commitments"]}
        for answer in (found, wanted)
    )
    assert ours == theirs, json.dumps(lines)


def histories(letters, longest):
    """Every set of up to two letters, and of up to `longest` of the first four, each at one of the instants."""
    placed = [letter | {"occurred": at} for letter in letters for at in INSTANTS]
    for size in range(longest + 1):
        yield from combinations(placed if size <= 2 else placed[: 4 * len(INSTANTS)], size)


@pytest.mark.parametrize("name", SCOPES)
def test_all_histories_of_up_to_three_records_on_four_instants(name):
    """All histories of up to three records on four instants, for each duty (of up to two in a quick run)."""
    tables, letters = SCOPES[name]
    accord = read(tables)
    for history in histories(letters, 3 if THOROUGH else 2):
        check_same(tables, accord, numbered(history))


@pytest.mark.parametrize("name", SCOPES)
def test_one_record_before_at_and_after_every_critical_instant(name):
    """One record at {before, at, after} every critical instant, beside what is suspended and resumed, or done."""
    tables, letters = SCOPES[name]
    accord = read(tables)
    around = [letters[0] | {"occurred": INSTANTS[1]}]
    if SUSPEND in letters:
        around += [
            SUSPEND | {"occurred": "2017-03-30T00:00:00Z"},
            RESUME | {"occurred": "2017-03-30T18:00:00Z"},
        ]
    history = History((accord,), tuple(from_json(line) for line in numbered(around)))
    edges = instants_of(history, history.assess(LATE))
    inside = {at for at in edges if FIRST < at < LAST}
    moments = sorted({near for at in inside for near in ((at - 1, at, at + 1) if THOROUGH else (at,))})
    for letter in letters:
        for at in moments:
            check_same(tables, accord, numbered((*around, letter | {"occurred": iso(at)})))


@pytest.mark.parametrize("name", SCOPES)
def test_every_critical_instant_as_the_day_asked_about(name):
    """One history of each scope as of {before, at, after} every critical instant."""
    tables, letters = SCOPES[name]
    accord = read(tables)
    lines = numbered(
        letter | {"occurred": at} for letter, at in zip(letters, (*INSTANTS, INSTANTS[1]), strict=False)
    )
    history = History((accord,), tuple(from_json(line) for line in lines))
    for at in sorted(at for at in instants_of(history, history.assess(LATE)) if FIRST < at < LAST):
        for near in (at - 1, at, at + 1):
            check_same(tables, accord, lines, as_of=iso(near))


def five_records():
    """Histories of five records by three authors that bear on each other."""
    accord = agreement(
        commitment("achieve", due=DUE), commitment("refrain", "c1", acts=["attack"]), rule="majority"
    )
    noon = "2017-03-30T12:00:00Z"
    act = {"act": "attack.shelling", "occurred": noon, "accused": ["south"]}
    circle = Lines()
    circle("ant", "incident", **act, same_as="cat/1")
    circle("bee", "incident", **act, same_as="ant/1")
    circle("cat", "incident", **act, same_as="bee/1")
    circle("bee", "finding", on="ant/1", outcome="refuted")
    circle("ant", "correction", of="ant/1", set={"occurred": "2017-03-31"})
    changed = Lines()
    changed("ant", "decision", does="suspend", agreement="accord", occurred=noon)
    changed("bee", "decision", does="suspend", agreement="accord", occurred=noon)
    changed("cat", "decision", does="resume", agreement="accord", occurred="2017-04-01")
    changed("ant", "finding", on="cat/1", outcome="confirmed")
    changed("bee", "withdrawal", of="bee/1")
    minds = Lines()
    minds("ant", "incident", **act)
    minds("bee", "finding", on="ant/1", outcome="confirmed", attributed_to="south")
    minds("bee", "finding", on="ant/1", outcome="inconclusive")
    minds("cat", "finding", on="ant/1", outcome="confirmed", attributed_to="south")
    minds("bee", "withdrawal", of="bee/2")
    return [lines.history(accord) for lines in (circle, changed, minds)]


@pytest.mark.parametrize("history", five_records(), ids=["circle", "decisions", "minds"])
def test_all_permutations_of_five_records(history):
    """All permutations of five records give the same answer."""
    answer = history.assess(LATE).to_dict()
    for order in permutations(history.records):
        assert assess(history.agreements, order, as_of=LATE).to_dict() == answer


@pytest.mark.parametrize("history", five_records(), ids=["circle", "decisions", "minds"])
def test_all_partitions_of_five_records_over_three_journals(history, tmp_path):
    """However five records are spread over three copies of journals, merging these gives the whole again."""
    whole = cf.Journal.in_memory(agreements=history.agreements, salt=lambda: bytes(16))
    for record in history.records:
        whole.record(from_json(to_json(record) | {"id": None}))
    kept = tuple(whole)
    answer = lists(cf.assess(history.agreements, whole, as_of=LATE))
    for number, part in enumerate(product(range(3), repeat=5)):
        if number % 3 and not THOROUGH:
            continue
        united = cf.Journal.in_memory(agreements=history.agreements)
        for one in range(3):
            path = tmp_path / f"{one}.jsonl"
            cf.write_records(path, [record for record, where in zip(kept, part, strict=True) if where == one])
            united.merge(path)
        assert united.heads() == whole.heads()
        assert united.verify() == ()
        assert lists(cf.assess(history.agreements, united, as_of=LATE)) == answer
