-- Step 4 of a journal in PostgreSQL: what a writer enters by itself passes the door as far as a
-- server can look. Whoever may only add could otherwise enter a row that keeps all others from
-- writing or reading, for nothing here is ever taken away. Taken by the owner of the tables, in
-- one transaction, when it opens the journal. A step is never edited once it is out.

-- Microseconds of the instants that can be written in every time zone: years 1 to 9998.
CREATE FUNCTION is_instant(us bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT us >= -62135510400000000 AND us < 253370764800000000
$$;

-- A place without a hole; a head of this author and number that hashes to the hash, and names the
-- record before it as its number does; a receipt of just this.
CREATE FUNCTION enters_rightly() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE said json; names text[]; previous text;
BEGIN
    IF NEW.seq <> 1 + greatest((SELECT max(seq) FROM records), (SELECT max(records) FROM writes), 0) THEN
        RAISE EXCEPTION 'a journal has no hole: the next record has another place';
    END IF;
    IF sha256(NEW.head) <> NEW.hash OR NOT is_instant(NEW.received) OR NEW.receipt <> substr(
            sha256(NEW.hash || int8send(NEW.received) || int8send(NEW.seq)), 1, 8) THEN
        RAISE EXCEPTION 'a record is what was hashed, and was received at some time';
    END IF;
    said := convert_from(NEW.head, 'UTF8')::json;
    names := ARRAY(SELECT json_object_keys(said) ORDER BY 1);
    previous := said ->> 'previous';
    IF (
        array_remove(array_remove(names, 'said_by'), 'timezone')
            = '{body_digest,by,format,kind,number,previous,recorded,release}'::text[]
        AND json_typeof(said -> 'by') = 'string' AND said ->> 'by' = NEW.author AND NEW.author <> ''
        AND (said -> 'number')::text = NEW.number::text AND (said -> 'format')::text = '1'
        AND said ->> 'body_digest' ~ '^[0-9a-f]{64}$' AND json_typeof(said -> 'body_digest') = 'string'
        AND json_typeof(said -> 'previous') IN ('string', 'null')
        AND CASE
            WHEN previous = repeat('0', 64) THEN NEW.number <= 1000000000
            WHEN previous ~ '^[0-9a-f]{64}$' THEN NEW.number BETWEEN 2 AND 1000000000000
            ELSE previous IS NULL AND NEW.number = 1
        END
    ) IS NOT TRUE THEN
        RAISE EXCEPTION 'the head of a record says whose it is, and which number it has';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entered_rightly BEFORE INSERT ON records
FOR EACH ROW EXECUTE FUNCTION enters_rightly();

-- A body is the one whose digest stands in the head, and is found under what it is of.
CREATE FUNCTION says_rightly() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE head bytea := (SELECT records.head FROM records WHERE seq = NEW.seq);
    target text;
BEGIN
    IF position('"of":'::bytea IN NEW.body) > 0 THEN
        target := normalize((convert_from(NEW.body, 'UTF8')::json -> 'of') #>> '{}');
    END IF;
    IF encode(sha256(NEW.salt || NEW.body), 'hex') IS DISTINCT FROM
            convert_from(head, 'UTF8')::json ->> 'body_digest'
        OR target IS DISTINCT FROM normalize(NEW.target) THEN
        RAISE EXCEPTION 'a body is what was hashed, and is found under what it is of';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER said_rightly BEFORE INSERT ON bodies
FOR EACH ROW EXECUTE FUNCTION says_rightly();

-- Once a write is done each record has its body, or why it has none.
CREATE FUNCTION is_whole() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM bodies WHERE seq = NEW.seq)
        AND NOT EXISTS (SELECT FROM absences WHERE seq = NEW.seq) THEN
        RAISE EXCEPTION 'a record has its body, or says why it has none';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entered_whole AFTER INSERT ON records DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION is_whole();

-- Whether a record of an erasure says that this one is erased.
CREATE FUNCTION has_erasure(place bigint) RETURNS boolean LANGUAGE sql STABLE
SET search_path FROM CURRENT AS $$
    SELECT EXISTS (
        SELECT FROM records AS erased
        JOIN bodies AS said ON said.target = erased.author || '/' || erased.number
            OR starts_with(said.target, erased.author || '/' || erased.number || '@')
        JOIN records AS erasure ON erasure.seq = said.seq
        WHERE erased.seq = place
        AND position(convert_to('"kind":"erasure"', 'UTF8') in erasure.head) > 0
        AND starts_with(encode(erased.hash, 'hex'), split_part(substr(
            said.target, length(erased.author || '/' || erased.number) + 1), '@', 2))
    )
$$;
-- Nobody enters that a record is erased, so that its body never comes, without saying so in a record.
CREATE FUNCTION absent_rightly() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.reason = 'erased' AND NOT has_erasure(NEW.seq) THEN
        RAISE EXCEPTION 'a journal is append-only: no body goes without a record of its erasure';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER erased_by_a_record BEFORE INSERT ON absences
FOR EACH ROW EXECUTE FUNCTION absent_rightly();
CREATE OR REPLACE FUNCTION erase_body(place bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT has_erasure(place) THEN
        RAISE EXCEPTION 'a journal is append-only: no body goes without a record of its erasure';
    END IF;
    DELETE FROM bodies WHERE seq = place;
END $$;

-- A seal has the next place, and was made and received at some time; whether its key made it is told.
CREATE FUNCTION sealed_rightly() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.seq <> 1 + greatest((SELECT max(seq) FROM seals), (SELECT max(seals) FROM writes), 0)
        OR NOT is_instant(NEW.at) OR NOT is_instant(NEW.received) OR NEW.length > 1000000000000 THEN
        RAISE EXCEPTION 'a seal has the next place, and was made and received at some time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entered_rightly BEFORE INSERT ON seals
FOR EACH ROW EXECUTE FUNCTION sealed_rightly();
INSERT INTO ceasefire_journal SELECT 4, count(*) FROM records;
