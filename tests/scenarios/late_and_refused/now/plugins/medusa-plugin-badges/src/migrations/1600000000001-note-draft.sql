-- migrate:up
ALTER TABLE note ALTER COLUMN status SET DEFAULT 'draft';

-- migrate:down
ALTER TABLE note ALTER COLUMN status SET DEFAULT 'new';
