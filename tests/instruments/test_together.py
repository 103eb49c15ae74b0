"""Agreements used together: one definition for each id, or a refusal."""

import pytest
from attrs import evolve

from ceasefire.clock import PartialDate, instant
from ceasefire.errors import (
    AgreementError,
    CeasefireError,
    ConflictingDefinitions,
    DifferentTimeZones,
    MissingAgreement,
    UnknownAgreement,
)
from ceasefire.instruments import Commitment, Condition, Mechanism, Party, agreement, agreements
from ceasefire.instruments.together import missing, together


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


def test_agreements_in_a_set_are_in_the_order_of_their_ids(north, south):
    """A set has no order of its own: in another process it would have another one."""

    class Turned(frozenset):
        def __iter__(self):
            return iter(sorted(super().__iter__(), key=lambda a: a.id, reverse=True))

    for given in ({north, south}, Turned([north, south])):
        assert [a.id for a in together(given).agreements] == sorted([north.id, south.id])


def test_an_agreement_given_twice_counts_once(north, load):
    """The same agreement read again, even from elsewhere, is the same agreement."""
    assert together([north, load(), evolve(north, path="elsewhere")]).agreements == (north,)


def test_the_catalogue_goes_together():
    """All agreements of the catalogue can be assessed in one call."""
    world = together([agreement(name) for name in agreements()])
    assert [a.id for a in world.agreements] == list(agreements())


def test_none_at_all_is_refused():
    """There is nothing to assess without an agreement."""
    with pytest.raises(MissingAgreement, match="no agreement is given"):
        together([])


@pytest.mark.parametrize("given", ["north-2020", ["north-2020"], None, [None], 1, {"id": "north-2020"}])
def test_what_is_no_agreement_is_refused(given):
    """An id, a path or anything else is read first: the message says with what."""
    with pytest.raises(UnknownAgreement, match=r"is no agreement: read it first, with ceasefire\.agreement"):
        together(given)


def test_every_agreement_referred_to_and_not_given_is_named(north, south):
    """Commitments, and an agreement that replaces another, refer to what has to be given too."""
    assert {other for _, other in missing(together(north))} == {"older-2017", "older-2019"}
    south = evolve(
        south,
        replaces=("west",),
        commitments=(
            _owes("south-2021", "go", restates=("north-2020/meet",), when=Condition(breach_of="west/x")),
        ),
    )
    assert missing(together(south)) == (
        ("when.breach_of of south-2021/go", "west"),
        ("restates of south-2021/go", "north-2020"),
        ("replaces of south-2021", "west"),
    )


def test_a_mechanism_refers_to_what_it_oversees_only_from_the_agreements_own_file(tmp_path):
    """A committee that the text itself sets over another agreement needs that one; a register's does not."""
    committee = '[[mechanism]]\nid = "both"\nmembers = ["red"]\noversees = ["one", "other"]\n'
    head = 'ceasefire = 1\nid = "{0}"\nadopted = 2020-01-01\n{1}[[party]]\nid = "red"\n'
    (tmp_path / "shared.toml").write_text('ceasefire = 1\nid = "shared"\n[[party]]\nid = "red"\n' + committee)
    for name, uses, own in (("one", "", committee), ("other", 'uses = "shared"\n', "")):
        (tmp_path / f"{name}.toml").write_text(head.format(name, uses) + own)
    one, other = (agreement(tmp_path / f"{name}.toml") for name in ("one", "other"))
    assert missing(together(one)) == (("oversees of the mechanism both", "other"),)
    assert missing(together(other)) == ()
    assert missing(together([one, other])) == ()


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
    with pytest.raises(DifferentTimeZones, match=r"different time zones .*: assess them one by one"):
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
