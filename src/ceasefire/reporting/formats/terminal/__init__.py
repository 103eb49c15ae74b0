"""A report as lines of a terminal (docs/reports.md, "Terminal")."""
