"""Names, short names and aliases of parties and places, where people write: what is kept is the id."""

import pytest
from journal_contract import Clock, shelling

import pen
from ceasefire.assessment import assess
from ceasefire.errors import RecordError, UnknownId
from ceasefire.instruments.names import called, callings
from ceasefire.journal import Journal
from ceasefire.record import Correction, Decision, Finding, Performance, Response, Tally

PARTIES = [
    {"id": "front", "name": "The Liberation Front", "aliases": ["LF", "Jabhat", "H\u0323ama\u0304h Front"]},
    {"id": "lowland", "name": "Republic of Lowland", "aliases": ["Lowland side", "Jabhat"]},
    {"id": "upland", "name": "Upland"},
]
NORTH = {"id": "north", "name": "The North", "aliases": ["Northern sector"]}


@pytest.fixture(scope="module")
def text():
    """Return an agreement of parties with names."""
    stop = pen.commitment("stop", title="Fire stops", short="No fire", owed_by=["front", "lowland"])
    return pen.truce(
        stop,
        title="Truce of the Plain",
        short="Plain",
        adopted="2017-05-04",
        party=PARTIES,
        zone=[NORTH],
        members=["lowland", "upland"],
        rule="any",
    )


@pytest.fixture
def journal(text):
    """Return a journal of one who is named by its alias."""
    return Journal.in_memory(author="lowland SIDE", agreements=[text], clock=Clock())


@pytest.mark.parametrize(
    "name",
    ["front", "FRONT", "The Liberation Front", "the  liberation front", "lf", "\u1e24am\u0101h front"],
)
def test_a_party_is_named_as_people_name_it(journal, name):
    """By id, name or alias, whatever the capitals and the way of typing a letter."""
    said = journal.record(shelling(act="attack", accused=name, zone="northern SECTOR"))
    assert (said.by, said.id, said.accused, said.zone) == ("lowland", "lowland/1", ("front",), "north")


def test_whoever_is_named_twice_is_there_once(journal):
    """By two of its names."""
    assert journal.record(shelling(act="attack", accused=["LF", "front"])).accused == ("front",)


def test_names_count_wherever_a_party_is_named(journal):
    """In a finding, in a joint debt, in what a correction sets, and as whose statement it is."""
    said = journal.record(
        shelling(act="attack", accused="front", said_by="UPLAND", evidence={"title": "Letter"})
    )
    assert said.said_by == "upland"
    assert journal.record(Finding(on=said, attributed_to=["LF", "Upland"])).attributed_to == (
        "front",
        "upland",
    )
    owed = Response(to="stop", step="note", owed_by="LF+Republic of Lowland")
    assert journal.record(owed).owed_by == "front+lowland"
    journal.record(Correction(of=said, set={"accused": ["Republic of Lowland"]}))
    assert dict(journal.get("lowland/4").set) == {"accused": ("lowland",)}


def test_a_name_that_several_have_is_refused_with_those_it_may_mean(journal, text):
    """Of a record and of an author alike; one that nobody has is told with the nearest."""
    with pytest.raises(RecordError, match="'jabhat' may mean several parties: write front or lowland"):
        journal.record(shelling(act="attack", accused="jabhat"))
    with pytest.raises(RecordError, match="front or lowland"):
        Journal.in_memory(author="Jabhat", agreements=[text])
    with pytest.raises(UnknownId, match="did you mean 'upland'"):
        journal.record(shelling(act="attack", accused="uplnd"))


def test_an_id_means_the_one_that_has_it(text):
    """Whatever others are called; and a short name is a name, once a party has one."""

    class WithShort:
        id, name, aliases, short = "unit", "", (), "Front"

    both = callings([*text.parties, WithShort()])
    assert called(WithShort()) == ("unit", "Front")
    assert (both.meant("front"), both.meant("Front")) == (("front",), ("front", "unit"))


@pytest.mark.parametrize("name", ["stop", "truce/stop", "no FIRE", "Fire stops"])
def test_a_commitment_and_an_agreement_are_named_as_people_name_them(journal, name):
    """By the short name or the title; kept is the full name, which is compared, too."""
    said = journal.record(Performance(commitment=name, performer="LF", occurred="2017-05-10", key="a"))
    assert (said.commitment, said.performer) == ("truce/stop", "front")
    assert journal.record(shelling(act="attack", commitments=[name, "stop"])).commitments == ("truce/stop",)
    assert (
        journal.record(Decision(does="suspend", agreement="plain", occurred="2017-05-10")).agreement
        == "truce"
    )
    with pytest.raises(UnknownId, match="'No fires'"):
        journal.record(shelling(act="attack", commitments="No fires"))


def test_the_parts_of_a_count_are_named_as_people_name_places(journal):
    """Theirs is the id of a zone that has the name; what no agreement knows stays as it was published."""
    count = {"period": "2017-05-10", "count": 3, "act": "attack", "key": "10 May"}
    parts = {"by_zone": {"Northern sector": 2, "Far Hills": 1}, "read": ["The North"]}
    with pytest.raises(RecordError, match="read names 'The North'"):
        Tally(**count, **parts)
    parts["read"] = ["Northern sector", "Far Hills"]
    said = journal.record(Tally(**count, **parts, through="Jabhat al-Nur"))
    assert dict(said.by_zone) == {"north": 2, "Far Hills": 1}
    assert (said.read, said.through) == (("north", "Far Hills"), "Jabhat al-Nur")
    again = Tally(
        **count, by_zone={"north": 2, "Far Hills": 1}, read=["north", "Far Hills"], through="Jabhat al-Nur"
    )
    assert journal.record(again).new == ()
    journal.record(
        Correction(of=said, set={"by_zone": {"THE NORTH": 3}, "read": "THE NORTH", "through": "upland"})
    )
    assert dict(journal.get("lowland/2").set) == {
        "by_zone": {"north": 3},
        "read": ("north",),
        "through": "upland",
    }
    with pytest.raises(RecordError, match="'The North' and 'north' are one place, 'north'"):
        journal.record(Tally(**count | {"key": "b"}, by_zone={"north": 2, "The North": 1}))


def test_without_agreements_a_name_stays_as_it_was_written():
    """Nothing says whom it means."""
    journal = Journal.in_memory(author="Lowland side", clock=Clock())
    assert journal.record(shelling(accused="LF")).accused == ("LF",)
    assert journal.remarks() == ()


def test_a_chain_that_has_a_name_keeps_it(text, tmp_path):
    """A journal from before names were read goes on where it stopped."""
    with Journal.open(tmp_path / "j.db", author="Upland", clock=Clock()) as journal:
        journal.record(shelling())
    with Journal.open(tmp_path / "j.db", author="Upland", agreements=[text], clock=Clock()) as journal:
        assert journal.record(shelling(act="attack")).id == "Upland/2"


def test_an_author_that_no_agreement_knows_is_told(text):
    """By the journal that writes for it, and in the result, once; a mechanism is known, and who sits in it."""
    desk = Journal.in_memory(author="desk", agreements=[text], clock=Clock())
    written = desk.record(shelling(act="attack"), shelling(act="attack", zone="north"))
    (told,) = written.remarks
    assert told == desk.remarks()[0]
    assert "knows its author 'desk'" in told
    problems = assess(text, desk, as_of="2017-05-20").table("problems")
    assert [(p["record"], p["code"]) for p in problems] == [("desk/1", "unknown_author")]
    for author in ("front", "panel", "Upland"):
        known = Journal.in_memory(author=author, agreements=[text], clock=Clock())
        assert known.record(shelling(act="attack")).remarks == ()
        assert assess(text, known, as_of="2017-05-20").table("problems") == []
