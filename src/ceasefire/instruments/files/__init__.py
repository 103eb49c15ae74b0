"""From a file to an agreement: lines, shapes, references, checks; all mistakes at once.

It reads and never guesses (docs/agreement-files.md).
"""
