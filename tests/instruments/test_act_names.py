"""The acts that every agreement knows, for whoever has no agreement at hand."""

import ceasefire as cf
from ceasefire.instruments.files.reading import standard_acts


def test_every_agreement_knows_the_standard_acts():
    """They are the same, with their codes elsewhere, whether or not an agreement is read."""
    known = {act.id: act for act in cf.agreement("syria-de-escalation-2017").acts}
    acts = standard_acts()
    assert {act.id for act in acts} <= known.keys()
    assert all(known[act.id] == act for act in acts)
    assert ("acled", "Armed clash") in next(act.codes for act in acts if act.id == "attack.armed-clash")
