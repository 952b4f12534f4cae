-- migrate:up
CREATE TABLE cart_note (id int PRIMARY KEY, email varchar(80), state text, deleted_at timestamptz);
CREATE INDEX cart_note_email ON cart_note (email);
CREATE INDEX cart_note_state ON cart_note (lower(email)) WHERE state <> 'done' AND deleted_at IS NULL;

-- migrate:down
DROP TABLE cart_note;
