-- Step 3 of a journal in PostgreSQL: what came by merge, and rights that a writer or a reader
-- cannot misuse. Taken by the owner of the tables, in one transaction, when it opens the
-- journal. A step is never edited once it is out.

-- The first and the last place of arrival that one merge gave: what is in the name of the
-- one whose journal this is, and did not begin here, is adopted by name before it is sealed.
CREATE TABLE merges (
    first bigint PRIMARY KEY CHECK (first > 0),
    last  bigint NOT NULL CHECK (last >= first)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON merges
FOR EACH STATEMENT EXECUTE FUNCTION refused();

-- Of this transaction's own records only: all that others wrote has an entry in `writes`.
CREATE FUNCTION note_merged(start bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
DECLARE newest bigint := (SELECT max(seq) FROM records);
BEGIN
    IF start > coalesce((SELECT max(records) FROM writes), 0) AND start <= newest THEN
        INSERT INTO merges VALUES (start, newest);
    END IF;
END $$;

-- What `verify` counts by: nobody enters places that no row has, or had when it was written.
CREATE FUNCTION counted_rightly() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.records > greatest((SELECT max(seq) FROM records), (SELECT max(records) FROM writes), 0)
        OR NEW.seals > greatest((SELECT max(seq) FROM seals), (SELECT max(seals) FROM writes), 0) THEN
        RAISE EXCEPTION 'a journal counts what it holds: no row has such a place';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER writes_are_counted BEFORE INSERT ON writes
FOR EACH ROW EXECUTE FUNCTION counted_rightly();

-- A record waits as long as the one that its head names as the one before it is not here.
CREATE FUNCTION still_waits(author_ text, number_ bigint, hash_ bytea) RETURNS boolean LANGUAGE sql STABLE
SET search_path FROM CURRENT AS $$
    SELECT EXISTS (
        SELECT FROM records AS here
        WHERE here.author = author_ AND here.number = number_ AND here.hash = hash_ AND NOT EXISTS (
            SELECT FROM records AS before
            WHERE before.author = author_ AND before.number = number_ - 1
            AND position(convert_to('"previous":"' || encode(before.hash, 'hex') || '"', 'UTF8') in here.head) > 0
        )
    )
$$;
CREATE FUNCTION waits_rightly() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF still_waits(NEW.author, NEW.number, NEW.hash) THEN
            RETURN NEW;
        END IF;
    ELSIF NOT still_waits(OLD.author, OLD.number, OLD.hash) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'what is noted of gaps fits the records: a record waits until the one before it is here';
END $$;
CREATE TRIGGER gaps_are_true BEFORE INSERT OR DELETE ON awaiting
FOR EACH ROW EXECUTE FUNCTION waits_rightly();
CREATE TRIGGER gaps_stay BEFORE UPDATE OR TRUNCATE ON awaiting
FOR EACH STATEMENT EXECUTE FUNCTION refused();

-- A body goes only where a record of an erasure says so, and an absence is entered.
CREATE OR REPLACE FUNCTION erase_body(place bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM records AS erased
        JOIN bodies AS said ON said.target = erased.author || '/' || erased.number
            OR starts_with(said.target, erased.author || '/' || erased.number || '@')
        JOIN records AS erasure ON erasure.seq = said.seq
        WHERE erased.seq = place
        AND position(convert_to('"kind":"erasure"', 'UTF8') in erasure.head) > 0
        AND starts_with(encode(erased.hash, 'hex'), split_part(substr(
            said.target, length(erased.author || '/' || erased.number) + 1), '@', 2))
    ) THEN
        RAISE EXCEPTION 'a journal is append-only: no body goes without a record of its erasure';
    END IF;
    DELETE FROM bodies WHERE seq = place;
END $$;

-- Whoever may read the records may read what came by merge.
DO $$
DECLARE reader name;
BEGIN
    FOR reader IN
        SELECT DISTINCT grantee FROM information_schema.role_table_grants
        WHERE table_schema = current_schema() AND table_name = 'records' AND privilege_type = 'SELECT'
        AND grantee <> current_user
    LOOP
        EXECUTE format('GRANT SELECT ON merges TO %I', reader);
    END LOOP;
END $$;
INSERT INTO ceasefire_journal SELECT 3, count(*) FROM records;
