"""Records as JSON: canonical bytes, one object a record, files of lines, saved all or not at all.

What a record may say stands in the kinds, not here (docs/rules/records.md).
"""
