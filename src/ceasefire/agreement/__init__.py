"""Agreements as data: what was promised, by whom, where and until when."""

from ceasefire.agreement.locating import agreements
from ceasefire.agreement.reading import agreement, check
from ceasefire.agreement.terms import (
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
from ceasefire.agreement.text import as_text
from ceasefire.agreement.together import Together, together

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
