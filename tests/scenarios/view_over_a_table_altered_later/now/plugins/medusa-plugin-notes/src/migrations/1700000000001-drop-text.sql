-- migrate:up
ALTER TABLE note DROP COLUMN text;

-- migrate:down
ALTER TABLE note ADD COLUMN text text;
