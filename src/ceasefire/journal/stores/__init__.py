"""Where it is kept: in memory, in one SQLite file, in a PostgreSQL database; one contract for all.

A store keeps and gives back; it judges nothing (docs/journals.md, docs/postgres.md).
"""
