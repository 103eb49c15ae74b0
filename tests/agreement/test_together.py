"""Agreements used together: one definition for each id, or a refusal."""

import pytest
from attrs import evolve

from ceasefire.agreement import Commitment, Condition, Mechanism, Party, agreement, agreements, together
from ceasefire.clock import PartialDate, instant
from ceasefire.errors import AgreementError, CeasefireError, ConflictingDefinitions


@pytest.fixture
def north(load):
    return load()


@pytest.fixture
def south(north):
    return evolve(north, id="south-2021", mechanisms=(), commitments=())


def _owes(agreement_id, commitment_id, **more):
    return Commitment(id=commitment_id, agreement=agreement_id, duty="achieve", owed_by=("red",), **more)


def test_one_agreement_will_do(north):
    """A single agreement is together with itself, and everything in it is found by its id."""
    world = together(north)
    assert world.agreements == (north,)
    assert world.timezone == "Asia/Damascus"
    assert list(world.commitments) == [c.name for c in north.commitments]
    assert world.commitments["north-2020/meet"].count == 2
    assert world.parties["raiders"].name == "Raiders"
    assert world.zones["north"].within == "land"
    assert "attack.shelling" in world.acts
    assert world.mechanisms == north.mechanisms


def test_agreements_keep_the_order_of_the_call(north, south):
    """Agreements stand in the order given; what they share stands once."""
    world = together([south, north])
    assert [a.id for a in world.agreements] == ["south-2021", "north-2020"]
    assert list(world.parties) == [p.id for p in north.parties]


def test_an_agreement_given_twice_counts_once(north, load):
    """The same agreement read again, even from elsewhere, is the same agreement."""
    assert together([north, load(), evolve(north, path="elsewhere")]).agreements == (north,)


def test_the_catalogue_goes_together():
    """All agreements of the catalogue can be assessed in one call."""
    world = together([agreement(name) for name in agreements()])
    assert [a.id for a in world.agreements] == list(agreements())


def test_none_at_all_is_refused():
    """There is nothing to assess without an agreement."""
    with pytest.raises(ValueError, match="no agreement is given"):
        together([])


@pytest.mark.parametrize("kind", ["parties", "zones", "acts"])
def test_one_id_in_two_ways_is_refused(north, south, kind):
    """Two definitions of one id that differ are named, with what differs and where."""
    first, *others = getattr(north, kind)
    south = evolve(south, **{kind: (evolve(first, note="Another."), *others)})
    with pytest.raises(ConflictingDefinitions, match=rf"'{first.id}' is defined in two ways \(note differ\)"):
        together([north, south])


def test_two_versions_of_one_agreement_are_refused(north):
    """One id is one text."""
    with pytest.raises(ConflictingDefinitions, match="the agreement 'north-2020' is defined in two ways"):
        together([north, evolve(north, title="Another title")])


def test_two_time_zones_are_refused(north, south):
    """A date means one day only if all read it in one time zone."""
    with pytest.raises(ConflictingDefinitions, match="different time zones"):
        together([north, evolve(south, timezone="Asia/Aden")])


@pytest.mark.parametrize(
    ("start", "refused"),
    [
        (PartialDate(2020, 12, 31), True),
        (PartialDate(2021, 1, 1), False),
        (instant("2020-12-31T21:59:59Z"), True),
        (instant("2020-12-31T22:00:00Z"), False),
    ],
)
def test_two_mechanisms_over_one_agreement_at_one_time_are_refused(north, south, start, refused):
    """A mechanism in another file may follow one, and not stand beside it."""
    other = Mechanism(id="other", members=("red",), oversees=("north-2020",), from_=start)
    south = evolve(south, mechanisms=(other,))
    if refused:
        with pytest.raises(
            ConflictingDefinitions, match="'joint-committee' and 'other' oversee 'north-2020'"
        ):
            together([north, south])
    else:
        assert together([north, south]).mechanisms == (*north.mechanisms, other)


def test_equal_mechanisms_of_a_register_are_one(north, south):
    """A mechanism that two files have from one register does not rival itself."""
    assert together([north, evolve(south, mechanisms=north.mechanisms)]).mechanisms == north.mechanisms


def test_a_commitment_that_a_given_agreement_lacks_is_told(north, south):
    """A full name is checked where its agreement is given too, and only there."""
    south = evolve(south, commitments=(_owes("south-2021", "go", restates=("north-2020/meat", "west/x")),))
    assert together(south).commitments["south-2021/go"].restates == ("north-2020/meat", "west/x")
    with pytest.raises(
        AgreementError, match=r"names 'north-2020/meat'.*did you mean 'north-2020/meet'"
    ) as told:
        together([south, north])
    assert len(told.value.mistakes) == 1


def test_conditions_that_wait_for_each_other_across_files_are_refused(north, south):
    """What no file shows by itself shows when they are used together."""
    one = evolve(
        north,
        commitments=(_owes("north-2020", "a", when=Condition(fulfilled="south-2021/b")),),
        mechanisms=(),
    )
    other = evolve(south, commitments=(_owes("south-2021", "b", when=Condition(breach_of="north-2020/a")),))
    with pytest.raises(AgreementError, match="when runs in a circle: ") as told:
        together([one, other])
    assert "north-2020/a → south-2021/b → north-2020/a" in str(told.value) or (
        "south-2021/b → north-2020/a → south-2021/b" in str(told.value)
    )


def test_every_refusal_is_an_error_of_this_library(north, south):
    """Whoever catches CeasefireError catches all of them."""
    with pytest.raises(CeasefireError):
        together([north, evolve(south, parties=(Party(id="red"),))])
