-- migrate:up
CREATE TABLE IF NOT EXISTS note (id int PRIMARY KEY);

-- migrate:down
DROP TABLE note;
