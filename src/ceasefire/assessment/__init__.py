"""What the records add up to on a given day, and why: a pure function."""

from ceasefire.assessment.result.assessment import Assessment, assess

__all__ = ["Assessment", "assess"]
