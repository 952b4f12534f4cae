-- migrate:up
CREATE TABLE other (id int);
CREATE TABLE note (id int PRIMARY KEY, text text);

-- migrate:down
DROP TABLE note;
DROP TABLE other;
