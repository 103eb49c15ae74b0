"""Whoever calls a function wrongly reads one sentence with what to write, whatever was given."""

from pathlib import Path

import pytest

import ceasefire as cf

MEMO = cf.agreement("syria-de-escalation-2017")
HOW = {"kind": "incident", "columns": {"occurred": "day"}, "constant": {"act": "attack"}}
#: What a script may hold by mistake where something else belongs.
WRONG = (3, b"x", object(), [None], {"a": 1}, Path("/none/x"), lambda: None, cf.Incident)


@pytest.fixture
def table(tmp_path):
    """Write a table of one day."""
    (tmp_path / "a.csv").write_text("day\n2017-05-14\n")
    return tmp_path / "a.csv"


@pytest.mark.parametrize("wrong", WRONG, ids=lambda one: type(one).__name__)
def test_imports_are_called_wrongly(table, wrong):
    """A path, a journal, a mapping, agreements that are none."""
    with cf.Journal.in_memory(author="desk") as journal:
        calls = [
            lambda: cf.import_table(wrong, journal, HOW),
            lambda: cf.import_table(table, wrong, HOW),
            lambda: cf.import_table(table, journal, wrong),
            lambda: cf.import_table(table, journal, HOW, wrong),
            lambda: list(cf.read_table(wrong, HOW)),
        ]
        for call in calls:
            with pytest.raises(cf.CeasefireError):
                call()
        with pytest.raises(cf.JournalError, match=r"is no journal: open it first"):
            cf.import_table(table, "desk.db", HOW)


def test_one_agreement_will_do_for_a_list(table):
    """As it does wherever agreements are given."""
    how = HOW | {"constant": {"act": "attack", "zone": "Idlib"}}
    [one] = cf.read_table(table, how, MEMO)
    assert one.record.zone == "idlib"


@pytest.mark.parametrize("wrong", WRONG, ids=lambda one: type(one).__name__)
def test_reports_are_called_wrongly(wrong):
    """A language, a diagram, a width that are none; and ids that cannot be looked up."""
    with cf.Journal.in_memory(author="turkey") as journal:
        status = cf.assess(MEMO, journal, as_of="2017-05-15")
        made = cf.report(status)
        with pytest.raises(cf.ReportError, match="no reports in the language"):
            cf.report(status, language=wrong)
        with pytest.raises(cf.ReportError, match="no diagram of"):
            made.to_mermaid(wrong)
        with pytest.raises(cf.ReportError, match="no width"):
            made.to_terminal(10**30 if wrong == 3 else wrong)
        with pytest.raises(cf.RecordError, match="no records"):
            cf.shipped_records(wrong)
        with pytest.raises(cf.RecordError):
            journal.keyed([wrong])
        assert status.full_name(wrong) is None
