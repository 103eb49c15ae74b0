"""What the lists of an assessment say, told in words of the vocabulary: names, standings, counts, claims.

No section knows how another says it (docs/reports.md).
"""
