-- migrate:up
ALTER TYPE mood ADD VALUE 'mixed';

-- migrate:down
SELECT 1;
