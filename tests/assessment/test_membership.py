"""What is asked of groups beside the histories of scenarios: parties that no file knows."""

from ceasefire.assessment.world.membership import Groups
from ceasefire.instruments import Agreement, Party


def test_who_guarantees_whom_is_what_the_files_say():
    """A party guarantees those its file names; of one that no file defines nothing is known."""
    patron = Party(id="patron", guarantees=("government",))
    groups = Groups(Agreement(id="truce", timezone="UTC"), {"patron": patron}, ())
    assert groups.guaranteed_by("patron") == ("government",)
    assert groups.guaranteed_by("somebody") == ()
