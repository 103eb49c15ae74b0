"""The quick way through a journal and the careful one tell the same, of whatever stands in its file.

Without its quick way a journal goes the careful way through every chain; with it, through those of which
anything may be wrong.
"""

import sqlite3
from contextlib import closing

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from journal_contract import Clock, shelling
from thorough import THOROUGH

from ceasefire.journal import Journal
from ceasefire.journal.chain import link as links
from ceasefire.journal.history import verification
from ceasefire.record import Correction, Event, Evidence, Finding, Membership, Tally, Withdrawal

SAID = {"evidence": (Evidence(title="Bulletin"),), "said_by": "turkey"}


@pytest.fixture(scope="module")
def journal(tmp_path_factory):
    """Return a journal with three chains, of one of which every record is of another kind."""
    path = tmp_path_factory.mktemp("plain") / "journal.db"
    with Journal.open(path, clock=Clock()) as journal:
        journal.extend(
            shelling(by="iran", text=text, accused=["a", "b"]) for text in ("", "\u00c4 b", "c\nd")
        )
        journal.record(
            shelling(by="russia"),
            Finding(by="russia", on="iran/1", outcome="confirmed", attributed_to=["unidentified"]),
            Correction(by="russia", of="russia/1", set={"zone": "idlib"}),
            Tally(by="russia", period="2017-05-14", count=3, by_zone={"idlib": 2}, timezone="Asia/Damascus"),
            Membership(by="russia", actor="a", group="b", occurred="2017-05-14"),
            Event(by="russia", name="round-1", occurred={"from": "2017-05-14", "to": "2017-05"}, **SAID),
            Withdrawal(by="russia", of="russia/1"),
            Withdrawal(by="russia", of="russia/3", release="mechanism"),
        )
        journal.record(shelling(by="turkey", release="public"))
    return path


def told(path, monkeypatch, *, carefully):
    """Return all faults of a file, and the records that can be read of it."""
    with monkeypatch.context() as patch, Journal.open(path, read_only=True) as journal:
        if carefully:
            patch.setattr(verification, "plain_chain", lambda *_, **__: None)
            patch.setattr(links, "_plain_record", lambda *_: None)
        faults = journal.verify()
        return faults, [] if faults else [repr(evolve(record)) + repr(record.proof) for record in journal]


def test_what_is_in_order_goes_the_quick_way(journal, monkeypatch):
    """Every chain of the journal is plainly in order, and its records are those of the careful way."""
    quickly = told(journal, monkeypatch, carefully=False)
    assert quickly == told(journal, monkeypatch, carefully=True)
    lengths = []
    look = verification.plain_chain

    def counted(rows, *, made):
        lengths.append((chain := look(rows, made=made)).length)
        return chain

    monkeypatch.setattr(verification, "plain_chain", counted)
    with Journal.open(journal, read_only=True) as opened:
        assert opened.verify() == ()
        whole = opened.checked()
        assert (whole.faults, whole, [one.proof for one in whole]) == (
            (),
            list(opened),
            [one.proof for one in opened],
        )
        assert (whole.mark(), whole.heads()) == (opened.mark(), opened.heads())
    assert lengths == [3, 8, 1] * 2


COLUMNS = [("records", name) for name in ("author", "number", "hash", "head", "received", "receipt")]
COLUMNS += [("bodies", name) for name in ("salt", "body", "target")]


@settings(max_examples=2_000 if THOROUGH else 25)
@given(
    st.sampled_from(COLUMNS), st.integers(1, 12), st.integers(0, 2_000), st.sampled_from(["flip", "cut", "type", "gone", "swap"])
)  # fmt: skip
def test_what_was_changed_is_told_alike(journal, tmp_path_factory, column, seq, at, how):
    """Of a file in which one value was changed, both ways tell the same faults, each in the same sentence."""
    table, name = column
    path = tmp_path_factory.mktemp("spoilt") / "journal.db"
    path.write_bytes(journal.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        query = f"SELECT {name} FROM {table} WHERE seq = ?"  # noqa: S608 - our own names
        (value,) = connection.execute(query, (seq,)).fetchone()
        if how == "gone":
            connection.execute(f"DELETE FROM {table} WHERE seq = ?", (seq,))  # noqa: S608 - the same
        else:
            other = connection.execute(query, (seq % 12 + 1,)).fetchone()[0]
            new = other if how == "swap" else _changed(value, at, how)
            connection.execute(f"UPDATE OR IGNORE {table} SET {name} = ? WHERE seq = ?", (new, seq))  # noqa: S608
        connection.commit()
    with pytest.MonkeyPatch.context() as patch:
        assert told(path, patch, carefully=False) == told(path, patch, carefully=True)


def _changed(value, at, how):
    if value is None or how == "type":
        return b"?" if isinstance(value, str) else 1.5 if isinstance(value, bytes) else "?"
    if isinstance(value, int):
        return value + 1 if how == "flip" else -value
    changed = value.encode() if isinstance(value, str) else value
    at %= len(changed)
    changed = changed[:at] + (b"" if how == "cut" else bytes([changed[at] ^ 1])) + changed[at + 1 :]
    return changed.decode(errors="replace") if isinstance(value, str) else changed
