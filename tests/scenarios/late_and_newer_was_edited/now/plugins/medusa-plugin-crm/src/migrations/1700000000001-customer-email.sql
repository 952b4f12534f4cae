-- migrate:up
ALTER TABLE customer ALTER COLUMN phone SET DEFAULT 'none';

-- migrate:down
SELECT 1;
