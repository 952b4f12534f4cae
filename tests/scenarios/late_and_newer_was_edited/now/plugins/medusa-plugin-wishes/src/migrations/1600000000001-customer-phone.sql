-- migrate:up
ALTER TABLE customer ALTER COLUMN phone SET DEFAULT 'unknown';

-- migrate:down
SELECT 1;
