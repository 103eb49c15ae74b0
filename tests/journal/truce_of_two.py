"""A truce of two, who decide by consensus, and what is said of it."""

from journal_contract import shelling

from ceasefire.record import Finding

AGREEMENT = """
ceasefire = 1
id = "truce"
title = "A small truce"
adopted = 2017-05-04
timezone = "UTC"

[[party]]
id = "russia"
name = "Russia"

[[party]]
id = "turkey"
name = "Turkey"

[[party]]
id = "government"
name = "The government"

[[mechanism]]
id = "bilateral"
name = "The two"
members = ["russia", "turkey"]
rule = "consensus"

[[commitment]]
id = "cease"
title = "Cease"
summary = "No attacks."
clause = "1"
owed_by = ["government"]
duty = "refrain"
acts = ["attack"]
"""


def act(**fields):
    """Return an act of which the government is accused."""
    return shelling(accused="government", **fields)


def confirmed(on):
    """Return a finding that it was the government."""
    return Finding(on=on, outcome="confirmed", attributed_to="government")
