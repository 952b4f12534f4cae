-- migrate:up
CREATE FUNCTION prices() RETURNS bigint LANGUAGE sql AS 'SELECT sum(price) FROM line';

-- migrate:down
DROP FUNCTION prices;
