-- migrate:up
ALTER TABLE note ADD COLUMN badge_id int REFERENCES badge (id);

-- migrate:down
ALTER TABLE note DROP COLUMN badge_id;
