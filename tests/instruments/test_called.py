"""Which party, place or act a name that somebody wrote means."""

import pytest

import ceasefire as cf
from ceasefire.instruments.act_names import act_meant
from ceasefire.instruments.names import callings, short_names
from ceasefire.instruments.terms import Party
from ceasefire.instruments.together import together

PARTIES = (
    Party(id="jabha", name="The Front", short="JF", aliases=("Jabhat al-Sha\u02bcm",)),
    Party(id="hayat", name="The Committee", aliases=("The  Front",)),
    Party(id="jf"),
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("jabhat al-sha'm", ("jabha",)),
        ("JABHAT AL-SHA\u2019M", ("jabha",)),
        (" the committee ", ("hayat",)),
        ("the front", ("hayat", "jabha")),
        ("JF", ("jabha", "jf")),
        ("jf", ("jf",)),
        ("the army", ()),
    ],
)
def test_a_name_means_whoever_is_called_so_and_an_id_the_one_that_has_it(written, meant):
    """In capitals or not, with whatever apostrophe; where two are called alike, both, for nobody else can tell."""
    assert callings(PARTIES).meant(written) == meant


def test_no_act_is_called_by_a_page_of_text(load):
    """Whoever pastes a report where an act belongs is told that it is none, without a guess."""
    acts = load().acts
    assert act_meant("Shellings", acts) == "attack.shelling"
    assert act_meant("shelling " * 30, acts) is None


def test_two_that_share_a_short_name_are_called_by_their_full_ones():
    """Nobody could tell them apart in a table: neither where both are short, nor where one has it as its name."""
    parties = (
        Party(id="a", name="Army of the North", short="North"),
        Party(id="b", name="Band of the North", short="NORTH"),
        Party(id="c", name="Council", short="CN"),
        Party(id="d", name="cn"),
        Party(id="e", name="Eastern Front", short="East"),
        Party(id="f"),
    )
    assert short_names(parties) == {
        "a": "Army of the North",
        "b": "Band of the North",
        "c": "Council",
        "d": "cn",
        "e": "East",
        "f": "f",
    }


def test_a_short_name_that_two_bear_is_told_when_the_file_is_read(load, every_field):
    """It loads, and whoever wrote it learns that both are called by their full names; alone it needs no telling."""
    one = '\n[[party]]\nid = "north-1"\nname = "Army of the North"\nshort = "North"\n'
    two = '\n[[zone]]\nid = "north-2"\nname = "Northern plain"\nshort = "North"\n'
    assert not [w for w in load(every_field + one + two).warnings if "short name" in w]
    told = [w for w in load(every_field + one + one.replace("-1", "-3")).warnings if "short name" in w]
    assert len(told) == 2
    assert "the short name 'North' of 'north-1' is that of another party too" in told[0]


def test_in_the_files_that_are_shipped_short_names_are_short_and_tell_apart():
    """Whatever has a name of more than forty letters has a shorter one, and all agreements together keep theirs."""
    world = together([cf.agreement(name) for name in cf.agreements()])
    for defined in (
        world.agreements,
        world.commitments.values(),
        world.parties.values(),
        world.zones.values(),
    ):
        called = short_names(defined)
        assert [one.id for one in defined if one.short and one.short not in called.values()] == []
        assert [name for name in called.values() if len(name) > 40] == []
