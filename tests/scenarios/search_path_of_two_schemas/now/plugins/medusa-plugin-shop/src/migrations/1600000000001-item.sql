-- migrate:up
CREATE TABLE item (id int PRIMARY KEY);
CREATE TABLE log (line text);

-- migrate:down
DROP TABLE log, item;
