-- The balance was summed up at every page view; from here on a trigger keeps it.

-- migrate:up
ALTER TABLE loyalty_account ADD COLUMN balance bigint NOT NULL DEFAULT 0;

UPDATE loyalty_account AS account
   SET balance = entry.total
  FROM (SELECT account_id, sum(points) AS total FROM loyalty_entry GROUP BY account_id) AS entry
 WHERE entry.account_id = account.id;

/* After the back-fill: the sums of before the trigger may be negative; those accounts start at nothing. */
UPDATE loyalty_account SET balance = 0 WHERE balance < 0;

ALTER TABLE loyalty_account ADD CONSTRAINT loyalty_account_balance_check CHECK (balance >= 0);

CREATE FUNCTION loyalty_entry_apply() RETURNS trigger
LANGUAGE plpgsql
AS $apply$
BEGIN
  -- The row lock taken here puts two entries of one account in line; neither is lost.
  UPDATE loyalty_account SET balance = balance + NEW.points WHERE id = NEW.account_id;
  IF NEW.points < 0 AND NEW.order_id IS NULL THEN
    RAISE NOTICE 'loyalty account % pays % points outside of an order; see the "reason"', NEW.account_id, -NEW.points;
  END IF;
  RETURN NULL;
END;
$apply$;

CREATE TRIGGER loyalty_entry_apply
  AFTER INSERT ON loyalty_entry
  FOR EACH ROW EXECUTE FUNCTION loyalty_entry_apply();

COMMENT ON COLUMN loyalty_account.balance IS
  'Sum of loyalty_entry.points, kept by loyalty_entry_apply(); removed by the part below -- migrate:down';

-- migrate:down
DROP TRIGGER loyalty_entry_apply ON loyalty_entry;
DROP FUNCTION loyalty_entry_apply();
ALTER TABLE loyalty_account DROP COLUMN balance;
