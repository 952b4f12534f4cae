-- migrate:up
ALTER TYPE mood ADD VALUE 'mixed';
UPDATE note SET mood = 'mixed' WHERE mood IS NULL;

-- migrate:down
SELECT 1;
