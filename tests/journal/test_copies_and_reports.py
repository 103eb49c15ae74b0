"""A copy for an audience holds the words of just those records that a report for it is made from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journal_contract import Clock, shelling

from ceasefire.assessment.knowledge.release import released
from ceasefire.errors import CeasefireError
from ceasefire.journal import Journal
from ceasefire.record import Correction, Finding, Withdrawal, read_records

RELEASES = ("author", "mechanism", "public")
releases = st.sampled_from(RELEASES)
targets = st.integers(1, 6).map(lambda n: f"russia/{n}")
records = st.one_of(
    st.builds(shelling, release=releases),
    st.builds(Finding, on=targets, outcome=st.just("confirmed"), release=releases),
    st.builds(Withdrawal, of=targets, release=st.none() | releases),
    st.builds(
        Correction,
        of=targets,
        set=st.one_of(
            releases.map(lambda r: {"release": r}),
            st.just({"zone": "idlib"}),
            releases.map(lambda r: {"release": r, "zone": "hama"}),
        ),
        release=releases,
    ),
    st.builds(Correction, of=targets, unset=st.just(["release"]), release=releases),
)


@pytest.mark.parametrize("audience", RELEASES)
@given(drawn=st.lists(records, min_size=1, max_size=12))
def test_what_is_withheld_from_a_copy_is_what_a_report_leaves_out(tmp_path_factory, audience, drawn):
    """Opened, closed and opened again by corrections that are withdrawn: the two always agree."""
    folder = tmp_path_factory.mktemp("copies")
    journal = Journal.in_memory("russia", clock=Clock())
    for record in drawn:
        try:
            journal.record(record)
        except CeasefireError:
            continue  # a correction of what cannot be corrected: a journal refuses it
    journal.copy(folder / "copy.jsonl", audience)
    copied = {r.id for r in read_records(folder / "copy.jsonl") if r.kind != "absent"}
    assert copied == {record.id for record in released(list(journal), audience, None)}
