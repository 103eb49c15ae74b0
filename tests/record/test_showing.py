"""What a record shows of itself at a prompt."""

from ceasefire.record import Incident, Tally, Withdrawal


def test_a_short_record_shows_all_its_fields():
    """As any frozen value does."""
    shown = repr(Withdrawal(id="red/2", by="red", of="red/1"))
    assert shown.startswith("Withdrawal(by='red', said_by=None, id='red/2', recorded=None")
    assert shown.endswith("of='red/1')")


def test_a_long_record_shows_what_is_set():
    """Times as they were stated, a zero too, and long texts cut short."""
    act = Incident(
        id="red/1", by="red", recorded="2020-01-09T00:00:00Z", occurred="2020-01-08T10:00:00Z", act="attack",
        text="a" * 500,
    )  # fmt: skip
    shown = repr(act)
    assert shown.startswith(
        "Incident(by='red', id='red/1', recorded='2020-01-09T00:00:00Z', release='mechanism', "
    )
    assert f"text='{'a' * 78}…" in shown
    assert "None" not in shown
    assert "count=0" in repr(Tally(by="red", id="red/2", period="2020-01-08", count=0, text="a" * 500))
