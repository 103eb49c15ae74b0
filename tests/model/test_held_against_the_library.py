"""The library held against the plain model: on the same history, the same rows and the same claims.

The model (the other modules of this folder) is a second reading of the design, by
another hand, slow and with no eye on anything but the page. Where the two differ,
one of them misreads.
"""

from hypothesis import given
from hypothesis import strategies as st

from ceasefire.assessment import assess
from ceasefire.assessment.result.lists import elapsed
from ceasefire.record import to_json
from ceasefire.testing import agreement_table_sets, moments, read, records
from model import assess as model

COLUMNS = {
    "agreements": (("agreement",), ("state", "from")),
    "commitments": (
        ("commitment", "owed_by"),
        ("phase", "phase_from", "compliance", "breaches", "open", "ongoing", "due", "late_by", "ruled"),
    ),
    "claims": (
        ("record", "agreement"),
        ("from", "mechanism", "determination", "counts_as", "attributed_to", "severity"),
    ),
}


@st.composite
def questions(draw):
    """Return tables of agreements, records about them, and what is asked."""
    tables = draw(agreement_table_sets())
    zone = tables[0]["timezone"]
    said = draw(records(tuple(map(read, tables))))
    asked = {"as_of": draw(moments(zone)), "relays": draw(st.booleans())}
    if draw(st.integers(0, 3)) == 0:
        asked["known_at"] = draw(moments(zone))
    return tables, said, asked


@given(questions())
def test_the_library_and_the_model_answer_alike(question):
    """Whatever is recorded, both give each row the same phase and compliance, each claim the same determination."""
    answer_alike(question, modelled(question))


#: Mechanisms that are rare among those drawn: nobody decides but the author, or silence is consent.
SELDOM = (
    {"members": [], "rule": "as-reported"},
    {"silence": "P3D", "rule": "consensus"},
    {"silence": "P3D", "rule": "majority"},
    {"silence": "P3D", "rule": "any"},
)


@given(questions(), st.sampled_from(SELDOM))
def test_they_answer_alike_where_nobody_is_a_member_or_silence_is_consent(question, seldom):
    """Who decides, objects and consents is read alike also where the mechanism is of a rare kind."""
    tables, said, asked = question
    changed = {
        mechanism["id"]: {k: v for k, v in mechanism.items() if k not in ("rules", "silence")} | seldom
        for table in tables
        for mechanism in table.get("mechanism", ())
    }
    again = tuple(
        table
        | ({"mechanism": [changed[m["id"]] for m in table["mechanism"]]} if "mechanism" in table else {})
        for table in tables
    )
    asking = again, said, asked
    answer_alike(asking, modelled(asking))


def modelled(question):
    """Return what the model answers."""
    tables, said, asked = question
    return model(list(tables), [to_json(record) for record in said], **asked)


def answer_alike(question, wanted):
    """Hold the library against an answer of the model, row by row and claim by claim."""
    tables, said, asked = question
    found = assess(tuple(map(read, tables)), said, **asked).to_dict()
    for table, (keys, columns) in COLUMNS.items():
        rows = {tuple(row[k] for k in keys): row for row in wanted[table]}
        # A remedy of a record that is not there is judged everywhere by the library, nowhere by the model.
        ours = {
            name: row
            for row in found[table]
            if (name := tuple(row[k] for k in keys)) in rows or row.get("kind") != "response"
        }
        assert set(ours) == set(rows), table
        for name, row in ours.items():
            for column in columns:
                assert shown(row, column) == shown(rows[name], column), (table, name, column)


def shown(row, column):
    """Return a cell as both would show it."""
    value = row[column]
    if column == "late_by" and isinstance(value, float):
        return elapsed(round(value * 1_000_000))
    if column == "ruled":
        return sorted(value, key=lambda one: one["record"])
    return sorted(value or []) if column == "attributed_to" else value
