"""Keeping records: append-only chains, one for each author."""

from ceasefire.journal.copying import Copied
from ceasefire.journal.history import Fork, Gap
from ceasefire.journal.journal import Journal
from ceasefire.journal.merging import Merged
from ceasefire.journal.seals import Seal
from ceasefire.journal.signing import SigningKey
from ceasefire.journal.verification import Fault

__all__ = ["Copied", "Fault", "Fork", "Gap", "Journal", "Merged", "Seal", "SigningKey"]
