-- migrate:up
CREATE TABLE note (id int PRIMARY KEY, status text NOT NULL DEFAULT 'new');

-- migrate:down
DROP TABLE note;
