"""Private keys: made, kept in a file for their owner alone, and used to sign."""

import copy
import os
import pickle
import stat
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.errors import InvalidKey, LockedKey, MissingExtra, UnreadableFile, UnwritableFile
from ceasefire.instruments.public_keys import is_public_key, key_text
from ceasefire.journal import SigningKey
from ceasefire.journal.chain.signing import readable_by_others, signed

PEM = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


@pytest.fixture
def path(tmp_path):
    """Return where a key may be written."""
    return tmp_path / "turkey.pem"


def test_a_new_key_is_a_key_nobody_else_has():
    """Its public half is one that a register takes, and no two are alike."""
    one, other = SigningKey.new(), SigningKey.new()
    assert is_public_key(one.public)
    assert one.public != other.public


@pytest.mark.parametrize("passphrase", [None, "six words from a book, ş and و", "e\u0301"])
def test_a_key_is_read_as_it_was_written(path, passphrase):
    """With a passphrase in any script, and without."""
    key = SigningKey.new()
    key.write(path, passphrase)
    read = SigningKey.read(path, passphrase)
    assert read.public == key.public
    assert read.sign(b"x") == key.sign(b"x")
    assert (b"ENCRYPTED" in path.read_bytes()) == (passphrase is not None)


def test_a_passphrase_may_be_typed_on_another_system(path):
    """A letter with its accent is the same letter, as one sign or as two."""
    SigningKey.new().write(path, "e\u0301te\u0301")
    SigningKey.read(path, "\u00e9t\u00e9")


@pytest.mark.skipif(os.name != "posix", reason="the rights of files are those of POSIX")
@pytest.mark.parametrize("mask", [0, 0o022, 0o077])
def test_only_its_owner_may_read_the_file(path, mask):
    """Mode 0600 from the first instant, whatever the process grants by default."""
    before = os.umask(mask)
    try:
        SigningKey.new().write(path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not readable_by_others(path)
    path.chmod(0o640)
    assert readable_by_others(path)


def test_no_key_is_ever_written_over(path, tmp_path):
    """Neither a file, nor what a link points at, nor a link that leads nowhere."""
    SigningKey.new().write(path)
    before = path.read_bytes()
    link, dangling = tmp_path / "link.pem", tmp_path / "dangling.pem"
    link.symlink_to(path)
    dangling.symlink_to(tmp_path / "nowhere")
    for there in (path, link, dangling):
        with pytest.raises(UnwritableFile, match="is there already"):
            SigningKey.new().write(there)
    assert path.read_bytes() == before
    assert not (tmp_path / "nowhere").exists()


def test_what_cannot_be_written_leaves_no_half_key(path, monkeypatch):
    """A full disk: a sentence, and no file."""

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableFile, match="No space left"):
        SigningKey.new().write(path)
    assert not path.exists()


def test_a_folder_that_does_not_exist_is_told(tmp_path):
    """No folder is made on the way."""
    with pytest.raises(UnwritableFile, match="cannot be made"):
        SigningKey.new().write(tmp_path / "no" / "key.pem")


def test_a_locked_key_needs_its_passphrase(path, tmp_path):
    """None, another one, an empty one, and one where none is needed: each is told."""
    SigningKey.new().write(path, "right")
    for wrong, said in ((None, "give its passphrase"), ("wrong", "another passphrase"), ("", "another")):
        with pytest.raises(LockedKey, match=said):
            SigningKey.read(path, wrong)
    SigningKey.new().write(tmp_path / "open.pem")
    with pytest.raises(LockedKey, match="is not locked"):
        SigningKey.read(tmp_path / "open.pem", "right")
    with pytest.raises(LockedKey, match="locks nothing"):
        SigningKey.new().write(tmp_path / "empty.pem", "")
    assert not (tmp_path / "empty.pem").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "holds no private key"),
        (b"ed25519:O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik=", "holds no private key"),
        (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "holds no private key"),
        (ec.generate_private_key(ec.SECP256R1()).private_bytes(*PEM), "another method than Ed25519"),
        (2 * ed25519.Ed25519PrivateKey.generate().private_bytes(*PEM), "several private keys"),
        (
            ed25519.Ed25519PrivateKey.generate()
            .public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo),
            "holds a public key",
        ),
    ],
    ids=["empty", "public text", "cut", "another method", "several", "public"],
)
def test_what_is_no_private_key_is_told(path, data, said):
    """A sentence that says what the file holds instead."""
    path.write_bytes(data)
    with pytest.raises(InvalidKey, match=said):
        SigningKey.read(path)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    """Missing, a folder, or far too large for a key."""
    large = tmp_path / "large"
    large.write_bytes(b"x" * 100_000)
    for name, said in ((tmp_path / "none", "No such file"), (tmp_path, "directory"), (large, "larger")):
        with pytest.raises(UnreadableFile, match=said):
            SigningKey.read(name)


def test_a_private_key_does_not_leak(path):
    """Neither its repr nor a pickle shows more than the public half."""
    key = SigningKey.new()
    assert repr(key) == f"<SigningKey {key.public}>"
    for leak in (pickle.dumps, copy.deepcopy):
        with pytest.raises(InvalidKey):
            leak(key)


@given(st.binary(max_size=100), st.integers(0, 511))
def test_a_signature_is_of_those_bytes_by_that_key(data, bit):
    """It verifies, and not once any bit of it, or the text, or the key, is another."""
    key = SigningKey(ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32)))
    signature = key.sign(data)
    assert signed(key.public, data, signature)
    flipped = bytearray(signature)
    flipped[bit // 8] ^= 1 << bit % 8
    assert not signed(key.public, data, bytes(flipped))
    assert not signed(key.public, data + b"x", signature)
    other = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(31) + b"\1").public_key()
    assert not signed(key_text(other.public_bytes_raw()), data, signature)
    assert not signed(key.public, data, signature[:-1])


def test_without_the_extra_its_name_is_told(path, monkeypatch):
    """`signing` brings the package in."""
    key = SigningKey.new()
    key.write(path)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    for call in (SigningKey.new, lambda: SigningKey.read(path), lambda: signed(key.public, b"", b"")):
        with pytest.raises(MissingExtra, match=r"ceasefire\[signing\]"):
            call()


def test_a_key_can_be_read_without_this_library(path):
    """The file is what openssl and others read; no library of ours is needed to take a key elsewhere."""
    key = SigningKey.new()
    key.write(path)
    public = serialization.load_pem_private_key(path.read_bytes(), None).public_key().public_bytes_raw()
    assert key_text(public) == key.public


def test_each_process_makes_its_own_key():
    """No key comes from a seed that two processes share."""
    script = "from ceasefire.journal import SigningKey; print(SigningKey.new().public)"
    made = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": "0"},
        ).stdout
        for _ in range(2)
    }
    assert len(made) == 2
