"""The annexes of a report: every record, text and name behind its figures, and how it was made."""
