-- migrate:up
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE note (id int PRIMARY KEY, mood mood);

-- migrate:down
DROP TABLE note;
DROP TYPE mood;
