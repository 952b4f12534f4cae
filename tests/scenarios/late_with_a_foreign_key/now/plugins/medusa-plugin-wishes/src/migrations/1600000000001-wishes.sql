-- migrate:up
CREATE TABLE wish (id text PRIMARY KEY, customer_id text NOT NULL);
CREATE INDEX wish_customer ON wish (customer_id);
ALTER TABLE wish ADD CONSTRAINT wish_of_customer FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE;

-- migrate:down
DROP TABLE wish;
