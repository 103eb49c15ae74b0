"""What is known, whatever the day: wordings, equal claims, statements, forks, counts, seals, releases.

What had not been received by `known_at` is left out here (silence asks for it once more). Nothing is
determined here, and nothing hangs on `as_of`.

The rules: docs/rules/claims.md and docs/rules/records.md.
"""
