-- migrate:up
SET check_function_bodies = off;
CREATE FUNCTION lines() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM line';

-- migrate:down
DROP FUNCTION lines;
