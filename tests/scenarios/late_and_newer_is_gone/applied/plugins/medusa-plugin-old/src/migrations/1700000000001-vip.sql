-- migrate:up
ALTER TABLE customer ADD COLUMN vip boolean NOT NULL DEFAULT false;
ALTER TABLE customer ALTER COLUMN email SET DEFAULT 'none';

-- migrate:down
SELECT 1;
