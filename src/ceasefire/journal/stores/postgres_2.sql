-- Step 2: keys, the names that authors give to records of their own. A key is found by what
-- stands in the body, so that whoever writes need not know of it. The body is canonical
-- JSON: the text after the first "key": is the key, as JSON writes it – or the key in the
-- `set` of a correction without one, so who asks looks at what the body says.
CREATE FUNCTION key_of(body bytea) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF position('"key":'::bytea IN body) = 0 THEN
        RETURN NULL;
    END IF;
    RETURN left(substring(convert_from(body, 'UTF8') FROM '"key":"((?:[^"\\]|\\.)*)"'), 400);
END $$;
ALTER TABLE bodies ADD COLUMN key text COLLATE "C" GENERATED ALWAYS AS (key_of(body)) STORED;
CREATE INDEX bodies_by_key ON bodies (key) WHERE key IS NOT NULL;
INSERT INTO ceasefire_journal SELECT 2, count(*) FROM records;
