-- migrate:up
CREATE TABLE customer_note (id int PRIMARY KEY, email text);

-- migrate:down
DROP TABLE customer_note;
