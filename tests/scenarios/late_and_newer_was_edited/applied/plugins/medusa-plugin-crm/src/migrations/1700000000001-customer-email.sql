-- migrate:up
ALTER TABLE customer ALTER COLUMN email SET DEFAULT 'none';

-- migrate:down
SELECT 1;
