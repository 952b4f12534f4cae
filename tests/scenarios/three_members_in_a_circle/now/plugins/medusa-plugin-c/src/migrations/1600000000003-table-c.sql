-- migrate:up
CREATE TABLE c (id int PRIMARY KEY, a_id int REFERENCES a (id));

-- migrate:down
DROP TABLE c;
