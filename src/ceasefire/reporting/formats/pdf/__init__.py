"""A report as sheets of paper (docs/reports.md, "PDF"): what is printed, as values that typst sets."""
