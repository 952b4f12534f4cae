-- migrate:up
CREATE FUNCTION slug(number int) RETURNS text LANGUAGE sql AS 'SELECT number::text';

-- migrate:down
DROP FUNCTION slug(int);
