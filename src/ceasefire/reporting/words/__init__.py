"""The words a report uses for the states of the library: neutral, and never more than is known.

No figure is found here (docs/reports.md).
"""
