-- migrate:up
CREATE TABLE note (id int PRIMARY KEY);

-- migrate:down
DROP TABLE note;
