"""Whose a public key is, and from when until when: which key signs for a party at an instant.

Nothing here signs or verifies; that needs the extra `signing`, and reading does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ceasefire.clock import iso
from ceasefire.instruments.oversight import term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ceasefire.instruments.terms import Key


class Keyring(NamedTuple):
    """The keys that agreements declare, each for one party and one time."""

    keys: tuple[Key, ...]
    #: In which the dates of the keys are read.
    timezone: str = "UTC"

    def declared(self, party: str, known_at: int | None = None) -> bool:
        """Tell whether a party has a key at all, or had one that began by an instant."""
        return any(
            key.party == party and (known_at is None or term(key, self.timezone)[0] <= known_at)
            for key in self.keys
        )

    def objection(self, party: str, text: str, at: int) -> str:
        """Return why a key does not sign for a party at an instant; empty when nothing says so.

        A key signs from the beginning of `from` to the end of `until` (docs/seals.md). One that
        nobody has declared is an objection only against a party that has declared another:
        a party may begin to seal before the register is printed, but never with the key of
        somebody else.
        """
        found = [key for key in self.keys if key.key == text]
        if not found:
            return f"no agreement given declares the key {text}" if self.declared(party) else ""
        if all(key.party != party for key in found):
            return f"the key {text} is declared for {found[0].party}, not for {party}"
        for key in found:
            start, end = term(key, self.timezone)
            if key.party == party and start <= at < end:
                return ""
        return f"the key {text} does not sign for {party} at {iso(at)}: {_terms(found)}"


def _terms(keys: Iterable[Key]) -> str:
    return " and ".join(
        "it signs"
        + (f" from {key.from_}" if key.from_ is not None else "")
        + (f" until {key.until}" if key.until is not None else "")
        for key in keys
    )
