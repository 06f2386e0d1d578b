-- A run that came from another store brings the waivers that told something of it: they are of that run alone.
ALTER TABLE waiver ADD COLUMN run BIGINT REFERENCES run (number);

-- What an imported attempt was compared with where it ran, in the words of its archive.
ALTER TABLE attempt ADD COLUMN compared_with VARCHAR;
