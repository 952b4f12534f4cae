-- migrate:up
CREATE TABLE b (id int PRIMARY KEY, c_id int REFERENCES c (id));

-- migrate:down
DROP TABLE b;
