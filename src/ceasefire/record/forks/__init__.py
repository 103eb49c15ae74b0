"""Chains with two histories: what is known of them as a tree, and which branch stands.

docs/rules/claims.md, "Forked chains". Where the records come from is not known here.
"""
