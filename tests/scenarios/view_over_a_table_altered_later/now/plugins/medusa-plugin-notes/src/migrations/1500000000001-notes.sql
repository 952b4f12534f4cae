-- migrate:up
CREATE TABLE note (id int PRIMARY KEY, text text);

-- migrate:down
DROP TABLE note;
