"""A report as Markdown, HTML or a picture: text from records is data in each.

No format knows what a sentence means (docs/reports.md).
"""
