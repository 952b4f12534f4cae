-- migrate:up
DROP TABLE gone;

-- migrate:down

