"""How each commitment stands for each who owes it: performances, periods, incidents, remedies, rows.

Nothing is determined here, no phase table stands here, and nothing is put into words.

The rules: docs/rules/commitments.md and docs/rules/compliance.md.
"""
