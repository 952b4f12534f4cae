-- migrate:up
DO $$ BEGIN
  CREATE INDEX cart_note_email ON cart_note (email);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

-- migrate:down

