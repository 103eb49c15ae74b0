"""The text of a public key: read, checked and shortened (docs/seals.md).

A key is written `ed25519:` and the base64 of its 32 bytes (RFC 8032, RFC 4648),
so that a lawyer can compare it sign by sign. What is accepted here is a point of
the curve by which nobody but the holder of its private half can sign: points of
small order are refused, as with them anybody's signature would verify.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from ceasefire.instruments.values import Wrong, shown
from ceasefire.patterns import regex

#: What the text of a key begins with.
ALGORITHM: Final = "ed25519:"


_TEXT: Final = regex(re.escape(ALGORITHM) + r"[A-Za-z0-9+/]{43}=", re.ASCII)


_BARE: Final = regex(r"[A-Za-z0-9+/]{43}=", re.ASCII)


_INSTEAD: Final = "write what `ceasefire key show` prints: ed25519: and 44 signs"


#: The prime of the field, and the constant of the curve (RFC 8032, section 5.1).
_P: Final = 2**255 - 19


_D: Final = -121665 * pow(121666, -1, _P) % _P


#: The height of a point of order eight; those of the eight points of small order follow from it.
_EIGHTH: Final = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7


_SMALL: Final = frozenset({0, 1, _P - 1, _EIGHTH, _P - _EIGHTH})


def public_key(value: Any, _: object = None) -> str:
    """Return the text of a public key as it is; raises `Wrong` for what is none."""
    if type(value) is not str:
        raise Wrong(f"is {shown(value)}, no text", _INSTEAD)
    if "PRIVATE KEY" in value:
        # the value is not shown: a terminal or a log would pass it on
        raise Wrong("is a private key", "make a new pair, for this one is no secret any more: key new")
    if _BARE.fullmatch(value):
        raise Wrong(f"is {shown(value)}, without its algorithm", f'write "{ALGORITHM}{value}"')
    if not _TEXT.fullmatch(value):
        raise Wrong(f"is {shown(value)}, no public key", _INSTEAD)
    data = key_bytes(value)
    if key_text(data) != value:
        raise Wrong(f"is {shown(value)}, whose last sign is wrong", _INSTEAD)
    if not _is_point(data):
        raise Wrong(f"is {shown(value)}, which is no key: a sign is wrong", _INSTEAD)
    return value


def is_public_key(value: object) -> bool:
    """Tell whether a value is the text of a public key."""
    try:
        public_key(value)
    except Wrong:
        return False
    return True


def key_bytes(text: str) -> bytes:
    """Return the 32 bytes of a public key from its text."""
    return b64decode(text.removeprefix(ALGORITHM), validate=True)


def key_text(data: bytes) -> str:
    """Return the text of a public key from its 32 bytes."""
    return ALGORITHM + b64encode(data).decode()


def fingerprint(text: str) -> str:
    """Return eight groups of four hexadecimal digits, to compare a key by over the telephone.

    They are the first 16 bytes of the SHA-256 of the key's 32 bytes.
    """
    digits = sha256(key_bytes(text)).hexdigest()[:32]
    return " ".join(digits[n : n + 4] for n in range(0, len(digits), 4))


@lru_cache(maxsize=64)  # a chain has many seals, and few keys
def _is_point(data: bytes) -> bool:
    """Tell whether 32 bytes are a point of the curve in its one encoding, and of no small order."""
    height = int.from_bytes(data, "little") & (2**255 - 1)
    if height >= _P or height in _SMALL:
        return False
    square = height * height % _P
    # x² = (y² - 1) / (d y² + 1) has a root when the product of the two is a square (Euler)
    return pow((square - 1) * (_D * square + 1), (_P - 1) // 2, _P) == 1
