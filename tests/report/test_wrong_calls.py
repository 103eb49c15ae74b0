"""A report is made of an assessment, and of nothing else."""

import pytest

import ceasefire as cf


@pytest.mark.parametrize("given", [None, "syria-de-escalation-2017", {}, []])
def test_what_is_no_assessment_makes_no_report(given):
    """The message says how an assessment is made."""
    with pytest.raises(cf.ReportError, match=r"is no assessment: make one with ceasefire\.assess"):
        cf.report(given)
