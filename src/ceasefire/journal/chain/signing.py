"""A party's private key: made, kept in a file, and used to sign (docs/seals.md).

Ed25519 (RFC 8032) by the package `cryptography`, which the extra `signing` brings
in. The file is PEM with PKCS #8 inside, so that other tools can read it (openssl
among them), with a passphrase or without. It is made for its owner alone and
never written over: a key that is lost is lost for good.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from ceasefire.errors import (
    InvalidKey,
    LockedKey,
    MissingExtra,
    UnreadableFile,
    UnwritableFile,
    path_named,
    quoted,
    reason,
)
from ceasefire.instruments.public_keys import key_bytes, key_text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

#: Bytes of a signature.
SIGNATURE: Final = 64
#: Bytes. A key file has some hundred.
_LARGEST: Final = 65_536
#: Bytes of the longest passphrase that OpenSSL takes.
_LONGEST_SECRET: Final = 1_023
_LOCKED: Final = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"
_PUBLIC: Final = b"-----BEGIN PUBLIC KEY-----"
_PRIVATE: Final = b"PRIVATE KEY-----"


class SigningKey:
    """A private key. Make one with `SigningKey.new()`, or read one with `SigningKey.read(path)`.

    Its repr and `public` show the public half only.
    """

    def __init__(self, private: Ed25519PrivateKey) -> None:
        _needed()
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        if not isinstance(private, Ed25519PrivateKey):
            raise InvalidKey(f"{quoted(private)} is no private key: make one with new(), or read one")
        self._private = private
        #: The text of the public key, as a register holds it.
        self.public: Final = key_text(private.public_key().public_bytes_raw())

    @classmethod
    def new(cls) -> Self:
        """Make a new key from the system's random numbers; raises `MissingExtra` without `signing`."""
        _needed()
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def read(cls, path: str | os.PathLike[str], passphrase: str | None = None) -> Self:
        """Read a key from its file.

        Raises `LockedKey` where the passphrase is wrong, missing, or not needed,
        `InvalidKey` for a file that holds no private Ed25519 key, `UnreadableFile`
        for one that cannot be read, and `MissingExtra` without the extra `signing`.
        """
        _needed()
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        name, data = path_named(path, "read"), _bytes(path)
        if _PUBLIC in data:
            raise InvalidKey(f"{name} holds a public key: name the file of the private one")
        if data.count(_PRIVATE) > 2:  # noqa: PLR2004 - where a key begins and where it ends
            raise InvalidKey(f"{name} holds several private keys: put the one to sign with into its own file")
        locked = _LOCKED in data
        if locked and passphrase is None:
            raise LockedKey(f"{name} is locked: give its passphrase")
        if not locked and passphrase is not None:
            raise LockedKey(f"{name} is not locked: give no passphrase, and make a new key if it should be")
        try:
            key = load_pem_private_key(data, _secret(passphrase))
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            if locked:
                raise LockedKey(f"{name} is locked with another passphrase, or is damaged") from error
            raise InvalidKey(
                f"{name} holds no private key in PEM with PKCS #8: make one with key new"
            ) from error
        if not isinstance(key, Ed25519PrivateKey):
            raise InvalidKey(f"{name} holds a key for another method than Ed25519: make one with key new")
        return cls(key)

    def write(self, path: str | os.PathLike[str], passphrase: str | None = None) -> None:
        """Write the key to a new file that only its owner may read, and wait until it is on the disk.

        Raises `UnwritableFile` where a file of that name is there already (it is
        left as it is), and where none can be made.
        """
        from cryptography.hazmat.primitives import serialization

        encryption: serialization.KeySerializationEncryption = serialization.NoEncryption()
        if passphrase == "":
            raise LockedKey("an empty passphrase locks nothing: give a longer one, or none")
        if secret := _secret(passphrase):
            encryption = serialization.BestAvailableEncryption(secret)
        data = self._private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption
        )
        _write_once(Path(path_named(path, "written")), data)

    def sign(self, data: bytes) -> bytes:
        """Return the signature of some bytes: 64 bytes, the same each time."""
        if not isinstance(data, bytes):
            raise InvalidKey(f"{quoted(data)} cannot be signed: give bytes")
        return self._private.sign(data)

    def __repr__(self) -> str:
        return f"<SigningKey {self.public}>"

    def __reduce__(self) -> str:
        raise InvalidKey("a private key is not copied: write it to a file, and read it there")


def signed(public: str, data: bytes, signature: bytes) -> bool:
    """Tell whether a signature of some bytes is by a public key; raises `MissingExtra` without `signing`."""
    _needed()
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key_bytes(public)).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def readable_by_others(path: str | os.PathLike[str]) -> bool:
    """Tell whether a file's rights let others than its owner read it; never where rights mean nothing."""
    with suppress(OSError):
        return os.name == "posix" and bool(stat.S_IMODE(Path(path).stat().st_mode) & 0o077)
    return False


def _secret(passphrase: str | None) -> bytes | None:
    """Return the bytes of a passphrase: the same for one typed on another system (RFC 8265)."""
    if passphrase is None:
        return None
    if not isinstance(passphrase, str):  # it is not shown: a terminal or a log would pass it on
        raise LockedKey("a passphrase is a text: write it in quotes")
    try:
        secret = unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError as error:
        raise LockedKey("this passphrase holds half a character: nobody can type it again") from error
    if len(secret) > _LONGEST_SECRET:
        raise LockedKey(f"this passphrase is too long: at most {_LONGEST_SECRET} bytes")
    return secret


def _needed() -> None:
    try:
        import cryptography  # noqa: F401 - whether it is there is the question
    except ImportError as error:
        raise MissingExtra("signing and checking seals", "signing") from error


def _bytes(path: str | os.PathLike[str]) -> bytes:
    name = os.fspath(path)
    try:
        with Path(path).open("rb") as opened:
            data = opened.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{name} cannot be read: {reason(error)}") from error
    if len(data) > _LARGEST:
        raise UnreadableFile(f"{name} is larger than any key: name the file of the private key")
    return data


def _write_once(path: Path, data: bytes) -> None:
    try:
        # O_EXCL refuses what is there, a link that leads nowhere included; the rights are set as it is made
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError as error:
        raise UnwritableFile(
            f"{path} is there already, and no key is ever written over: name another file"
        ) from error
    except (OSError, ValueError) as error:
        raise UnwritableFile(f"{path} cannot be made: {reason(error)}") from error
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise UnwritableFile(f"{path} cannot be written: {reason(error)}") from error
