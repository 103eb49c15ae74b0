"""What forks, gaps and absent bodies of journals do to an assessment, from a journal and from a file alike."""

import pytest
from journal_contract import Clock
from merging_contract import restored, side
from truce_of_two import act, confirmed

from ceasefire.assessment import assess
from ceasefire.journal import Journal
from ceasefire.record import Branch, Correction, Finding, Withdrawal, read_records, write_records


@pytest.fixture
def sides():
    """Return the Turkish journal, and two histories of the Russian one that part after its first record."""
    turkish = side("turkey", act(), act(text="another"))
    one = Journal.in_memory("russia", clock=Clock("2017-05-16T00:00:00Z"))
    one.merge(turkish)
    one.record(act())
    other = Journal.in_memory("russia", clock=Clock("2017-05-17T00:00:00Z"))
    for link in restored(one, 3)._store.arrivals():  # noqa: SLF001 - the backup
        with other._store.writing():  # noqa: SLF001 - the same
            other._store.add(link)  # noqa: SLF001 - the same
    one.record(confirmed("turkey/1"), confirmed("turkey/2"))
    other.record(Finding(on="turkey/1", outcome="refuted"))
    return turkish, one, other


def determinations(truce, records, **asked):
    """Return what becomes of each claim."""
    return {
        claim["record"]: claim["determination"]
        for claim in assess(truce, records, **{"as_of": "2017-06-01", **asked}).table("claims")
    }


def test_a_fork_takes_the_effect_of_findings_in_every_merge_order(truce, sides):
    """Whoever merged what first: the same answer, and none of the findings counts."""
    turkish, one, other = sides
    assert determinations(truce, one)["turkey/1"] == "established"
    answers = []
    for order in ((one, other), (other, one)):
        journal = restored(turkish, 2)
        for part in order:
            journal.merge(part)
        status = assess(truce, journal, as_of="2017-06-01")
        answers.append(status.to_dict())
        assert {c["record"]: c["determination"] for c in status.table("claims")} == {
            "turkey/1": "alleged",
            "turkey/2": "alleged",
            "russia/1": "alleged",
        }
        assert [p["code"] for p in status.table("problems")] == ["fork", "fork", "fork"]
        forked = {r["record"] for r in status.table("reasons") if r["code"] == "fork"}
        assert forked == {p["record"] for p in status.table("problems")}
        assert not any(p["counted"] for p in status.table("positions") if p["finding"])
        assert "forked chain" in status.why("cease", "government", record="russia/3")
    assert answers[0] == answers[1]


def test_p44_a_file_gives_what_its_journal_gives(truce, sides, tmp_path):
    """Read from a file, in whatever order, or from two files put together, it is the same assessment."""
    turkish, one, other = sides
    for part in (one, other):
        turkish.merge(part)
    wanted = assess(truce, turkish, as_of="2017-06-01").to_dict()
    write_records(tmp_path / "all.jsonl", turkish)
    for records in (
        read_records(tmp_path / "all.jsonl"),
        list(turkish)[::-1],
        [*one, *other, *turkish],
        [*turkish, *other, *one],
    ):
        found = assess(truce, records, as_of="2017-06-01").to_dict()
        assert found | {"made_from": None} == wanted | {"made_from": None}


def test_p32_a_fork_found_later_does_not_change_what_was_known(truce, sides):
    """With `known_at` before the second history arrived, the first one still counts, under its plain ids."""
    turkish, one, other = sides
    turkish.merge(one, at="2017-05-15T00:00:02Z")
    turkish._clock = Clock("2017-05-20T00:00:00Z")  # noqa: SLF001 - days later
    before = assess(truce, turkish, as_of="2017-06-01", known_at="2017-05-19").to_dict()
    turkish.merge(other)
    after = assess(truce, turkish, as_of="2017-06-01", known_at="2017-05-19").to_dict()
    assert before | {"made_from": None} == after | {"made_from": None}
    assert determinations(truce, turkish, known_at="2017-05-19")["turkey/1"] == "established"
    assert determinations(truce, turkish)["turkey/1"] == "alleged"


@pytest.mark.parametrize(("kept", "wanted"), [(0, "established"), (1, "disputed")])
def test_a_settled_fork_counts_on_the_branch_that_stands(truce, sides, kept, wanted):
    """The other branch has no effect any more, in every journal that has the author's word."""
    turkish, one, other = sides
    head = (one, other)[kept].heads()["russia"]
    one.merge(other)
    one.record(Branch(keep=head))
    turkish.merge(one)
    assert determinations(truce, turkish)["turkey/1"] == wanted
    assert determinations(truce, turkish) == determinations(truce, one)
    one.record(Withdrawal(of="russia/1"))
    turkish.merge(one)
    assert determinations(truce, turkish)["russia/1"] == "withdrawn"


def test_a_correction_on_a_forked_chain_has_no_effect(truce, sides):
    """The wording before it stands, whatever the correction is of."""
    turkish, one, other = sides
    one.record(Correction(of="russia/1", set={"accused": []}))
    for part in (one, other):
        turkish.merge(part)
    status = assess(truce, turkish, as_of="2017-06-01")
    assert status.claim("russia/1").wording == "russia/1"
    assert status["cease", "government"].open == 3


def test_a_finding_by_digits_counts_where_the_other_history_has_not_come(truce, sides):
    """Who knows of a fork names a record by its digits; who does not know still finds the record."""
    turkish, one, _ = sides
    russian = next(record for record in one if record.id == "russia/1")
    other = side("russia", act(text="elsewhere"))
    turkish.merge(one)
    turkish.merge(other)
    named = f"russia/1@{russian.proof.hash.hex()[:12]}"
    turkish.record(confirmed(named), Finding(on=f"russia/1@{'0' * 12}", outcome="refuted"))
    third = Journal.in_memory()
    third.merge(one)
    with third._store.writing():  # noqa: SLF001 - only the Turkish chain comes
        for link in turkish._store.chain_from("turkey", 1):  # noqa: SLF001 - the same
            if not third._store.find("turkey", link.number):  # noqa: SLF001 - the same
                third._store.add(link)  # noqa: SLF001 - the same
    status = assess(truce, third, as_of="2017-06-01")
    assert status.claim("russia/1").determination == "established"
    assert [p["code"] for p in status.table("problems")] == ["unknown_record"]


def test_a_fork_counts_for_an_audience_that_does_not_see_all_of_it(truce):
    """What makes findings count or not is one thing for everybody, shown or not."""
    turkish = side("turkey", act(release="public"))
    russian = side("russia", confirmed("turkey/1"))
    other = side("russia", act(release="author"))
    turkish.merge(russian)
    turkish.merge(other)
    for audience in ("author", "mechanism", "public"):
        status = assess(truce, turkish, as_of="2017-06-01").for_audience(audience)
        assert status.claim("turkey/1").determination == "alleged"


def test_p49_a_gap_takes_no_effect_from_what_is_there(truce, sides, tmp_path):
    """Records after a gap count like others; what is missing may still come."""
    turkish, one, _ = sides
    write_records(tmp_path / "part.jsonl", [record for record in one if record.id == "russia/2"])
    turkish._clock = Clock("2017-05-20T00:00:00Z")  # noqa: SLF001 - days later
    turkish.merge(tmp_path / "part.jsonl")
    assert determinations(truce, turkish)["turkey/1"] == "established"
    assert assess(truce, turkish, as_of="2017-06-01").table("problems") == []
