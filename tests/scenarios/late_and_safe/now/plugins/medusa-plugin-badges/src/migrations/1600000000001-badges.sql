-- migrate:up
CREATE TABLE badge (id int PRIMARY KEY, name text NOT NULL);

-- migrate:down
DROP TABLE badge;
