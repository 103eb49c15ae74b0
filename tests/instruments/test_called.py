"""Which party, place or act a name that somebody wrote means."""

import pytest

from ceasefire.instruments.act_names import act_meant
from ceasefire.instruments.names import callings
from ceasefire.instruments.terms import Party

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
