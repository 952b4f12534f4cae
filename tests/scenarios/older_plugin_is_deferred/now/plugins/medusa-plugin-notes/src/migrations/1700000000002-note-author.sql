-- migrate:up
ALTER TABLE note ADD COLUMN author text;

-- migrate:down
ALTER TABLE note DROP COLUMN author;
