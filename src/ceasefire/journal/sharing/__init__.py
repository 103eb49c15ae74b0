"""Exchanging with others: merging what they hold, copying what they may see.

Nothing is overwritten, and no body leaves that its audience may not see (docs/journals.md).
"""
