"""The collector is held off while a history is read and assessed, and given back as it was."""

import gc

import pytest

import ceasefire as cf
from ceasefire.collecting import uncollected


@pytest.fixture
def switched_off():
    """Let a program have switched the collector off."""
    gc.disable()
    yield
    gc.enable()


class Watched:
    """Records that tell whether the collector was on when they were asked for."""

    def __init__(self, fails=False):
        self.fails, self.on = fails, None

    def __iter__(self):
        self.on = gc.isenabled()
        if self.fails:
            raise LookupError("a program's own")
        return iter(())


@pytest.fixture
def protocol():
    """Return an agreement of the catalogue."""
    return cf.agreement("syria-moscow-2020")


def test_it_is_off_while_a_history_is_assessed_and_on_again_afterwards(protocol):
    """Also for another day and for more records; not once the answer is there."""
    records = Watched()
    status = cf.assess(protocol, records, as_of="2020-05-01")
    assert (records.on, gc.isenabled()) == (False, True)
    status.at("2020-04-01").plus()
    later = Watched()
    status.caught_up(later)
    assert (later.on, gc.isenabled()) == (False, True)


def test_it_is_on_again_after_an_error(protocol, tmp_path):
    """Whatever goes wrong, the program goes on as it was."""
    with pytest.raises(LookupError, match="own"):
        cf.assess(protocol, Watched(fails=True), as_of="2020-05-01")
    assert gc.isenabled()
    with pytest.raises(cf.UnreadableFile):
        cf.read_records(tmp_path / "nowhere.jsonl")
    assert gc.isenabled()


@pytest.mark.usefixtures("switched_off")
def test_a_program_that_has_switched_it_off_finds_it_off(protocol):
    """It is not the library's to switch on."""
    cf.assess(protocol, [], as_of="2020-05-01")
    assert not gc.isenabled()


def test_one_within_another_gives_it_back_only_at_the_end():
    """Steps that hold it off may call each other."""
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
