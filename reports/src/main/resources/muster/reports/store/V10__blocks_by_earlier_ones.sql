-- The attempt by whose block this one is told, part by part; that one is whole itself. Null: this one is whole.
ALTER TABLE block ADD COLUMN IF NOT EXISTS base BIGINT;
