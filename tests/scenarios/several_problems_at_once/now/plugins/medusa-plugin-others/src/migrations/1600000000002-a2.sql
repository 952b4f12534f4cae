-- migrate:up
CREATE TABLE a (id uuid);

-- migrate:down
DROP TABLE a;
