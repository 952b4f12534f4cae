-- migrate:up
CREATE TABLE customer (id text PRIMARY KEY, email text NOT NULL, phone text);
CREATE INDEX customer_phone ON customer (phone);

-- migrate:down
DROP TABLE customer;
