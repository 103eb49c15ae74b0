"""Which row a member of several groups shares its phase with."""

import ceasefire as cf
from ceasefire.assessment.result.facts import view_of
from ceasefire.record import Incident

TRUCE = """
ceasefire = 1
id = "truce"
adopted = 2017-05-04
timezone = "UTC"

[[party]]
id = "north"
[[party]]
id = "south"
[[party]]
id = "band"
member_of = [{ group = "south", until = 2017-05-10 }, { group = "north", from = 2017-05-11 }]

[[commitment]]
id = "cease"
summary = "Nobody attacks."
owed_by = ["north", "south"]
duty = "refrain"
acts = ["attack"]
"""


def test_a_member_shares_the_row_of_the_group_of_its_first_act(tmp_path):
    """A band that changes sides has one row, beside the side on which it was when it first was accused."""
    (tmp_path / "truce.toml").write_text(TRUCE, encoding="utf-8")
    said = {"by": "north", "act": "attack", "accused": "band"}
    records = [
        Incident(id="a", occurred="2017-05-09T10:00:00Z", **said),
        Incident(id="b", occurred="2017-05-12T10:00:00Z", **said),
    ]
    status = cf.assess(cf.agreement(tmp_path / "truce.toml"), records, as_of="2017-05-15")
    assert view_of(status).outcome.weighed["truce/cease"].members == {"band": "south"}
    assert [row["owed_by"] for row in status.table("commitments")] == ["north", "south", "band", None]
