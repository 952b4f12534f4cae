-- migrate:up
CREATE TABLE note (id text PRIMARY KEY, body text NOT NULL);
INSERT INTO note VALUES ('first', 'hello');

-- migrate:down
DROP TABLE note;
