-- migrate:up
UPDATE customer SET email = lower(email);

-- migrate:down
SELECT 1;
