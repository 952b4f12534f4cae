-- migrate:up
CREATE INDEX note_slug ON note (slug);

-- migrate:down
DROP INDEX note_slug;
