"""Keeping records: append-only chains, one for each author."""

from ceasefire.journal.journal import Journal
from ceasefire.journal.seals import Seal
from ceasefire.journal.signing import SigningKey
from ceasefire.journal.verification import Fault

__all__ = ["Fault", "Journal", "Seal", "SigningKey"]
