-- Step 4: keys, the names that authors give to records of their own. A record written
-- before has none. A key stands in the body; it is here to be found by, and goes when the
-- body goes.

ALTER TABLE bodies ADD COLUMN key TEXT;
CREATE INDEX bodies_by_key ON bodies (key) WHERE key IS NOT NULL;
