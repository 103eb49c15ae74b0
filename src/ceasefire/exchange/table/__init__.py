"""Anybody's table, by a mapping that says what its rows and columns are (docs/imports.md).

Columns are found by name, dates are read as the mapping says and never guessed, and a cell
whose words mean nothing yet is told. Nothing here writes a journal: see `exchange.adding`.
"""
