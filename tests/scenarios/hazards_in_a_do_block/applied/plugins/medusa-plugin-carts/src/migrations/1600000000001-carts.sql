-- migrate:up
CREATE TABLE cart_note (id int PRIMARY KEY, email text, state text);
INSERT INTO cart_note SELECT n, 'a', 'b' FROM generate_series(1, 3) AS n;
ANALYZE cart_note;

-- migrate:down
DROP TABLE cart_note;
