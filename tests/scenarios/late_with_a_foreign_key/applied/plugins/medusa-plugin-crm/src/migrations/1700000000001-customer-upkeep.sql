-- migrate:up
DROP INDEX customer_phone;
ALTER TABLE customer DROP COLUMN phone;
ALTER TABLE customer ADD UNIQUE (email);
UPDATE customer SET email = lower(email);

-- migrate:down
SELECT 1;
