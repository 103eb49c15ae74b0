"""What a script asks of an assessment: rows, claims and lists by name, and what it is told where there is none."""

import pytest

import ceasefire as cf
import pen
from ceasefire.assessment.result.view import view_of
from ceasefire.record import Correction, Event, Finding, Withdrawal

BY_GOVERNMENT = {"duty": "refrain", "owed_by": ["government"]}
CEASE = pen.commitment("cease", acts=["attack"], **BY_GOVERNMENT)
STAY = pen.commitment("stay", acts=["territory"], when={"event": "round"}, **BY_GOVERNMENT)
MONITORED = {"party": ["monitor", "government"], "adopted": "2017-05-04"}


@pytest.fixture(scope="module")
def truce():
    """Return a truce of one commitment, and one that a round begins; one monitor's word establishes."""
    return pen.truce(CEASE, STAY, members=["monitor"], rule="any", **MONITORED)


def shelling(number, **fields):
    """Return an attack of the government's, as the monitor reports it on a day of May."""
    given = {"by": "monitor", "recorded": "2017-05-30T00:00:00Z", "occurred": f"2017-05-{9 + number:02}"}
    return pen.incident(number, **given | {"act": "attack.shelling", "accused": "government"} | fields)


def asked(truce, *records, **how):
    """Return the assessment of records at the end of May."""
    return cf.assess(truce, records, **{"as_of": "2017-05-31"} | how)


def test_a_row_reads_like_a_dict_and_like_a_value(truce):
    """Its keys are its attributes; what it has not is told with what it has."""
    status = asked(truce, shelling(1))
    row = status["cease", "government"]
    assert row.breaches == row["breaches"] == status.row("cease", "government").breaches == 1
    with pytest.raises(AttributeError, match=r"no 'breach' in this row: it has commitment, owed_by, phase"):
        row.breach  # noqa: B018 - that it raises is the point


def test_what_is_not_there_is_told_with_what_is(truce):
    """A list, a claim and an audience have their names."""
    status = asked(truce, shelling(1))
    with pytest.raises(cf.UnknownRow, match="no list 'claim' – did you mean 'claims'"):
        status.table("claim")
    with pytest.raises(cf.UnknownRow, match="no claim 'monitor/2' in this assessment"):
        status.claim("monitor/2")
    with pytest.raises(
        cf.UnknownRow, match="'press' is no audience: write mechanism, public, author, or the id"
    ):
        status.for_audience("press")
    assert repr(status) == "<Assessment of truce as of 2017-05-31T23:59:59.999999Z: 4 rows>"


def test_a_claim_is_asked_for_in_one_of_the_agreements(truce):
    """By its id or as it is; where it is judged elsewhere, that is told, and not the claim's own id."""
    status = asked(truce, shelling(1))
    assert status.claim("monitor/1", truce) == status.claim("monitor/1", "truce") == status.claim("monitor/1")
    for given, told in (
        ("truces", "no claim 'monitor/1' under 'truces' – did you mean 'truce'"),
        ("peace", "no claim 'monitor/1' under 'peace': it is judged under truce$"),
        (3, "3 is no agreement, and no id of one"),
    ):
        with pytest.raises(cf.UnknownRow, match=told):
            status.claim("monitor/1", given)
    two = cf.assess(
        [truce, pen.truce(CEASE, STAY, id="accord", mechanism=[], **MONITORED)],
        [shelling(1)],
        as_of="2017-05-31",
    )
    with pytest.raises(cf.UnknownRow, match=r"it is judged under truce, accord$"):
        two.claim("monitor/1", "peace")


def test_a_record_without_author_or_id_cannot_be_assessed(truce):
    """Nobody could point at it: a journal, or the script, gives it both."""
    for missing in ({"id": None}, {"by": None}):
        with pytest.raises(cf.RecordError, match="record it in a journal, or give by and id"):
            asked(truce, shelling(1, **missing))


def test_of_two_different_records_with_one_id_one_is_looked_at(truce):
    """The same of the two, in whatever order they come; that there are two is a problem."""
    two = (shelling(1), shelling(1, act="attack.sniper"))
    statuses = [asked(truce, *two), asked(truce, *two[::-1]), asked(truce, two[0]).plus(two[1])]
    for status in statuses:
        assert [problem["code"] for problem in status.table("problems")] == ["duplicate_id"]
        assert status.to_dict() == statuses[0].to_dict()


def test_a_new_record_and_a_correction_of_an_old_one_may_come_together(truce):
    """Each finds its place among the others."""
    old, new = shelling(2), shelling(1)
    given = {"by": "monitor", "id": "monitor/3", "recorded": "2017-05-30T01:00:00Z"}
    milder = Correction(**given, of="monitor/2", set={"act": "attack.sniper"})
    status = asked(truce, old, shelling(4)).plus(milder, new)
    assert status.to_dict() == asked(truce, old, shelling(4), milder, new).to_dict()
    assert status.records["monitor/2"].act == "attack.sniper"


def test_one_record_beside_many_is_put_into_its_place(truce):
    """Twenty attacks are known, and one comes that lies between them in time."""
    many = [shelling(number) for number in range(1, 21) if number != 10]
    status = asked(truce, *many).plus(shelling(10))
    assert status.to_dict() == asked(truce, *many, shelling(10)).to_dict()
    assert status["cease", "government"].breaches == 20


def test_an_earlier_round_begins_what_it_begins_earlier(truce):
    """What occurred between the two counts by the earlier of them, once that is known."""
    given = {"by": "monitor", "name": "round", "recorded": "2017-05-30T00:00:00Z"}
    late = Event(**given, id="monitor/30", occurred="2017-05-20")
    early = Event(**given, id="monitor/31", occurred="2017-05-10")
    advances = [shelling(number, act="territory.advance") for number in (5, 15)]
    status = asked(truce, late, *advances)
    assert status["stay", "government"].breaches == 1
    status = status.plus(early)
    assert status["stay", "government"].breaches == 2
    assert status.to_dict() == asked(truce, late, *advances, early).to_dict()


def test_what_amends_a_hidden_record_is_hidden_with_it(truce):
    """A public word on what the public may not see would tell of it; and so it is where that is not held.

    Of somebody else's record it is shown, held or not.
    """
    given = {"by": "monitor", "recorded": "2017-05-30T01:00:00Z", "release": "public"}
    hidden, shown = shelling(1), shelling(2, release="public")
    correction = Correction(**given, id="monitor/3", of="monitor/1", set={"zone": "somewhere"})
    records = (
        hidden,
        shown,
        correction,
        Withdrawal(**given, id="monitor/4", of="monitor/3"),
        Correction(**given | {"release": "mechanism"}, id="monitor/5", of="monitor/2", set={"text": "x"}),
        Withdrawal(**given, id="monitor/6", of="monitor/5"),
        Withdrawal(**given, id="monitor/7", of="monitor/99"),
        Withdrawal(**given, id="monitor/9", of="somebody/99"),
        Finding(**given, id="monitor/8", on="monitor/2", severity="minor"),
    )
    seen = asked(truce, *records).for_audience("public")
    assert [record.id for record in view_of(seen).asked.records] == ["monitor/2", "monitor/9", "monitor/8"]
