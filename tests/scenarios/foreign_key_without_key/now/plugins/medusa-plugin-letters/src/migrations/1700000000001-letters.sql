-- migrate:up
CREATE TABLE letter (
  id int PRIMARY KEY,
  email text REFERENCES customer_note (email)
);

-- migrate:down
DROP TABLE letter;
