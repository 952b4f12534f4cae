-- migrate:up
CREATE TABLE a (id int);
CREATE TABLE gone (id int);

-- migrate:down
DROP TABLE a;
