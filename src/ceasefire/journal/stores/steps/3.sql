-- Step 3: seals, the signatures of authors under their chains. They are as append-only as
-- records are, and one that was taken away leaves a trace in sqlite_sequence.

CREATE TABLE seals (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    author    TEXT    NOT NULL CHECK (typeof(author) = 'text'),
    length    INTEGER NOT NULL CHECK (typeof(length) = 'integer' AND length > 0),
    head      BLOB    NOT NULL CHECK (typeof(head) = 'blob' AND length(head) = 32),
    key       TEXT    NOT NULL CHECK (typeof(key) = 'text'),
    at        INTEGER NOT NULL CHECK (typeof(at) = 'integer'),
    signature BLOB    NOT NULL CHECK (typeof(signature) = 'blob' AND length(signature) = 64),
    received  INTEGER NOT NULL CHECK (typeof(received) = 'integer'),
    receipt   BLOB    NOT NULL CHECK (typeof(receipt) = 'blob' AND length(receipt) = 8),
    UNIQUE (author, length, head, key, at, signature)
);
CREATE TRIGGER seals_are_never_updated BEFORE UPDATE ON seals
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no seal is updated'); END;
CREATE TRIGGER seals_are_never_deleted BEFORE DELETE ON seals
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no seal is deleted'); END;
CREATE TRIGGER seals_are_never_replaced BEFORE INSERT ON seals
WHEN EXISTS (SELECT 1 FROM seals WHERE seq = NEW.seq)
  OR EXISTS (
    SELECT 1 FROM seals
    WHERE (author, length, head, key, at, signature)
        = (NEW.author, NEW.length, NEW.head, NEW.key, NEW.at, NEW.signature)
)
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no seal is replaced'); END;
