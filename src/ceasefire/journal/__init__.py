"""Keeping records: append-only chains, one for each author."""

from typing import TYPE_CHECKING

from ceasefire.lazy_names import found_when_asked

if TYPE_CHECKING:
    from ceasefire.journal.chain.seal import Seal
    from ceasefire.journal.chain.signing import SigningKey
    from ceasefire.journal.checked import Checked
    from ceasefire.journal.history.lineage import Fork, Gap
    from ceasefire.journal.history.verification import Fault
    from ceasefire.journal.journal import Journal
    from ceasefire.journal.sharing.copying import Copied
    from ceasefire.journal.sharing.merging import Merged
else:  # type checkers, which see the names above, refuse whatever is none of them
    __getattr__, __dir__ = found_when_asked(
        __name__,
        {
            "ceasefire.journal.chain.seal": "Seal",
            "ceasefire.journal.chain.signing": "SigningKey",
            "ceasefire.journal.checked": "Checked",
            "ceasefire.journal.history.lineage": "Fork Gap",
            "ceasefire.journal.history.verification": "Fault",
            "ceasefire.journal.journal": "Journal",
            "ceasefire.journal.sharing.copying": "Copied",
            "ceasefire.journal.sharing.merging": "Merged",
        },
    )

__all__ = ["Checked", "Copied", "Fault", "Fork", "Gap", "Journal", "Merged", "Seal", "SigningKey"]
