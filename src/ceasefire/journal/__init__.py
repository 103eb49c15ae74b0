"""Keeping records: append-only chains, one for each author."""

from ceasefire.journal.chain.seal import Seal
from ceasefire.journal.chain.signing import SigningKey
from ceasefire.journal.checked import Checked
from ceasefire.journal.history.lineage import Fork, Gap
from ceasefire.journal.history.verification import Fault
from ceasefire.journal.journal import Journal
from ceasefire.journal.sharing.copying import Copied
from ceasefire.journal.sharing.merging import Merged

__all__ = ["Checked", "Copied", "Fault", "Fork", "Gap", "Journal", "Merged", "Seal", "SigningKey"]
