-- migrate:up
ALTER TABLE review ADD COLUMN badge text;

-- migrate:down
ALTER TABLE review DROP COLUMN badge;
