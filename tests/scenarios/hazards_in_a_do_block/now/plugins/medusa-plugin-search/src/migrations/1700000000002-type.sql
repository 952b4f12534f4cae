-- migrate:up
DO $$ DECLARE n bigint; BEGIN
  SELECT count(*) INTO n FROM cart_note;
  IF n < 1000 THEN
    ALTER TABLE cart_note ALTER COLUMN email TYPE varchar(80);
  END IF;
END $$;

-- migrate:down

