-- What older programs cannot read: a block by which others are told may be told by another one itself.
COMMENT ON COLUMN block.base IS 'The part by which this one is told: a whole one, or one that is told by a whole one. Null: whole.';
