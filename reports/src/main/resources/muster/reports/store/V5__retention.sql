-- When retention removed the file; its row stays. Null: it is there.
ALTER TABLE kept_file ADD COLUMN removed_at BIGINT;

-- A cell of a run that retention is never to touch.
ALTER TABLE cell ADD COLUMN pinned BOOLEAN DEFAULT FALSE NOT NULL;
