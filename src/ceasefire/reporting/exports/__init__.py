"""What other programs take: acts as GeoJSON and as a table, provenance, diagrams, columns (docs/exports.md).

Each is written from the material of a report and nothing else, so that it knows no more than
the edition of its audience does.
"""
