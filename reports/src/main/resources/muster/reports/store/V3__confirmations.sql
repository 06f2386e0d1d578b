-- An attempt may be of one case alone: one that is run again.
ALTER TABLE attempt ADD COLUMN only_case VARCHAR(600);

-- What became of an attempt's new failure that was to be run again, said once. Case number 0: of all others.
CREATE TABLE confirmation (
    attempt BIGINT NOT NULL REFERENCES attempt (id),
    case_number INTEGER NOT NULL,
    standing VARCHAR(20) NOT NULL, -- regression, flaky, unconfirmed
    failed INTEGER NOT NULL,
    times INTEGER NOT NULL,
    why VARCHAR NOT NULL,
    PRIMARY KEY (attempt, case_number)
);
