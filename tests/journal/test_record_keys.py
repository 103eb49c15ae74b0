"""Keys beyond one store: in the chains of others, in the bytes that are hashed, beside names of parties."""

import pytest
from attrs import evolve
from journal_contract import Clock, shelling
from merging_contract import side

from ceasefire.assessment import assess
from ceasefire.errors import ReadOnlyJournal
from ceasefire.journal import Journal
from ceasefire.journal.stores import postgres_server
from ceasefire.record import Withdrawal


def twice(memo, records):
    """Return the ids of the records whose key another one has."""
    problems = assess(memo, records, as_of="2017-05-20").table("problems")
    return [p["record"] for p in problems if p["code"] == "key_twice"]


def test_a_key_twice_in_the_chain_of_another_is_a_problem_and_no_error(memo):
    """Another program may write what this one would refuse; one of the two withdrawn, it is none."""
    russia = side("russia")
    russia.extend([shelling(text="a", key="1"), shelling(text="b", key="2")])
    lines = [evolve(record, key="7", proof=None) for record in list(russia)[-2:]]
    assert twice(memo, lines) == ["russia/5"]
    gone = Withdrawal(by="russia", id="russia/6", recorded="2017-06-01T00:00:00Z", of="russia/4")
    assert twice(memo, [*lines, gone]) == []


def test_records_without_keys_have_the_hashes_they_had():
    """The key is a field of the body, which is left out where there is none."""
    plain, keyed = (
        Journal.in_memory(author="turkey", clock=Clock(), salt=lambda: bytes(16)) for _ in range(2)
    )
    plain.record(shelling())
    keyed.record(shelling(key="7"))
    assert plain.heads() != keyed.heads()
    assert b'"key"' not in next(iter(plain._store.links())).body  # noqa: SLF001 - the bytes that are hashed


def test_names_are_ids_before_keys_are_compared(memo):
    """What a script writes by the name of a party is what is held under the id."""
    journal = Journal.in_memory(author="Turkey", agreements=[memo], clock=Clock())
    journal.record(shelling(key="7", accused="Ahrar al-Sham"))
    assert journal.record(shelling(key="7", accused="ahrar-al-sham")).new == ()
    assert journal.get("turkey/1").accused == ("ahrar-al-sham",)


def step_of(journal):
    """Return the step that the tables of a database are at."""
    return journal._store._server.step  # noqa: SLF001 - what no user sees


def test_a_database_of_the_first_step_gets_its_keys_from_its_owner(postgres, monkeypatch):
    """Until then whoever may only write reads it, and is told why nothing can be written."""
    address = postgres()
    monkeypatch.setattr(postgres_server, "_STEPS", postgres_server._STEPS[:1])  # noqa: SLF001 - a library before keys
    monkeypatch.setattr(postgres_server, "STEP", 1)
    with Journal.open(address, author="turkey", clock=Clock()) as journal:
        journal.record(shelling(), shelling())
    monkeypatch.undo()
    monkeypatch.setattr(postgres_server.Server, "owned", lambda _: False)
    with Journal.open(address, author="turkey", clock=Clock()) as journal:
        assert (len(list(journal)), journal.verify()) == (2, ())
        with pytest.raises(ReadOnlyJournal, match="the role that owns its tables"):
            journal.record(shelling(key="7"))
        with Journal.open(address, read_only=True) as reader:
            assert step_of(reader) == 1
        monkeypatch.undo()
        with Journal.open(address, author="turkey", clock=Clock()) as owner:
            assert step_of(owner) == postgres_server.STEP
            assert [r.id for r in owner.record(shelling(key="7"), shelling(key="8")).new] == [
                "turkey/3",
                "turkey/4",
            ]
            assert owner.record(shelling(key="7"), shelling(key="8")).new == ()
            assert owner.verify() == ()
        assert [r.id for r in journal.record(shelling(key="9")).new] == ["turkey/5"]
    with Journal.open(address, author="turkey", clock=Clock()) as journal:
        assert journal.record(shelling(key="9")).new == ()
