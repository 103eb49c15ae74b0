"""Calls of journals and keys with what they cannot take: one sentence, never a traceback, never a hang."""

import os
from pathlib import Path

import pytest
from journal_contract import Clock, shelling

from ceasefire.errors import CeasefireError, JournalError, LockedKey, UnreadableFile
from ceasefire.journal import Journal, SigningKey
from ceasefire.record import read_records

#: Values that are no path, no name, no passphrase, no key, no function.
WRONG = [0, -1, 1.5, 2**80, True, b"x", b"\xff", {1}, object(), ["x"], {"a": 1}, int, range(3), 1j]
KEY = SigningKey.new()


def journal():
    """Return a journal with one record."""
    made = Journal.in_memory(author="russia", clock=Clock())
    made.record(shelling())
    return made


#: What is called with a wrong value, by name.
CALLS = {
    "a clock": lambda value: Journal.in_memory("russia", clock=value if value is not int else 0),
    "a salt": lambda value: Journal.in_memory("russia", salt=value if value is not int else 0),
    "adopt": lambda value: journal().seal(KEY, adopt=value),
    "a private key": SigningKey,
    "the path of a key": SigningKey.read,
    "where a key is written": KEY.write,
    "what is signed": lambda value: KEY.sign(value if not isinstance(value, bytes) else "text"),
    "authors": lambda value: journal().merge(journal(), authors=value if value != ["x"] else [["x"]]),
    "what is merged": lambda value: journal().merge(value),
    "where it is opened": Journal.open,
    "where it is copied": lambda value: journal().copy(value),
}


@pytest.mark.parametrize("what", CALLS)
def test_a_wrong_call_of_a_journal_or_a_key_is_one_sentence(what):
    """Whatever is given."""
    for value in WRONG:
        with pytest.raises(CeasefireError) as told:
            CALLS[what](value)
        assert len(str(told.value).splitlines()) == 1


@pytest.mark.parametrize("passphrase", [0, b"secret", ["secret"], "half \ud800", "long" * 256])
def test_what_is_no_passphrase_locks_nothing_and_is_not_shown(tmp_path, passphrase):
    """No file is made."""
    with pytest.raises(LockedKey, match="passphrase") as told:
        KEY.write(tmp_path / "russia.pem", passphrase)
    assert "secret" not in str(told.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_on_the_stick_keeps_nobody_waiting(tmp_path):
    """Nobody writes into it: to open it would take for ever, and keep all others from writing."""
    os.mkfifo(tmp_path / "from-russia.jsonl")
    with pytest.raises(UnreadableFile, match="it is no regular file"):
        journal().merge(tmp_path / "from-russia.jsonl")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
@pytest.mark.parametrize("read", [read_records, lambda path: journal().merge(path)], ids=["read", "merge"])
def test_a_device_without_an_end_is_not_read(tmp_path, read):
    """A link on the stick may lead to one: its first line would never end."""
    (tmp_path / "from-russia.jsonl").symlink_to("/dev/zero")
    with pytest.raises(UnreadableFile, match=r"it is (a device|no regular file)"):
        read(tmp_path / "from-russia.jsonl")


def test_a_journal_is_opened_with_functions_only():
    """The sentence says for whom they are."""
    with pytest.raises(JournalError, match="functions that a test gives"):
        Journal.in_memory("russia", clock=None)
