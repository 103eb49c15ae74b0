"""Agreements as data: what was promised, by whom, where and until when."""

from typing import TYPE_CHECKING

from ceasefire.lazy_names import found_when_asked

if TYPE_CHECKING:
    from ceasefire.instruments.catalogue import agreements
    from ceasefire.instruments.files.reading import agreement, check
    from ceasefire.instruments.terms import (
        Act,
        Agreement,
        Commitment,
        Condition,
        Effective,
        Key,
        Mechanism,
        MemberTerm,
        Note,
        Office,
        Party,
        Recurrence,
        RoleTerm,
        Source,
        Standing,
        Termination,
        Zone,
    )
    from ceasefire.instruments.text import as_text
else:  # type checkers, which see the names above, refuse whatever is none of them
    __getattr__, __dir__ = found_when_asked(
        __name__,
        {
            "ceasefire.instruments.catalogue": "agreements",
            "ceasefire.instruments.files.reading": "agreement check",
            "ceasefire.instruments.terms": (
                "Act Agreement Commitment Condition Effective Key Mechanism MemberTerm Note Office Party "
                "Recurrence RoleTerm Source Standing Termination Zone"
            ),
            "ceasefire.instruments.text": "as_text",
        },
    )

__all__ = [
    "Act",
    "Agreement",
    "Commitment",
    "Condition",
    "Effective",
    "Key",
    "Mechanism",
    "MemberTerm",
    "Note",
    "Office",
    "Party",
    "Recurrence",
    "RoleTerm",
    "Source",
    "Standing",
    "Termination",
    "Zone",
    "agreement",
    "agreements",
    "as_text",
    "check",
]
