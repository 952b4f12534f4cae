-- migrate:up
ALTER TABLE nowhere ADD x int;

-- migrate:down

