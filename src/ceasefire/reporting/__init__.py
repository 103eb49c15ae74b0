"""What people read: a report shows an assessment, and judges nothing (design §10)."""

from ceasefire.reporting.status import StatusReport, report

__all__ = ["StatusReport", "report"]
