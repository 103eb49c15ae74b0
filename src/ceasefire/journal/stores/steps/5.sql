-- Step 5: which records came by merge. What is in the name of the one whose journal this
-- is, and did not begin here, is adopted by name before its author seals it. Of what was
-- there before this step nobody knows, and it counts as written here.

CREATE TABLE merges (
    -- The first and the last place of arrival that one merge gave.
    first INTEGER PRIMARY KEY CHECK (typeof(first) = 'integer' AND first > 0),
    last  INTEGER NOT NULL CHECK (typeof(last) = 'integer' AND last >= first)
);
CREATE TRIGGER merges_are_never_updated BEFORE UPDATE ON merges
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no merge is updated'); END;
CREATE TRIGGER merges_are_never_deleted BEFORE DELETE ON merges
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no merge is deleted'); END;
CREATE TRIGGER merges_are_never_replaced BEFORE INSERT ON merges
WHEN EXISTS (SELECT 1 FROM merges WHERE first = NEW.first)
BEGIN SELECT RAISE(ABORT, 'a journal is append-only: no merge is replaced'); END;
