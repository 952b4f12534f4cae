-- migrate:up
CREATE INDEX note_badge ON note (badge);

-- migrate:down
DROP INDEX note_badge;
