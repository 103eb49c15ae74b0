"""Agreements as data: what was promised, by whom, where and until when."""

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
from ceasefire.instruments.together import Together, together

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
    "Together",
    "Zone",
    "agreement",
    "agreements",
    "as_text",
    "check",
    "together",
]
