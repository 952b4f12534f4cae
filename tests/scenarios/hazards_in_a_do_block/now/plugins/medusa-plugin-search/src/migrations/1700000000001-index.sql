-- migrate:up
DO $$ BEGIN
  CREATE INDEX cart_note_state ON cart_note (state);
EXCEPTION WHEN duplicate_table THEN RAISE NOTICE 'it is there';
END $$;

-- migrate:down
DROP INDEX cart_note_state;
