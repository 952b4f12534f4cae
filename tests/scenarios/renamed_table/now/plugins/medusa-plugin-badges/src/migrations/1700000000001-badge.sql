-- migrate:up
ALTER TABLE note ADD COLUMN badge text;

-- migrate:down
ALTER TABLE note DROP COLUMN badge;
