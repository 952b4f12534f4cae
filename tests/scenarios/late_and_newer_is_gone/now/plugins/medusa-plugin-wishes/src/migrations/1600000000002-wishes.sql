-- migrate:up
CREATE TABLE wish (id text PRIMARY KEY, customer_id text REFERENCES customer (id));

-- migrate:down
DROP TABLE wish;
