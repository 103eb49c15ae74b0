"""What the records add up to on a given day, and why: a pure function."""

from ceasefire.assessment.assess import assess
from ceasefire.assessment.result import Assessment

__all__ = ["Assessment", "assess"]
