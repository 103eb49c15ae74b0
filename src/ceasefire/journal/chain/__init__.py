"""What is kept: a link of a chain, a seal on one, a key that signs.

It knows no store and no other chain (docs/journals.md, docs/seals.md).
"""
