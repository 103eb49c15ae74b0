-- Step 2: journals that merge. Another's records arrive with gaps and forks in them, and
-- without bodies; bodies can be erased.

-- Two rows that changed places show: the receipt now covers the place in the order of
-- arrival. `receipt_of` gives a receipt that was wrong before one that is wrong again.
DROP TRIGGER records_are_never_updated;
UPDATE records SET receipt = receipt_of(hash, received, seq, receipt);
CREATE TRIGGER records_are_never_updated BEFORE UPDATE ON records
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no record is updated'); END;

-- A body can be withheld first, then arrive, then be erased: each reason once. Only a body
-- marked as erased can be deleted.
DROP TRIGGER bodies_go_only_when_marked;
DROP TRIGGER absences_are_never_updated;
DROP TRIGGER absences_are_never_deleted;
DROP TRIGGER absences_are_never_replaced;
CREATE TABLE absences_2 (
    seq    INTEGER NOT NULL REFERENCES records (seq),
    reason TEXT    NOT NULL CHECK (reason IN ('erased', 'withheld')),
    PRIMARY KEY (seq, reason)
) WITHOUT ROWID;
INSERT INTO absences_2 SELECT seq, reason FROM absences;
DROP TABLE absences;
ALTER TABLE absences_2 RENAME TO absences;
CREATE TRIGGER absences_are_never_updated BEFORE UPDATE ON absences
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no absence is updated'); END;
CREATE TRIGGER absences_are_never_deleted BEFORE DELETE ON absences
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no absence is deleted'); END;
CREATE TRIGGER absences_are_never_replaced BEFORE INSERT ON absences
WHEN EXISTS (SELECT 1 FROM absences WHERE seq = NEW.seq AND reason = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no absence is replaced'); END;
CREATE TRIGGER bodies_go_only_when_erased BEFORE DELETE ON bodies
WHEN NOT EXISTS (SELECT 1 FROM absences WHERE seq = OLD.seq AND reason = 'erased')
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no body is deleted'); END;
CREATE TRIGGER bodies_stay_erased BEFORE INSERT ON bodies
WHEN EXISTS (SELECT 1 FROM absences WHERE seq = NEW.seq AND reason = 'erased')
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: an erased body does not come back'); END;

-- Numbers that several records of one author have, to be found without reading the chain.
CREATE TABLE doubles (
    author TEXT    NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (author, number)
) WITHOUT ROWID;
CREATE TRIGGER doubles_are_noted AFTER INSERT ON records
WHEN EXISTS (
    SELECT 1 FROM records WHERE author = NEW.author AND number = NEW.number AND hash != NEW.hash
)
BEGIN INSERT OR IGNORE INTO doubles VALUES (NEW.author, NEW.number); END;
INSERT INTO doubles SELECT author, number FROM records GROUP BY author, number HAVING count(*) > 1;

-- Records that arrived before the one that they follow: what is missing there never was
-- here. A row goes when the gap is closed.
CREATE TABLE awaiting (
    author TEXT    NOT NULL,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL,
    PRIMARY KEY (author, number, hash)
) WITHOUT ROWID;

-- The steps that made these tables, each entered in the transaction that did it.
CREATE TABLE steps (
    step    INTEGER PRIMARY KEY,
    -- How many records the journal held then.
    records INTEGER NOT NULL
);
CREATE TRIGGER steps_are_never_updated BEFORE UPDATE ON steps
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no step is updated'); END;
CREATE TRIGGER steps_are_never_deleted BEFORE DELETE ON steps
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no step is deleted'); END;
