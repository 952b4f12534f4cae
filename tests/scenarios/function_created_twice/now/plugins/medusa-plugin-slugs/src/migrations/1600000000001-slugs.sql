-- migrate:up
CREATE FUNCTION slug(title text) RETURNS text LANGUAGE sql AS 'SELECT lower(title)';

-- migrate:down
DROP FUNCTION slug(text);
