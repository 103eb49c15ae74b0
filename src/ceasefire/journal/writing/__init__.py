"""Adding to one's own chain: names, amendments, seals.

Nobody else's chain is written here (docs/journals.md, docs/seals.md).
"""
