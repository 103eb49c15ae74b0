"""A report in every form it is written in: text from records is data in each.

No format knows what a sentence means (docs/reports.md).
"""
