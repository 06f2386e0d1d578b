-- An attempt's steps stand in its row: milliseconds from its beginning; null for a step that it has not come to.
ALTER TABLE attempt ADD COLUMN queued_after BIGINT;
ALTER TABLE attempt ADD COLUMN cloning_after BIGINT;
ALTER TABLE attempt ADD COLUMN booting_after BIGINT;
ALTER TABLE attempt ADD COLUMN preparing_after BIGINT;
ALTER TABLE attempt ADD COLUMN running_after BIGINT;
ALTER TABLE attempt ADD COLUMN collecting_after BIGINT;
ALTER TABLE attempt ADD COLUMN done_after BIGINT;

-- What was a reference to another row stays one by its meaning alone: H2 keeps an index for each reference, of which none was
-- asked, and they took more room than the rows. Few attempts are open: they are found without an index, too.
ALTER TABLE attempt ADD COLUMN baseline_id BIGINT;
ALTER TABLE attempt ADD COLUMN case_set_id BIGINT;
ALTER TABLE attempt ADD COLUMN provenance_id BIGINT;
ALTER TABLE attempt ADD COLUMN packages_id BIGINT;

UPDATE attempt SET baseline_id = baseline, case_set_id = case_set, provenance_id = provenance, packages_id = packages,
    queued_after = (SELECT s.began_at - started_at FROM attempt_step s WHERE s.attempt = id AND s.step = 'queued'),
    cloning_after = (SELECT s.began_at - started_at FROM attempt_step s WHERE s.attempt = id AND s.step = 'cloning'),
    booting_after = (SELECT s.began_at - started_at FROM attempt_step s WHERE s.attempt = id AND s.step = 'booting'),
    preparing_after = (SELECT s.began_at - started_at FROM attempt_step s WHERE s.attempt = id AND s.step = 'preparing'),
    running_after = (SELECT s.began_at - started_at FROM attempt_step s WHERE s.attempt = id AND s.step = 'running'),
    collecting_after = (SELECT s.began_at - started_at FROM attempt_step s WHERE s.attempt = id AND s.step = 'collecting'),
    done_after = (SELECT s.began_at - started_at FROM attempt_step s WHERE s.attempt = id AND s.step = 'done');

DROP TABLE attempt_step;
ALTER TABLE attempt DROP COLUMN baseline;
ALTER TABLE attempt DROP COLUMN case_set;
ALTER TABLE attempt DROP COLUMN provenance;
ALTER TABLE attempt DROP COLUMN packages;
ALTER TABLE attempt RENAME COLUMN baseline_id TO baseline;
ALTER TABLE attempt RENAME COLUMN case_set_id TO case_set;
ALTER TABLE attempt RENAME COLUMN provenance_id TO provenance;
ALTER TABLE attempt RENAME COLUMN packages_id TO packages;
DROP INDEX attempt_by_outcome;
