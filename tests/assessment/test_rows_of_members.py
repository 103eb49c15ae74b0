"""Which row a member of several groups shares its phase with."""

import ceasefire as cf
import pen


def test_a_member_shares_the_row_of_the_group_of_its_first_act():
    """A band that changes sides has one row, beside the side on which it was when it first was accused."""
    sides = [{"group": "blue", "until": "2020-05-10"}, {"group": "red", "from": "2020-05-11"}]
    stop = pen.commitment("stop", owed_by=["red", "blue"])
    truce = pen.truce(stop, party=["red", "blue", {"id": "band", "member_of": sides}], mechanism=[])
    days = enumerate(("2020-05-09T10:00:00Z", "2020-05-12T10:00:00Z"), start=1)
    records = [pen.incident(n, occurred=day, accused="band") for n, day in days]
    status = cf.assess(truce, records, as_of="2020-05-15")
    assert status.outcome.obligations["truce/stop"].responsibility.members == {"band": "blue"}
    assert [row["owed_by"] for row in status.table("commitments")] == ["red", "blue", "band", None]
