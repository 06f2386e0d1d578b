-- What an unchanged night adds is made smaller.

-- References stay by their meaning alone: H2 keeps an index for each of them beside the one that the key has. H2 and PostgreSQL
-- have given them different names.
ALTER TABLE cell DROP CONSTRAINT IF EXISTS constraint_1f8;
ALTER TABLE cell DROP CONSTRAINT IF EXISTS constraint_1f81;
ALTER TABLE cell DROP CONSTRAINT IF EXISTS cell_run_fkey;
ALTER TABLE cell DROP CONSTRAINT IF EXISTS cell_lane_fkey;
ALTER TABLE attempt DROP CONSTRAINT IF EXISTS constraint_28c5;
ALTER TABLE attempt DROP CONSTRAINT IF EXISTS attempt_cell_fkey;
ALTER TABLE attempt_note DROP CONSTRAINT IF EXISTS constraint_4914;
ALTER TABLE attempt_note DROP CONSTRAINT IF EXISTS attempt_note_attempt_fkey;
ALTER TABLE kept_file DROP CONSTRAINT IF EXISTS constraint_8c;
ALTER TABLE kept_file DROP CONSTRAINT IF EXISTS kept_file_attempt_fkey;
ALTER TABLE guest DROP CONSTRAINT IF EXISTS constraint_41;
ALTER TABLE guest DROP CONSTRAINT IF EXISTS guest_attempt_fkey;
ALTER TABLE guest_use DROP CONSTRAINT IF EXISTS constraint_71;
ALTER TABLE guest_use DROP CONSTRAINT IF EXISTS guest_use_attempt_fkey;

-- A part of a block has one number: its attempt's and, for each part before it, 2^40. So the first part has its attempt's. A part
-- is told by the one with the number base; null: it is whole.
CREATE TABLE block_new (
    id BIGINT PRIMARY KEY,
    bytes BYTEA NOT NULL,
    base BIGINT
);
INSERT INTO block_new (id, bytes, base)
    SELECT attempt + part * 1099511627776, bytes, base + part * 1099511627776 FROM block;
DROP TABLE block;
ALTER TABLE block_new RENAME TO block;

-- Guests that are alike stand once. An attempt's first guest stands in its row, with the milliseconds from the attempt's
-- beginning; those of other roles, and those of attempts before this version, in table guest.
CREATE TABLE first_guest (
    id BIGINT PRIMARY KEY,
    digest UUID NOT NULL UNIQUE,
    role VARCHAR NOT NULL,
    driver VARCHAR NOT NULL,
    host VARCHAR NOT NULL,
    image VARCHAR NOT NULL
);
INSERT INTO numbering (name, newest) VALUES ('first_guest', 0);
ALTER TABLE attempt ADD COLUMN first_guest BIGINT;
ALTER TABLE attempt ADD COLUMN first_guest_after BIGINT;

-- Words are the numbers of AttemptCodes, counts have a letter for each verdict, and when an attempt ended is told only where
-- that is not when it was done: in milliseconds from its beginning.
ALTER TABLE attempt ADD COLUMN kind_code INTEGER;
ALTER TABLE attempt ADD COLUMN step_code INTEGER;
ALTER TABLE attempt ADD COLUMN outcome_code INTEGER;
ALTER TABLE attempt ADD COLUMN ended_after BIGINT;
UPDATE attempt SET
    kind_code = CASE kind WHEN 'main' THEN 0 WHEN 'retry' THEN 1 WHEN 'confirm' THEN 2 WHEN 'rerun' THEN 3 END,
    step_code = CASE step WHEN 'queued' THEN 0 WHEN 'cloning' THEN 1 WHEN 'booting' THEN 2 WHEN 'preparing' THEN 3
        WHEN 'running' THEN 4 WHEN 'collecting' THEN 5 WHEN 'done' THEN 6 END,
    outcome_code = CASE outcome WHEN 'passed' THEN 0 WHEN 'failed' THEN 1 WHEN 'timed-out' THEN 2 WHEN 'silent' THEN 3
        WHEN 'panicked' THEN 4 WHEN 'boot-failed' THEN 5 WHEN 'refused' THEN 6 WHEN 'lost' THEN 7 WHEN 'cancelled' THEN 8
        WHEN 'fenced' THEN 9 END,
    ended_after = CASE WHEN ended_at - started_at = done_after THEN NULL ELSE ended_at - started_at END,
    counts = REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(
        counts, ' ', ''), 'UNRESOLVED:', 'R'), 'UNINITIATED:', 'I'), 'NORESULT:', 'N'), 'MISSING:', 'M'),
        'UNSUPPORTED:', 'U'), 'UNTESTED:', 'T'), 'SKIP:', 'S'), 'WARNING:', 'W'), 'FIP:', 'D'),
        'XFAIL:', 'X'), 'XPASS:', 'Y'), 'PASS:', 'P'), 'FAIL:', 'F');
ALTER TABLE attempt DROP COLUMN kind;
ALTER TABLE attempt DROP COLUMN step;
ALTER TABLE attempt DROP COLUMN outcome;
ALTER TABLE attempt DROP COLUMN ended_at;
ALTER TABLE attempt RENAME COLUMN kind_code TO kind;
ALTER TABLE attempt RENAME COLUMN step_code TO step;
ALTER TABLE attempt RENAME COLUMN outcome_code TO outcome;
ALTER TABLE attempt ALTER COLUMN kind SET NOT NULL;
ALTER TABLE attempt ALTER COLUMN step SET NOT NULL;
ALTER TABLE change_point ALTER COLUMN verdict SET DATA TYPE INTEGER;
