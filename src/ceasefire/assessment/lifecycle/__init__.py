"""From when until when: agreements and commitments in force, suspended, due, over.

It rests on decisions as determined. What anybody did, or is accused of, is not asked here.

The rules: docs/rules/agreements.md, docs/rules/commitments.md and docs/rules/time.md.
"""
