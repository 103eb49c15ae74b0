"""What is told of an assessment: its lists, its reasons in sentences, and the class that users hold.

Nothing is decided here: each list lays out what was found below.

The rules: docs/rules/result.md.
"""
