-- The two tables to which a suite's first night adds a row for each case are made anew without the reference that each row
-- was checked for: the check cost as much as the row. Change points are now found by their run, too.

CREATE TABLE case_name_new (
    suite BIGINT NOT NULL,
    number INTEGER NOT NULL,
    name VARCHAR(600) NOT NULL
);
INSERT INTO case_name_new (suite, number, name) SELECT suite, number, name FROM case_name;
DROP TABLE case_name;
ALTER TABLE case_name_new RENAME TO case_name;
ALTER TABLE case_name ADD CONSTRAINT case_name_key PRIMARY KEY (number, suite);
ALTER TABLE case_name ADD CONSTRAINT case_name_once UNIQUE (name, suite);

CREATE TABLE change_point_new (
    lane BIGINT NOT NULL,
    case_number INTEGER NOT NULL,
    run BIGINT NOT NULL,
    verdict SMALLINT NOT NULL
);
INSERT INTO change_point_new (lane, case_number, run, verdict) SELECT lane, case_number, run, verdict FROM change_point;
DROP TABLE change_point;
ALTER TABLE change_point_new RENAME TO change_point;
ALTER TABLE change_point ADD CONSTRAINT change_point_key PRIMARY KEY (lane, case_number, run);
CREATE INDEX change_point_by_run ON change_point (run);

-- A run that retention is never to touch.
ALTER TABLE run ADD COLUMN pinned BOOLEAN DEFAULT FALSE NOT NULL;

-- A run that came from another store: the digest of its archive.
ALTER TABLE run ADD COLUMN imported VARCHAR(64);
