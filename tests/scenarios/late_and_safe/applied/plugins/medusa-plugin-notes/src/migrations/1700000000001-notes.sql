-- migrate:up
CREATE TABLE note (id int PRIMARY KEY, text text NOT NULL);

-- migrate:down
DROP TABLE note;
