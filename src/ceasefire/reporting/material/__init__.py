"""What a report is written from: one audience's view, its names, incidents and ledgers.

No sentence is made here, and nothing is judged (docs/reports.md).
"""
