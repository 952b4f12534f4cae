-- migrate:up
CREATE INDEX IF NOT EXISTS cart_note_email ON cart_note (lower(email));
CREATE INDEX IF NOT EXISTS cart_note_state ON cart_note USING btree (lower(email) ASC) WHERE state != 'done' AND deleted_at IS NULL;

-- migrate:down

