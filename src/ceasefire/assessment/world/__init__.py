"""How an act is placed: when it occurred, where, what kind of act, who belonged to whom, who judges it.

It asks agreements and single acts; it knows no other records, no determination and no day
that is asked about.

The rules: docs/rules/scope.md and docs/rules/time.md.
"""
