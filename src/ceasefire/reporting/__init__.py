"""What people read: a report shows an assessment, and judges nothing (docs/reports.md)."""

from typing import TYPE_CHECKING

from ceasefire.lazy_names import found_when_asked

if TYPE_CHECKING:
    from ceasefire.reporting.status import StatusReport, report
else:  # type checkers, which see the names above, refuse whatever is none of them
    __getattr__, __dir__ = found_when_asked(
        __name__,
        {
            "ceasefire.reporting.status": "StatusReport report",
        },
    )

__all__ = ["StatusReport", "report"]
