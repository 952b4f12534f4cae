-- migrate:up
CREATE TABLE note (id text PRIMARY KEY, body text);
INSERT INTO note VALUES ('first', 'hello');

-- migrate:down
DROP TABLE note;
