"""What a mechanism makes of a claim: positions, rules, rulings, silence, several reports of one act.

It never asks which commitment a claim concerns, and no commitment's phase.

The rules: docs/rules/claims.md.
"""
