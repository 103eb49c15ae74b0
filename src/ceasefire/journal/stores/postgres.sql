-- The tables of a journal in PostgreSQL, step 1: what the steps of the SQLite journal came
-- to. The owner of the schema makes them, and lets others use them (docs/postgres.md).
-- Nothing in them is ever changed: triggers refuse it to everybody, and the role that
-- programs connect with has no right to try.

-- What tells a journal from other tables, and the steps that made it.
CREATE TABLE ceasefire_journal (
    step    integer PRIMARY KEY,
    -- How many records the journal held then.
    records bigint NOT NULL
);
INSERT INTO ceasefire_journal VALUES (1, 0);

CREATE TABLE records (
    -- Order of arrival in this journal, without a hole: a writer holds the journal alone.
    seq      bigint PRIMARY KEY CHECK (seq > 0),
    author   text   COLLATE "C" NOT NULL,
    number   bigint NOT NULL CHECK (number > 0),
    hash     bytea  NOT NULL CHECK (octet_length(hash) = 32),
    head     bytea  NOT NULL,
    received bigint NOT NULL,
    receipt  bytea  NOT NULL CHECK (octet_length(receipt) = 8),
    -- The hash is part of the key: both branches of a fork are kept.
    UNIQUE (author, number, hash)
);

-- Bodies stand apart, so that one can be removed while its record stays in the chain.
CREATE TABLE bodies (
    seq    bigint PRIMARY KEY REFERENCES records (seq),
    salt   bytea  NOT NULL CHECK (octet_length(salt) = 16),
    body   bytea  NOT NULL,
    -- What a correction, withdrawal or erasure is `of`; it goes when the body goes.
    target text   COLLATE "C"
);
CREATE INDEX bodies_by_target ON bodies (target) WHERE target IS NOT NULL;

-- The only way by which a body may go: first its seq is entered here as erased.
CREATE TABLE absences (
    seq    bigint NOT NULL REFERENCES records (seq),
    reason text   NOT NULL CHECK (reason IN ('erased', 'withheld')),
    PRIMARY KEY (seq, reason)
);

-- Numbers that several records of one author have, to be found without reading the chain.
CREATE TABLE doubles (
    author text   COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    PRIMARY KEY (author, number)
);

-- Records that arrived before the one that they follow: what is missing there never was
-- here. A row goes when the gap is closed.
CREATE TABLE awaiting (
    author text   COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    hash   bytea  NOT NULL,
    PRIMARY KEY (author, number, hash)
);

-- The signatures of authors under their chains.
CREATE TABLE seals (
    seq       bigint PRIMARY KEY CHECK (seq > 0),
    author    text   COLLATE "C" NOT NULL,
    length    bigint NOT NULL CHECK (length > 0),
    head      bytea  NOT NULL CHECK (octet_length(head) = 32),
    key       text   COLLATE "C" NOT NULL,
    at        bigint NOT NULL,
    signature bytea  NOT NULL CHECK (octet_length(signature) = 64),
    received  bigint NOT NULL,
    receipt   bytea  NOT NULL CHECK (octet_length(receipt) = 8),
    UNIQUE (author, length, head, key, at, signature)
);

-- The last places that each write gave, so that rows taken away at the end are missed.
CREATE TABLE writes (
    records bigint NOT NULL,
    seals   bigint NOT NULL,
    PRIMARY KEY (records, seals)
);

CREATE FUNCTION refused() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a journal is append-only: nothing in % is ever changed or taken away', TG_TABLE_NAME;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON records
FOR EACH STATEMENT EXECUTE FUNCTION refused();
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON bodies
FOR EACH STATEMENT EXECUTE FUNCTION refused();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON absences
FOR EACH STATEMENT EXECUTE FUNCTION refused();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON doubles
FOR EACH STATEMENT EXECUTE FUNCTION refused();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seals
FOR EACH STATEMENT EXECUTE FUNCTION refused();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON writes
FOR EACH STATEMENT EXECUTE FUNCTION refused();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ceasefire_journal
FOR EACH STATEMENT EXECUTE FUNCTION refused();

CREATE FUNCTION kept_unless_erased() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM absences WHERE seq = OLD.seq AND reason = 'erased') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a journal is append-only: no body is deleted';
END $$;
CREATE TRIGGER bodies_go_only_when_erased BEFORE DELETE ON bodies
FOR EACH ROW EXECUTE FUNCTION kept_unless_erased();

CREATE FUNCTION erased_for_good() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM absences WHERE seq = NEW.seq AND reason = 'erased') THEN
        RAISE EXCEPTION 'a journal is append-only: an erased body does not come back';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bodies_stay_erased BEFORE INSERT ON bodies
FOR EACH ROW EXECUTE FUNCTION erased_for_good();

-- Done with the rights of the owner: those who write have none to do more.
CREATE FUNCTION double_noted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (
        SELECT FROM records WHERE author = NEW.author AND number = NEW.number AND hash <> NEW.hash
    ) THEN
        INSERT INTO doubles VALUES (NEW.author, NEW.number) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER doubles_are_noted AFTER INSERT ON records
FOR EACH ROW EXECUTE FUNCTION double_noted();

CREATE FUNCTION erase_body(place bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT AS $$
BEGIN
    DELETE FROM bodies WHERE seq = place;
END $$;
-- Whoever may enter an absence may take the body away; nobody else may call it.
REVOKE EXECUTE ON FUNCTION erase_body(bigint) FROM PUBLIC;
