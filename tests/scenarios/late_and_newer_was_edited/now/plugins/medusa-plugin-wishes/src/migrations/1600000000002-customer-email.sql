-- migrate:up
ALTER TABLE customer ALTER COLUMN email SET DEFAULT 'unknown';

-- migrate:down
SELECT 1;
