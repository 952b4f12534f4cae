-- migrate:up
ALTER TABLE note ALTER COLUMN status SET DEFAULT 'open';

-- migrate:down
ALTER TABLE note ALTER COLUMN status SET DEFAULT 'new';
