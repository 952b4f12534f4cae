-- migrate:up
ALTER TABLE note ALTER COLUMN mood SET DEFAULT 'mixed';

-- migrate:down
ALTER TABLE note ALTER COLUMN mood DROP DEFAULT;
