-- Step 1: the tables of a journal in SQLite. Nothing in them is ever changed: triggers
-- refuse UPDATE, DELETE and INSERT OR REPLACE. They guard against accidents and careless
-- tools; who owns the file can drop them, and then `verify` finds what was changed.
-- A step is never edited once it is out: files made by it are opened by every later version.

CREATE TABLE records (
    -- Order of arrival in this file, local. AUTOINCREMENT never gives a number twice, so
    -- that a row taken away at the end leaves a trace in sqlite_sequence.
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    author   TEXT    NOT NULL CHECK (typeof(author) = 'text'),
    number   INTEGER NOT NULL CHECK (typeof(number) = 'integer' AND number > 0),
    hash     BLOB    NOT NULL CHECK (typeof(hash) = 'blob' AND length(hash) = 32),
    head     BLOB    NOT NULL CHECK (typeof(head) = 'blob'),
    received INTEGER NOT NULL CHECK (typeof(received) = 'integer'),
    receipt  BLOB    NOT NULL CHECK (typeof(receipt) = 'blob' AND length(receipt) = 8),
    -- The hash is part of the key: both branches of a fork are kept.
    UNIQUE (author, number, hash)
);

-- Bodies stand apart, so that one can be removed while its record stays in the chain.
CREATE TABLE bodies (
    seq    INTEGER PRIMARY KEY REFERENCES records (seq),
    salt   BLOB NOT NULL CHECK (typeof(salt) = 'blob' AND length(salt) = 16),
    body   BLOB NOT NULL CHECK (typeof(body) = 'blob'),
    -- What a correction, withdrawal or erasure is `of`; it goes when the body goes.
    target TEXT
);
CREATE INDEX bodies_by_target ON bodies (target) WHERE target IS NOT NULL;

-- The only way by which a body may go: first its seq is entered here, with the reason.
CREATE TABLE absences (
    seq    INTEGER PRIMARY KEY REFERENCES records (seq),
    reason TEXT NOT NULL CHECK (reason IN ('erased', 'withheld'))
);

CREATE TRIGGER records_are_never_updated BEFORE UPDATE ON records
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no record is updated'); END;
CREATE TRIGGER records_are_never_deleted BEFORE DELETE ON records
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no record is deleted'); END;
CREATE TRIGGER records_are_never_replaced BEFORE INSERT ON records
WHEN EXISTS (SELECT 1 FROM records WHERE seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM records WHERE author = NEW.author AND number = NEW.number AND hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no record is replaced'); END;

CREATE TRIGGER bodies_are_never_updated BEFORE UPDATE ON bodies
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no body is updated'); END;
CREATE TRIGGER bodies_go_only_when_marked BEFORE DELETE ON bodies
WHEN NOT EXISTS (SELECT 1 FROM absences WHERE seq = OLD.seq)
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no body is deleted'); END;
CREATE TRIGGER bodies_are_never_replaced BEFORE INSERT ON bodies
WHEN EXISTS (SELECT 1 FROM bodies WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no body is replaced'); END;

CREATE TRIGGER absences_are_never_updated BEFORE UPDATE ON absences
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no absence is updated'); END;
CREATE TRIGGER absences_are_never_deleted BEFORE DELETE ON absences
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no absence is deleted'); END;
CREATE TRIGGER absences_are_never_replaced BEFORE INSERT ON absences
WHEN EXISTS (SELECT 1 FROM absences WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no absence is replaced'); END;
