"""What people read: a report shows an assessment, and judges nothing (docs/reports.md)."""

from ceasefire.reporting.status import StatusReport, report

__all__ = ["StatusReport", "report"]
