"""Does an act concern a commitment? Inside, outside or unclear, each with the code of its reason.

It never says whether an act took place: that is determined below, and what it comes to, above.

The rules: docs/rules/scope.md.
"""
